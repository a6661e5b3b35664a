"""A unit is merged into another: who mends what was found at it, and whose its results are."""

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.inspection.actions.closing import close_round, replay_round
from chuangwen.inspection.actions.findings import withdraw_findings
from chuangwen.inspection.enums import Dimension
from chuangwen.inspection.models import Finding, RoundSite
from chuangwen.inspection.queries.results import board
from chuangwen.inspection.queries.visible import visible_findings
from chuangwen.people.actions.merging import merge_units
from tests.inspection.rounds.conftest import fresh

pytestmark = pytest.mark.django_db


def test_findings_go_to_the_successor_and_results_stay(district, walking, system):
    district.add_sites(3)
    within = district.running()
    for row in RoundSite.objects.filter(round=within).select_related("checklist"):
        walking.site(row, failing={0})
    withdrawn = Finding.objects.order_by("number").first()
    withdraw_findings(versions={withdrawn.pk: 1}, reason="不属于本单位", by=district.office)
    within = close_round(
        within=fresh(within), base_version=fresh(within).version, by=district.office
    )
    assert not visible_findings(district.clerk).exists()
    merge_units(keep=district.commerce, other=district.city, by=system)
    moved = Finding.objects.filter(unit=district.commerce)
    assert moved.count() == 2
    assert set(moved.values_list("version", flat=True)) == {2}
    assert visible_findings(district.clerk).count() == 3  # what was withdrawn is read, not moved
    withdrawn.refresh_from_db()
    assert withdrawn.unit_id == district.city.pk
    events = AuditEvent.objects.filter(verb="finding.handed_over")
    assert events.count() == 2
    assert events.first().changes["unit"] == ["区城市管理局", "区商务局"]
    _, rows = board(district.office, within, Dimension.UNIT)
    assert [one.name for one in rows] == ["区城市管理局（已并入区商务局）"]
    assert replay_round(fresh(within)).agrees
