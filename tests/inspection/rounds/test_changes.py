"""When sites of a round change hands: whose walk is ordered anew, and who hears of it."""

import pytest

from chuangwen.inspection.actions import dividing
from chuangwen.inspection.actions.dividing import divide_sites, give_sites
from chuangwen.inspection.actions.pairs import put_in_pair, remove_member
from chuangwen.inspection.actions.running import (
    add_sites_while_running,
    remove_site_while_running,
)
from chuangwen.inspection.models import Pair, RoundSite
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.people.roles import Role
from tests.inspection.rounds.conftest import fresh, person

pytestmark = pytest.mark.django_db


def do(district, action, within, **given):
    return action(within=within, base_version=fresh(within).version, by=district.office, **given)


@pytest.fixture
def walked(monkeypatch) -> list[int]:
    """How many places each walk had that was put in order."""
    seen: list[int] = []
    order = dividing.walking_order

    def noted(places):
        seen.append(len(places))
        return order(places)

    monkeypatch.setattr(dividing, "walking_order", noted)
    return seen


def changes() -> dict:
    """What was told of changes, by who was told."""
    told = Notice.objects.filter(kind=NoticeKind.ROUND_CHANGED)
    assert {one.about_kind for one in told} <= {AboutKind.ROUND}
    return {one.recipient_id: f"{one.subject}\n{one.body}" for one in told}


@pytest.fixture
def three(district):
    """Three pairs with three sites each, in a running round."""
    district.add_sites(9)
    within = district.running((district.liu,), (district.sun,), (district.zhou,))
    return within, list(Pair.objects.filter(round=within))


def rows_of(pair):
    return list(RoundSite.objects.filter(pair=pair).select_related("site").order_by("position"))


def test_only_the_pairs_whose_sites_change_walk_in_a_new_order(district, three, walked):
    within, (liu, sun, zhou) = three
    RoundSite.objects.filter(pair=zhou).update(position=7)  # it would be 1, 2, 3
    do(district, give_sites, within, round_site_ids=[rows_of(liu)[0].pk], pair=sun.pk)
    assert sorted(walked) == [2, 4]
    assert [row.position for row in rows_of(liu)] == [1, 2]
    assert [row.position for row in rows_of(sun)] == [1, 2, 3, 4]
    assert {row.position for row in rows_of(zhou)} == {7}


def test_dividing_new_sites_leaves_the_walks_of_other_pairs(district, three, walked):
    within, pairs = three
    new = district.add_sites(1)
    do(district, add_sites_while_running, within, site_ids=[new[0].pk], reason="新开业")
    assert do(district, divide_sites, within) == 1
    assert walked == [4]
    assert sorted(len(rows_of(pair)) for pair in pairs) == [3, 3, 4]


def test_dividing_again_a_draft_in_which_nothing_changed_orders_nothing(district, walked):
    district.add_sites(9)
    within = district.grouped()
    before = list(RoundSite.objects.order_by("pk").values_list("pk", "pair", "position"))
    walked.clear()
    do(district, divide_sites, within)
    assert walked == []
    assert list(RoundSite.objects.order_by("pk").values_list("pk", "pair", "position")) == before


def test_both_pairs_hear_what_was_moved_and_nobody_else(district, three):
    within, (liu, sun, _) = three
    moved = rows_of(liu)[:2]
    do(district, give_sites, within, round_site_ids=[row.pk for row in moved], pair=sun.pk)
    told = changes()
    assert set(told) == {district.liu.account_id, district.sun.account_id}
    assert "第 1 组去掉 2 个点位：" in told[district.liu.account_id]
    assert "第 2 组新增 2 个点位：" in told[district.sun.account_id]
    assert all(row.site.name in text for row in moved for text in told.values())
    assert Notice.objects.filter(kind=NoticeKind.ROUND_CHANGED, about_id=within.pk).count() == 2


def test_a_batch_is_one_notice_which_names_a_few(district, three):
    within, _ = three
    new = district.add_sites(15)
    do(district, add_sites_while_running, within, site_ids=[one.pk for one in new], reason="新增")
    assert changes() == {}  # nobody's until they are divided
    do(district, divide_sites, within)
    told = changes()
    assert len(told) == 3
    for text in told.values():
        assert "新增 5 个点位" in text
        assert text.count("农贸市场") == 3
        assert "等。" in text
    assert Notice.objects.filter(kind=NoticeKind.ROUND_CHANGED).count() == 3


def test_a_site_that_is_taken_out_is_told_to_its_pair(district, three):
    within, (liu, _, _) = three
    row = rows_of(liu)[1]
    do(district, remove_site_while_running, within, site_id=row.site_id, reason="拆迁")
    assert set(changes()) == {district.liu.account_id}
    assert f"去掉 1 个点位：{row.site.name}" in changes()[district.liu.account_id]


def test_the_same_pair_hears_of_every_batch(district, three):
    within, (liu, sun, _) = three
    for row in rows_of(liu)[:2]:
        do(district, give_sites, within, round_site_ids=[row.pk], pair=sun.pk)
    of_sun = Notice.objects.filter(
        kind=NoticeKind.ROUND_CHANGED, recipient_id=district.sun.account_id
    )
    assert of_sun.count() == 2


def test_of_a_draft_nobody_hears(district):
    district.add_sites(6)
    within = district.grouped()
    first, second = Pair.objects.filter(round=within)
    do(district, give_sites, within, round_site_ids=[rows_of(first)[0].pk], pair=second.pk)
    assert changes() == {}


def test_who_is_moved_to_another_pair_or_taken_out_is_told(district, three):
    within, (liu, _, _) = three
    wu = person(district.tenant, "wujing", "吴静", Role.INSPECTOR, district.office_unit)
    do(district, put_in_pair, within, account=wu.account_id, pair=liu.pk)
    assert "您已编入第 1 组" in changes()[wu.account_id]
    assert "本组 3 个点位" in changes()[wu.account_id]
    Notice.objects.all().delete()
    do(district, remove_member, within, account=wu.account_id)
    assert "您已不在测评组" in changes()[wu.account_id]
    assert set(changes()) == {wu.account_id}
