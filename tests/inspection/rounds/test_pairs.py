"""Who walks with whom, and where nobody may walk."""

import pytest

from chuangwen.inspection.actions.dividing import divide_sites, give_sites
from chuangwen.inspection.actions.pairs import add_pair, put_in_pair, remove_member, remove_pair
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.models import Pair, PairMember, RoundSite
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.models import Membership
from tests.inspection.rounds.conftest import fresh

pytestmark = pytest.mark.django_db


def do(district, action, within, **given):
    return action(within=within, base_version=fresh(within).version, by=district.office, **given)


def test_sites_are_divided_evenly_and_walked_in_order(district):
    district.add_sites(31)
    within = district.grouped((district.liu,), (district.sun,))
    for pair, number in zip(Pair.objects.filter(round=within), (16, 15), strict=True):
        rows = RoundSite.objects.filter(pair=pair).order_by("position")
        assert [row.position for row in rows] == list(range(1, number + 1))


def test_nobody_walks_in_two_pairs(district):
    within = district.draft()
    do(district, add_pair, within, account_ids=[district.liu.account_id])
    with pytest.raises(Invalid, match="刘洁"):
        do(district, add_pair, within, account_ids=[district.liu.account_id])


def test_only_inspectors_walk(district):
    within = district.draft()
    with pytest.raises(Invalid, match="测评权"):
        do(district, add_pair, within, account_ids=[district.clerk.account_id])


@pytest.mark.parametrize("owner", ["commerce", "market_office"])
def test_the_division_keeps_away_from_own_units_and_those_above_and_below(district, owner):
    """周明 works in 区商务局; 市场服务中心 is below it."""
    district.add_sites(10, owner=getattr(district, owner))
    district.add_sites(10)
    within = district.grouped((district.zhou,), (district.liu,))
    own = Pair.objects.get(round=within, members__account=district.zhou.account_id)
    units = {row.unit for row in RoundSite.objects.filter(pair=own)}
    assert units == {district.city}
    assert RoundSite.objects.filter(pair=own).count() == 10


def test_a_site_that_all_must_avoid_is_named(district):
    district.add_sites(1, owner=district.commerce)
    with pytest.raises(Invalid, match="农贸市场1号"):
        district.grouped((district.zhou,))


def test_giving_a_site_by_hand_to_who_must_avoid_it_is_refused_with_the_name(district):
    district.add_sites(2, owner=district.commerce)
    district.add_sites(2)
    within = district.grouped((district.zhou,), (district.liu,))
    row = RoundSite.objects.filter(round=within, unit=district.commerce).first()
    own = Pair.objects.get(round=within, members__account=district.zhou.account_id)
    with pytest.raises(Invalid, match="周明"):
        do(district, give_sites, within, round_site_ids=[row.pk], pair=own.pk)


def test_moving_an_inspector_to_a_pair_with_his_own_units_site_is_refused(district):
    district.add_sites(4, owner=district.commerce)
    within = district.grouped((district.liu,))
    pair = Pair.objects.get(round=within)
    with pytest.raises(Invalid, match=r"周明.*农贸市场"):
        do(district, put_in_pair, within, account=district.zhou.account_id, pair=pair.pk)
    do(district, put_in_pair, within, account=district.sun.account_id, pair=pair.pk)
    assert PairMember.objects.filter(pair=pair).count() == 2


def test_an_inspector_moves_from_one_pair_to_another(district):
    district.add_sites(4)
    within = district.grouped((district.liu, district.zhou), (district.sun,))
    target = Pair.objects.get(round=within, members__account=district.sun.account_id)
    do(district, put_in_pair, within, account=district.zhou.account_id, pair=target.pk)
    assert PairMember.objects.get(account=district.zhou.account_id).pair == target


def test_a_pair_that_is_dissolved_in_a_draft_leaves_its_sites_waiting(district):
    district.add_sites(6)
    within = district.grouped()
    pair = Pair.objects.filter(round=within).first()
    do(district, remove_pair, within, pair=pair.pk)
    assert RoundSite.objects.filter(round=within, pair=None).count() == 3
    do(district, divide_sites, within)
    assert not RoundSite.objects.filter(round=within, pair=None).exists()


def test_in_a_running_round_a_pair_with_sites_is_not_dissolved(district):
    district.add_sites(6)
    within = district.running()
    pair = Pair.objects.filter(round=within).first()
    with pytest.raises(IllegalTransition, match="3 个点位"):
        do(district, remove_pair, within, pair=pair.pk)
    member = PairMember.objects.get(pair=pair)
    with pytest.raises(IllegalTransition):
        do(district, remove_member, within, account=member.account_id)


def test_sites_change_hands_until_they_are_visited(district, walking):
    district.add_sites(6)
    within = district.running()
    one, other = Pair.objects.filter(round=within)
    rows = list(RoundSite.objects.filter(pair=one).select_related("checklist"))
    do(district, give_sites, within, round_site_ids=[rows[0].pk], pair=other.pk)
    assert RoundSite.objects.get(pk=rows[0].pk).pair == other
    walking.site(rows[1])
    with pytest.raises(IllegalTransition, match="已经测评"):
        do(district, give_sites, within, round_site_ids=[rows[1].pk], pair=other.pk)


def test_the_second_visit_goes_to_another_pair(district):
    district.add_sites(10)
    within = district.grouped(second_percent=30)
    seconds = RoundSite.objects.filter(round=within, turn=2)
    assert seconds.count() == 3
    for row in seconds:
        first = RoundSite.objects.get(round=within, site=row.site, turn=1)
        assert first.pair_id != row.pair_id
        with pytest.raises(Invalid, match="同一组"):
            do(district, give_sites, within, round_site_ids=[row.pk], pair=first.pair_id)


def test_with_one_pair_there_is_no_second_opinion(district):
    district.add_sites(4)
    with pytest.raises(Invalid, match="第二次"):
        district.grouped((district.liu,), second_percent=50)


def test_a_round_does_not_start_while_anything_is_missing(district):
    within = district.draft()
    with pytest.raises(Invalid, match="还没有点位"):
        do(district, start_round, within)
    district.add_sites(3)
    within = district.drawn(name="另一轮")
    with pytest.raises(Invalid, match="还没有分给"):
        do(district, start_round, within)


def test_who_changed_units_since_the_division_keeps_the_round_from_starting(district):
    district.add_sites(3, owner=district.city)
    within = district.grouped((district.liu,))
    Membership.objects.create(account_id=district.liu.account_id, unit=district.city, role="head")
    with pytest.raises(Invalid, match="刘洁须回避"):
        do(district, start_round, within)
