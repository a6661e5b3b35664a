"""The weighted rate of a round, from its rows."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from chuangwen.inspection.actions.closing import replay_round
from chuangwen.inspection.actions.dividing import divide_sites
from chuangwen.inspection.actions.pairs import add_pair
from chuangwen.inspection.actions.recounting import find_round_drift
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.enums import Dimension, RoundState, Sampling
from chuangwen.inspection.models import ResultTally, Round, RoundSite
from chuangwen.inspection.queries.weighting import strata_of, weighting_of
from chuangwen.inspection.recount import recount
from chuangwen.inspection.stratified import Layer, weighted_share
from chuangwen.inspection.wishes import SampleWishes
from chuangwen.kit import clock
from chuangwen.reports.official import round_report_document
from chuangwen.reports.round_pdf import present_facts
from chuangwen.reports.sheets.round_report import round_report_book
from tests.inspection.rounds.conftest import fresh
from tests.web.inspection.test_rounds import browser

pytestmark = pytest.mark.django_db
FILLING = import_module("chuangwen.inspection.migrations.0010_fill_open_records_and_strata")
WISHES = SampleWishes(
    method=Sampling.STRATIFIED, strata=(Dimension.SITE_TYPE,), size=8, seed="1", least=4
)


@pytest.fixture
def within(district):
    """Sixteen markets and four avenues, of each four drawn."""
    district.add_sites(16)
    district.add_sites(4, kind=district.avenue)
    made = district.drawn(WISHES)
    district_sizes = {one["stratum"]: one["wanted"] for one in made.drawing["strata"]}
    assert set(district_sizes.values()) == {4}
    add_pair(
        within=made, base_version=made.version, account_ids=[district.liu.account_id],
        by=district.office,
    )  # fmt: skip
    divide_sites(within=made, base_version=fresh(made).version, by=district.office)
    return start_round(within=made, base_version=fresh(made).version, by=district.office)


def visit(district, walking, within, kind, *, bad, most=4):
    rows = RoundSite.objects.filter(round=within, site_type=kind).select_related("checklist")
    for place, row in enumerate(rows[:most]):
        walking.site(row, failing={0} if place < bad else ())


def said(within, district) -> str:
    facts = present_facts(within, district.office, photos=False)
    return "".join(getattr(one, "text", "") for one in round_report_document(facts).blocks)


def test_each_type_counts_as_many_sites_as_the_register_has(district, walking, within):
    visit(district, walking, within, district.market, bad=1)
    visit(district, walking, within, district.avenue, bad=4)
    found = weighting_of(within)
    expected = weighted_share([Layer("a", 16, 4, 3), Layer("b", 4, 4, 0)])
    assert (found.share, found.interval) == (expected.share, expected.interval)
    assert found.share == pytest.approx(0.6)  # the sample says 3 of 8
    text = said(within, district)
    assert "样本达标率（未加权）37.5%" in text
    assert "按层加权推断全部点位，达标率60.0%" in text
    facts = present_facts(within, district.office, photos=False)
    assert "达标率60.0%" in str(round_report_book(facts).notes)


def test_a_type_of_which_one_was_tested_is_named_and_nothing_weighted(district, walking, within):
    visit(district, walking, within, district.market, bad=1)
    visit(district, walking, within, district.avenue, bad=0, most=1)
    found = weighting_of(within)
    assert found.share is None
    assert "主次干道" in found.reason
    assert "按简单随机抽样近似" in said(within, district)


def test_a_sample_of_another_kind_or_changed_by_hand_is_not_weighted(district, walking, within):
    within.drawing = {**within.drawing, "by_hand": {"removed": ["07-0001"]}}
    assert weighting_of(within) is None
    within.drawing = {**within.drawing, "by_hand": {}}
    within.sampling = Sampling.ALL
    assert weighting_of(within) is None


def test_strata_are_counted_as_visits_come_and_not_when_a_page_asks(district, walking, within):
    visit(district, walking, within, district.market, bad=1)
    markets, avenues = strata_of(within)
    assert {markets.name, avenues.name} == {"农贸市场", "主次干道"}
    told = {
        one.name: (one.population, one.drawn, one.tested, one.passed) for one in (markets, avenues)
    }
    assert told == {"农贸市场": (16, 4, 4, 3), "主次干道": (4, 4, 0, 0)}
    assert find_round_drift() == []


def test_the_board_weights_a_sample_of_any_size(district, walking, within):
    visit(district, walking, within, district.market, bad=1)
    visit(district, walking, within, district.avenue, bad=4)
    Round.objects.filter(pk=within.pk).update(drawing={**within.drawing, "drawn": 60_000})
    page = browser(district.office).get(f"/rounds/{within.pk}/").content.decode()
    assert "按层加权达标率 <strong>60.0%</strong>" in page
    report = browser(district.office).get(f"/rounds/{within.pk}/report/").content.decode()
    assert '<td data-label="名录中" class="number">16</td>' in report
    assert '<td data-label="已测" class="number">4</td>' in report


def closed_before_strata_were_counted(within) -> Round:
    ResultTally.objects.filter(dimension=Dimension.STRATUM).delete()
    Round.objects.filter(pk=within.pk).update(
        state=RoundState.CLOSED, closed_at=clock.now(), result_hash=recount(within).result_hash
    )
    return fresh(within)


def test_an_older_closed_round_gets_its_strata_counted_and_stays_guarded(district, walking, within):
    visit(district, walking, within, district.market, bad=1)
    visit(district, walking, within, district.avenue, bad=4)
    expected = weighting_of(within)
    closed = closed_before_strata_were_counted(within)
    assert weighting_of(closed).share is None
    with connection.cursor() as cursor:
        FILLING.count_strata(apps, SimpleNamespace(connection=connection, execute=cursor.execute))
    assert weighting_of(closed) == expected
    assert replay_round(closed).agrees
    with pytest.raises(DatabaseError, match="closed round is immutable"), transaction.atomic():
        ResultTally.objects.create(round=closed, dimension=Dimension.UNIT, holder_id=closed.pk)
