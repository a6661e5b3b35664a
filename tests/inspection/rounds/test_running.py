"""From the start of a round to its end, and after."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from chuangwen.audit.models import AuditEvent
from chuangwen.framework.enums import PassRule
from chuangwen.framework.models import CheckLine
from chuangwen.inspection.actions.closing import close_round, replay_round
from chuangwen.inspection.actions.recounting import find_round_drift, rebuild_round_tallies
from chuangwen.inspection.actions.running import (
    add_sites_while_running,
    remove_site_while_running,
)
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.enums import Dimension
from chuangwen.inspection.models import (
    Answer,
    Finding,
    Pair,
    PairMember,
    ResultTally,
    Round,
    RoundSite,
    Visit,
)
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.notices.models import Notice
from chuangwen.sites.models import Site
from tests.inspection.rounds.conftest import fresh

pytestmark = pytest.mark.django_db


def rows_of(within):
    return list(
        RoundSite.objects.filter(round=within, turn=1)
        .select_related("checklist", "site")
        .order_by("site__code")
    )


def whole(within) -> ResultTally:
    return ResultTally.objects.get(round=within, dimension=Dimension.ROUND)


@pytest.fixture
def closed(district, walking):
    """Six sites: two passed, one failed with a finding, three untested."""
    district.add_sites(6)
    within = district.running()
    rows = rows_of(within)
    walking.site(rows[0])
    walking.site(rows[1])
    walking.site(rows[2], failing={0, 2})
    return close_round(within=within, base_version=within.version, by=district.office)


def test_the_start_counts_what_is_to_be_tested(district):
    district.add_sites(6)
    district.add_sites(4, kind=district.avenue, owner=district.commerce)
    within = district.running(second_percent=10)
    assert whole(within).drawn == 10
    drawn = ResultTally.objects.filter(round=within)
    by_unit = dict(drawn.filter(dimension=Dimension.UNIT).values_list("holder_id", "drawn"))
    assert by_unit == {district.city.pk: 6, district.commerce.pk: 4}
    lines = drawn.filter(dimension=Dimension.LINE).values_list("drawn", flat=True)
    assert sorted(lines) == [4, 4, 4, 6, 6, 6]
    assert find_round_drift() == []


def test_inspectors_and_units_are_told(district):
    district.add_sites(5, owner=district.commerce)
    within = district.running((district.liu,))
    told = dict(Notice.objects.values_list("recipient_id", "body"))
    assert "本组 5 个点位" in told[district.liu.account_id]
    assert "本单位有 5 个点位" in told[district.clerk.account_id]
    assert set(Notice.objects.values_list("about_id", flat=True)) == {within.pk}


def test_of_a_blind_round_units_hear_nothing_until_it_is_closed(district):
    district.add_sites(5, owner=district.commerce)
    within = district.running((district.liu,), is_blind=True)
    assert set(Notice.objects.values_list("recipient_id", flat=True)) == {district.liu.account_id}
    close_round(within=within, base_version=within.version, by=district.office)
    assert Notice.objects.filter(recipient_id=district.clerk.account_id).count() == 1


def test_a_round_is_started_once(district):
    district.add_sites(1)
    within = district.running((district.liu,))
    with pytest.raises(IllegalTransition):
        start_round(within=within, base_version=within.version, by=district.office)


def test_the_register_may_change_without_changing_the_round(district):
    district.add_sites(1)
    within = district.running((district.liu,))
    Site.objects.filter(pk=district.sites[0].pk).update(area=district.other_street)
    assert rows_of(within)[0].area == district.street


def test_sites_are_added_and_removed_with_a_reason(district, walking):
    district.add_sites(3)
    within = district.running((district.liu,))
    new = district.add_sites(1)[0]
    given = {"within": within, "by": district.office}
    with pytest.raises(Invalid, match="原因"):
        add_sites_while_running(base_version=within.version, site_ids=[new.pk], reason=" ", **given)
    add_sites_while_running(
        base_version=within.version, site_ids=[new.pk], reason="新开业", **given
    )
    assert whole(within).drawn == 4
    rows = rows_of(within)
    walking.site(rows[1])
    with pytest.raises(IllegalTransition, match="已经测评"):
        remove_site_while_running(
            base_version=within.version + 1, site_id=rows[1].site_id, reason="拆迁", **given
        )
    remove_site_while_running(
        base_version=within.version + 1, site_id=rows[0].site_id, reason="拆迁", **given
    )
    assert whole(within).drawn == 3
    assert find_round_drift() == []
    reasons = AuditEvent.objects.filter(verb__in=["round.sites_added", "round.site_removed"])
    assert [one.changes["reason"] for one in reasons.order_by("sequence")] == ["新开业", "拆迁"]


def test_closing_fixes_the_numbers(closed):
    numbers = whole(closed)
    assert (numbers.drawn, numbers.tested, numbers.passed) == (6, 3, 2)
    assert (numbers.lines, numbers.failed_lines, numbers.findings) == (9, 2, 2)
    assert len(closed.result_hash) == 64
    assert replay_round(fresh(closed)).agrees


def test_counts_that_drifted_are_found_and_made_anew(district, walking):
    district.add_sites(2)
    within = district.running((district.liu,))
    walking.site(rows_of(within)[0])
    assert find_round_drift() == []
    ResultTally.objects.filter(round=within, dimension=Dimension.UNIT).update(passed=7)
    drift = find_round_drift()
    assert [pair for one in drift for pair in one.numbers.values()] == [(7, 1)]
    rebuild_round_tallies()
    assert find_round_drift() == []


CHANGES = {
    "round": lambda one: Round.objects.filter(pk=one.pk).update(name="改名"),
    "round deleted": lambda one: Round.objects.filter(pk=one.pk)._raw_delete("default"),
    "site": lambda one: RoundSite.objects.filter(round=one).update(position=9),
    "site deleted": lambda one: RoundSite.objects.filter(
        round=one, visits__isnull=True
    )._raw_delete("default"),
    "pair": lambda one: Pair.objects.create(round=one, number=9),
    "member": lambda one: PairMember.objects.filter(round=one)._raw_delete("default"),
    "visit": lambda one: Visit.objects.filter(round=one).update(passed=True),
    "answer": lambda one: Answer.objects.filter(visit__round=one).update(outcome="passed"),
    "answer deleted": lambda one: Answer.objects.filter(visit__round=one)._raw_delete("default"),
    "answer added": lambda one: Answer.objects.create(
        visit=Visit.objects.filter(round=one).first(),
        line=CheckLine.objects.exclude(pk__in=Answer.objects.values("line")).first(),
        outcome="passed",
    ),
    "finding": lambda one: Finding.objects.filter(round=one).update(text="没有问题"),
    "finding deleted": lambda one: Finding.objects.filter(round=one)._raw_delete("default"),
    "count": lambda one: ResultTally.objects.filter(round=one).update(passed=6),
    "count added": lambda one: ResultTally.objects.create(
        round=one, dimension=Dimension.UNIT, holder_id=one.pk
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_database_refuses_every_change_of_a_closed_round(closed, what):
    with pytest.raises(DatabaseError, match="closed round is immutable"), transaction.atomic():
        CHANGES[what](fresh(closed))


def test_a_finding_still_goes_on_its_way(closed):
    assert Finding.objects.filter(round=closed).update(state="withdrawn", version=2) == 2


@pytest.mark.parametrize("what", ["answer", "count"])
def test_a_replay_tells_what_somebody_changed_behind_the_database(closed, what):
    """As an administrator could who drops the triggers."""
    table = {"answer": "inspection_answer", "count": "inspection_resulttally"}[what]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_update")
    if what == "answer":
        bad = Answer.objects.filter(visit__round=closed, outcome="failed").first()
        Answer.objects.filter(pk=bad.pk).update(
            values={"found": "1"} if bad.values["found"] == "0" else {"found": "0"}
        )
    else:
        ResultTally.objects.filter(round=closed, dimension=Dimension.UNIT).update(passed=3)
    assert not replay_round(fresh(closed)).agrees


def test_a_visit_by_an_older_list_is_judged_again_by_that_lists_rule(district, walking):
    """A reviewer has accepted it: two of three lines pass, and half was enough then."""
    district.add_sites(1)
    within = district.running((district.liu,))
    old = district.older_list(pass_rule=PassRule.SCORE, pass_percent=Decimal(50))
    row = rows_of(within)[0]
    row.checklist = old
    assert walking.site(row, failing={0}).passed is True
    closed = close_round(within=within, base_version=within.version, by=district.office)
    assert replay_round(closed).agrees


def test_a_closed_round_stays_closed(closed, district):
    with pytest.raises(IllegalTransition):
        close_round(within=closed, base_version=closed.version, by=district.office)
