"""The numbers of a round: of all, of one unit, beside an earlier round, of second opinions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.inspection.actions.closing import close_round
from chuangwen.inspection.actions.findings import withdraw_findings
from chuangwen.inspection.comparing import compare_opinions, fourfold
from chuangwen.inspection.enums import Dimension
from chuangwen.inspection.listing import Wanted, findings_listed, sites_listed, visits_listed
from chuangwen.inspection.models import Finding, Opinion, RoundSite
from chuangwen.inspection.queries.results import agreement, board, whole_results
from chuangwen.inspection.queries.visible import (
    visible_findings,
    visible_round_sites,
    visible_rounds,
    visible_visits,
)
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.sites.models import Site
from tests.inspection.rounds.conftest import fresh

pytestmark = pytest.mark.django_db


def rows_of(within, turn=1):
    return list(
        RoundSite.objects.filter(round=within, turn=turn)
        .select_related("checklist", "site")
        .order_by("site__code")
    )


@pytest.fixture
def running(district, walking):
    """Of 区商务局 three sites: passed, failed, untested; of 区城市管理局 two, none tested."""
    district.add_sites(3, owner=district.commerce)
    district.add_sites(2)
    within = district.running((district.liu,), (district.sun,))
    rows = rows_of(within)
    walking.site(rows[0])
    walking.site(rows[1], failing={0, 2})
    return within


def by_name(actor, within, by):
    return {one.name: one for one in board(actor, within, by)[1]}


def test_a_board_tells_tested_passed_and_untested(district, running):
    whole, _ = board(district.office, running, Dimension.UNIT)
    assert (whole.drawn, whole.tested, whole.passed, whole.untested) == (5, 2, 1, 3)
    assert whole.rate == 50
    units = by_name(district.office, running, Dimension.UNIT)
    assert units["区商务局"].rate == 50
    assert units["区商务局"].untested == 1


def test_what_is_untested_has_no_rate_and_not_a_rate_of_nought(district, running):
    city = by_name(district.office, running, Dimension.UNIT)["区城市管理局"]
    assert (city.tested, city.rate, city.interval, city.untested) == (0, None, None, 2)


def test_lines_tell_how_often_they_failed(district, running):
    lines = by_name(district.office, running, Dimension.LINE)
    assert {name: (one.drawn, one.tested, one.failed) for name, one in lines.items()} == {
        "07-1 有公益广告": (5, 2, 1),
        "07-2 垃圾桶不少于 2 个": (5, 2, 0),
        "07-3 无乱扔垃圾": (5, 2, 1),
    }


def test_a_part_tested_gives_an_interval_within_the_register(district, running):
    whole, _ = board(district.office, running, Dimension.ROUND)
    assert whole.population == 5
    assert 0 < whole.interval.low < 50 < whole.interval.high < 100


def test_a_unit_sees_its_own_numbers_alone(district, running):
    whole, rows = board(district.clerk, running, Dimension.UNIT)
    assert whole is None
    assert [one.name for one in rows] == ["区商务局"]
    assert {row.unit for row in visible_round_sites(district.clerk)} == {district.commerce}
    assert visible_visits(district.clerk).count() == 2
    assert visible_visits(district.other_clerk).count() == 0
    assert visible_findings(district.clerk).count() == 2
    assert visible_findings(district.other_clerk).count() == 0


def test_of_a_blind_round_a_unit_sees_nothing_until_it_is_closed(district, walking):
    district.add_sites(2, owner=district.commerce)
    within = district.running((district.liu,), is_blind=True)
    walking.site(rows_of(within)[0], failing={0})
    for visible in (visible_rounds, visible_round_sites, visible_visits, visible_findings):
        assert not visible(district.clerk).exists()
        assert visible(district.office).exists()
    close_round(within=within, base_version=within.version, by=district.office)
    for visible in (visible_rounds, visible_round_sites, visible_visits, visible_findings):
        assert visible(district.clerk).exists()


def test_a_draft_is_the_offices_alone(district):
    district.add_sites(1, owner=district.commerce)
    district.drawn()
    assert visible_rounds(district.office).count() == 1
    assert not visible_rounds(district.liu).exists()
    assert not visible_rounds(district.clerk).exists()


def test_two_rounds_are_compared(district, walking):
    district.add_sites(2)
    first = district.running((district.liu,))
    for row in rows_of(first):
        walking.site(row, failing={0})
    close_round(within=first, base_version=first.version, by=district.office)
    second = district.running((district.liu,), name="第二轮", earlier=fresh(first))
    walking.site(rows_of(second)[0])
    whole, _ = board(district.office, fresh(second), Dimension.ROUND)
    assert whole.earlier.rate == 0
    assert whole.change == 100
    assert whole_results([second])[second.pk].rate == 100


def test_boards_ask_three_times_at_most(district, running):
    for by in Dimension:
        with CaptureQueriesContext(connection) as asked:
            board(district.office, running, by)
        assert len(asked) <= 3
        assert not any("inspection_answer" in one["sql"] for one in asked.captured_queries)


def test_the_lists_behind_the_numbers(district, running):
    def wanted(**asked):
        return Wanted.read({"round": str(running.pk), **asked})

    office = district.office
    assert sites_listed(office, wanted(result="untested")).count() == 3
    assert sites_listed(office, wanted(result="failed")).count() == 1
    assert visits_listed(office, wanted(result="passed")).count() == 1
    bad = Finding.objects.first().line_id
    assert visits_listed(office, wanted(line=str(bad))).count() == 1
    assert visits_listed(office, wanted(unit=str(district.city.pk))).count() == 0
    assert findings_listed(office, wanted(unit=str(district.commerce.pk))).count() == 2
    assert findings_listed(office, wanted(state="withdrawn")).count() == 0
    assert findings_listed(office, wanted(round="不是编号")).count() == 2


def test_second_visits_are_no_further_sites(district, walking):
    """Four sites, all passed; the second opinion of two of them is another one."""
    district.add_sites(4)
    within = district.running(second_percent=50)
    for row in rows_of(within):
        walking.site(row)
    for row in rows_of(within, 2):
        walking.site(row, failing={0})

    def listed(**asked):
        return sites_listed(district.office, Wanted.read({"round": str(within.pk), **asked}))

    whole, (kind,) = board(district.office, within, Dimension.SITE_TYPE)
    assert listed().count() == whole.drawn == 4
    assert listed(site_type=str(kind.holder_id)).count() == kind.drawn == 4
    assert listed(result="failed").count() == whole.failed == 0
    assert listed(turn="2", result="failed").count() == 2
    assert sum(listed(pair=str(one.pk)).count() for one in within.pairs.all()) == 6


def test_findings_are_listed_by_the_type_that_the_round_knows(district, walking):
    district.add_sites(1)
    within = district.running((district.liu,))
    walking.site(rows_of(within)[0], failing={0})
    Site.objects.update(site_type=district.avenue)
    wanted = Wanted(round=str(within.pk), site_type=str(district.market.pk))
    assert findings_listed(district.office, wanted).count() == 1


def test_findings_are_withdrawn_with_a_reason_and_results_stay(district, running):
    findings = list(Finding.objects.all())
    versions = {one.pk: one.version for one in findings}
    with pytest.raises(NotPermitted):
        withdraw_findings(versions=versions, reason="误判", by=district.clerk)
    with pytest.raises(Invalid, match="原因"):
        withdraw_findings(versions=versions, reason="", by=district.office)
    with pytest.raises(StaleEdit):
        withdraw_findings(versions=dict.fromkeys(versions, 9), reason="误判", by=district.office)
    assert withdraw_findings(versions=versions, reason="误判", by=district.office) == 2
    again = dict.fromkeys(versions, 2)
    with pytest.raises(IllegalTransition):
        withdraw_findings(versions=again, reason="误判", by=district.office)
    assert board(district.office, running, Dimension.ROUND)[0].findings == 2


def test_lines_of_two_visits_are_compared():
    first = {"a": "passed", "b": "failed", "c": "failed", "d": "not_applicable", "e": "passed"}
    second = {"a": "passed", "b": "passed", "c": "failed", "d": "passed", "e": "failed"}
    assert fourfold(first, second) == {
        "both_passed": 1,
        "first_failed": 1,
        "second_failed": 1,
        "both_failed": 1,
    }


def test_agreement_and_strictness_of_inspectors(district, walking):
    """刘洁 fails two lines that 孙磊 passes: she is stricter by two of three lines."""
    district.add_sites(2)
    within = district.running((district.liu,), (district.sun,), second_percent=100)
    for row in rows_of(within):
        seconds = next(one for one in rows_of(within, 2) if one.site_id == row.site_id)
        strict = district.liu.account_id
        for one in (row, seconds):
            walks = one.pair.members.get().account_id == strict
            walking.site(one, failing={0, 2} if walks else set(), compared=True)
    found = agreement(district.office, within)
    assert (found.sites, found.sites_alike, found.lines.lines) == (2, 0, 6)
    assert found.lines.observed == pytest.approx(1 / 3)
    drift = {one.name: one.drift for one in found.inspectors}
    assert drift == {"刘洁": pytest.approx(200 / 3), "孙磊": pytest.approx(-200 / 3)}


def test_rounds_without_second_visits_compare_nothing(district, running):
    assert not Opinion.objects.exists()
    assert compare_opinions(None, None, None) is None
