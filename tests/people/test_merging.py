"""区生态环境局 and 东区生态环境局 turn out to be one unit: 王芳 merges them."""

import datetime

import pytest

from chuangwen.audit.queries import verify
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actions.aliases import add_alias
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.placing import close_unit
from chuangwen.people.actions.units import create_unit, edit_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit, UnitAncestry
from chuangwen.people.queries import find_unit
from chuangwen.people.roles import Role
from chuangwen.people.signals import UnitsMerged, units_merged

AGENCY = UnitKind.AGENCY


@pytest.fixture
def keep(office):
    return create_unit(name="区生态环境局", kind=AGENCY, by=office)


@pytest.fixture
def other(office):
    return create_unit(name="东区生态环境局", kind=AGENCY, by=office)


@pytest.fixture
def heard():
    news: list[UnitsMerged] = []
    receive = news.append
    units_merged.connect(receive)
    yield news
    units_merged.disconnect(receive)


def test_both_names_then_mean_the_kept_unit(office, keep, other, tenant):
    add_alias(unit=other, name="东区环保局", by=office)
    merge_units(keep=keep, other=other, by=office)
    assert {find_unit(name) for name in (keep.name, other.name, "东区环保局")} == {keep}
    assert verify(tenant_id=tenant.pk).whole


def test_the_other_is_closed_and_says_where_it_went(office, keep, other):
    merge_units(keep=keep, other=other, by=office)
    closed = Unit.objects.get(pk=other.pk)
    assert closed.merged_into == keep
    assert not closed.is_open(clock.today())
    with pytest.raises(IllegalTransition, match="已并入“区生态环境局”"):
        edit_unit(
            unit=closed, base_version=2, name="x", kind=AGENCY, code="", valid_from=None, by=office
        )


def test_a_unit_entered_today_can_be_merged_today(office, keep):
    made = create_unit(name="环境局", kind=AGENCY, valid_from=clock.today(), by=office)
    merge_units(keep=keep, other=made, by=office)
    assert not Unit.objects.get(pk=made.pk).is_open(clock.today())


def test_posts_move_and_one_held_in_both_is_not_doubled(office, keep, other, tenant):
    for username, units in {"lihua": (keep, other), "wanglei": (other,)}.items():
        account = Account.objects.create(tenant=tenant, username=username, name=username)
        for unit in units:
            Membership.objects.create(account=account, unit=unit, role=Role.CLERK)
    merge_units(keep=keep, other=other, by=office)
    held = Membership.objects.filter(valid_until=None).values_list(
        "account__username", "unit__name"
    )
    assert sorted(held) == [("lihua", keep.name), ("wanglei", keep.name)]


def test_units_below_move_and_earlier_merges_follow(office, keep, other):
    station = create_unit(name="监测站", kind=AGENCY, parent=other, by=office)
    earlier = create_unit(name="环保办", kind=AGENCY, by=office)
    merge_units(keep=other, other=earlier, by=office)
    merge_units(keep=keep, other=other, by=office)
    assert Unit.objects.get(pk=station.pk).parent == keep
    above = UnitAncestry.objects.filter(descendant=station).values_list("ancestor", "depth")
    assert set(above) == {(station.pk, 0), (keep.pk, 1)}
    assert Unit.objects.get(pk=earlier.pk).merged_into == keep
    assert find_unit("环保办") == keep


def test_what_was_merged_elsewhere_stays_there(office, keep, other):
    elsewhere = create_unit(name="区林业局", kind=AGENCY, by=office)
    earlier = create_unit(name="区林业站", kind=AGENCY, by=office)
    merge_units(keep=elsewhere, other=earlier, by=office)
    merge_units(keep=keep, other=other, by=office)
    assert Unit.objects.get(pk=earlier.pk).merged_into == elsewhere
    assert Unit.objects.get(pk=elsewhere.pk).merged_into is None


def test_rooms_above_hear_of_it(office, keep, other, heard):
    merge_units(keep=keep, other=other, by=office)
    assert heard == [UnitsMerged(keep_id=keep.pk, other_id=other.pk, by=office)]


def test_a_room_above_that_cannot_follow_undoes_the_merge(office, keep, other):
    def refuse(news: UnitsMerged) -> None:
        raise Invalid("两个单位对同一任务都有措施。")

    units_merged.connect(refuse)
    try:
        with pytest.raises(Invalid, match="都有措施"):
            merge_units(keep=keep, other=other, by=office)
    finally:
        units_merged.disconnect(refuse)
    assert find_unit(other.name) == other


def test_a_unit_is_not_merged_into_itself_or_into_one_below_it(office, keep):
    below = create_unit(name="监测站", kind=AGENCY, parent=keep, by=office)
    with pytest.raises(Invalid, match="它自己"):
        merge_units(keep=keep, other=keep, by=office)
    with pytest.raises(Invalid, match="下级"):
        merge_units(keep=below, other=keep, by=office)


def test_nothing_is_merged_into_a_unit_that_is_closed(office, keep, other):
    yesterday = clock.today() - datetime.timedelta(days=1)
    close_unit(unit=keep, base_version=keep.version, last_day=yesterday, by=office)
    with pytest.raises(Invalid, match="“区生态环境局”已停用，不能并入它"):
        merge_units(keep=keep, other=other, by=office)
