"""What inspectors may not read, so that a visit is theirs alone and a blind round stays blind."""

import pytest

from chuangwen.inspection.actions.closing import close_round
from chuangwen.inspection.actions.dividing import divide_sites
from chuangwen.inspection.actions.pairs import put_in_pair
from chuangwen.inspection.actions.sampling import choose_sites, drop_sites
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.enums import Dimension
from chuangwen.inspection.models import Opinion, Pair, RoundSite
from chuangwen.inspection.queries.conflicts import Conflicts
from chuangwen.inspection.queries.results import board
from chuangwen.inspection.queries.visible import (
    answers_of,
    visible_findings,
    visible_round_sites,
    visible_visits,
)
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.queries.actors import actor_of
from chuangwen.sites.actions.duties import Charge, assign_duty
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.models import Site
from tests.inspection.rounds.conftest import DAY, fresh

pytestmark = pytest.mark.django_db


def do(district, action, within, **given):
    return action(within=within, base_version=fresh(within).version, by=district.office, **given)


def rows_of(within, turn=1):
    rows = RoundSite.objects.filter(round=within, turn=turn).select_related("checklist", "pair")
    return list(rows.order_by("site__code"))


def read_by(actor, visit):
    """How often the actor meets a visit: in the list, among findings, in the answers."""
    return (
        visible_visits(actor).filter(pk=visit.pk).count(),
        visible_findings(actor).filter(visit=visit).count(),
        answers_of(actor, visit.round).filter(visit=visit).count(),
    )


def test_who_owes_the_second_opinion_does_not_read_the_first(district, walking):
    district.add_sites(2)
    within = district.running(second_percent=100)
    row = rows_of(within)[0]
    second = next(one for one in rows_of(within, 2) if one.site_id == row.site_id)
    visit = walking.site(row, failing={0})
    own, owes = (actor_of(one.pair.members.get().account) for one in (row, second))
    assert read_by(owes, visit) == (0, 0, 0)
    assert read_by(own, visit) == read_by(district.office, visit) == (1, 1, 3)
    walking.site(second)
    assert read_by(owes, visit) == (1, 1, 3)


def test_what_was_never_visited_twice_is_readable_once_the_round_is_closed(district, walking):
    district.add_sites(2)
    within = district.running(second_percent=100)
    visit = walking.site(rows_of(within)[0], failing={0})
    do(district, close_round, within)
    assert read_by(district.liu, visit) == read_by(district.sun, visit) == (1, 1, 3)


def test_a_seconded_inspector_sees_nothing_of_his_unit_in_a_blind_round(district, walking):
    """周明 comes from 区商务局, above 市场服务中心, and others' sites are his to see."""
    district.add_sites(2, owner=district.market_office)
    district.add_sites(2)
    within = district.running(is_blind=True)
    visits = [walking.site(row, failing={0}) for row in rows_of(within)]

    def seen(actor):
        _, units = board(actor, fresh(within), Dimension.UNIT)
        return (
            visible_round_sites(actor).filter(round=within).count(),
            [read_by(actor, visit) for visit in visits].count((1, 1, 3)),
            [one.name for one in units],
        )

    assert seen(district.zhou) == (2, 2, ["区城市管理局"])
    assert seen(district.liu) == (4, 4, ["区城市管理局", "市场服务中心"])
    do(district, close_round, within)
    assert seen(district.zhou) == (4, 4, ["区城市管理局", "市场服务中心"])


def give_to_commerce(district):
    versions = {site.pk: site.version for site in Site.objects.all()}
    charge = Charge(SiteDutyKind.OWNER, district.commerce, DAY)
    assign_duty(versions=versions, charge=charge, by=district.office)


def change_type(district):
    Site.objects.update(site_type=district.avenue)


@pytest.mark.parametrize("change", [give_to_commerce, change_type])
def test_a_register_that_changed_since_the_draw_keeps_the_round_from_starting(district, change):
    """周明 of 区商务局 would inspect his own unit's site, or all would go by the wrong list."""
    district.add_sites(1)
    within = district.grouped((district.zhou, district.liu))
    change(district)
    with pytest.raises(Invalid, match=r"农贸市场1号”抽样后主管单位或类型有变动"):
        do(district, start_round, within)
    keys = [site.pk for site in district.sites]
    do(district, drop_sites, within, site_ids=keys)
    do(district, choose_sites, within, site_ids=keys)
    if change is give_to_commerce:
        with pytest.raises(Invalid, match="各组都须回避"):
            do(district, divide_sites, within)
        return
    do(district, divide_sites, within)
    assert do(district, start_round, within).started_at


def test_the_last_one_of_a_pair_with_sites_stays_while_the_round_runs(district, walking):
    district.add_sites(4)
    within = district.grouped()
    one, other = Pair.objects.filter(round=within)
    do(district, start_round, within)
    moved = {"account": one.members.get().account_id, "pair": other.pk}
    with pytest.raises(IllegalTransition, match="2 个点位"):
        do(district, put_in_pair, within, **moved)
    do(district, put_in_pair, within, account=district.zhou.account_id, pair=one.pk)
    do(district, put_in_pair, within, **moved)
    assert [pair.members.count() for pair in (one, other)] == [1, 2]


def test_the_same_persons_two_visits_are_no_second_opinion(district, walking):
    district.add_sites(1)
    within = district.running((district.liu, district.sun), (district.zhou,), second_percent=100)
    first, second = rows_of(within)[0], rows_of(within, 2)[0]
    visit = walking.site(first, compared=True)
    walker = visit.account_id
    second.pair.members.all().delete()
    first.pair.members.filter(account=walker).update(pair=second.pair)
    walking.site(second, compared=True)
    assert not Opinion.objects.exists()


def test_the_conflict_rule_follows_a_merger(district, system):
    district.add_sites(2, owner=district.city)
    within = district.grouped((district.zhou,), (district.sun,))
    merge_units(keep=district.commerce, other=district.city, by=system)
    pair = Pair.objects.get(round=within, members__account=district.zhou.account_id)
    assert Conflicts(within).who(pair.pk, district.city.pk) == "周明"
    row = RoundSite.objects.filter(round=within).exclude(pair=pair).first()
    with pytest.raises(Invalid, match="周明"):
        other = row.pair_id
        do(district, put_in_pair, within, account=district.zhou.account_id, pair=other)


def test_a_merged_units_rounds_are_the_kept_units(district, system, walking):
    district.add_sites(2, owner=district.city)
    within = district.running()
    visit = walking.site(rows_of(within)[0], failing={0, 1})
    merge_units(keep=district.commerce, other=district.city, by=system)
    assert visible_round_sites(district.clerk).filter(round=within).count() == 2
    assert visible_visits(district.clerk).get() == visit
    assert visible_findings(district.clerk).count() == 2
    _, units = board(district.clerk, within, Dimension.UNIT)
    assert sum(one.drawn for one in units) == 2
