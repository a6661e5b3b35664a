"""Units report values, 创文办 accepts or returns them; nothing is ever overwritten."""

import datetime
from decimal import Decimal

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.framework.actions.indicators import create_indicator
from chuangwen.framework.actions.reporting_units import assign_reporters, end_reporter
from chuangwen.framework.actions.reviewing import accept_values, return_value
from chuangwen.framework.actions.values import correct_value, report_value
from chuangwen.framework.document import IndicatorEntry
from chuangwen.framework.enums import IndicatorKind, Operator, ValueState
from chuangwen.framework.models import IndicatorReporter, IndicatorValue
from chuangwen.framework.periods import Period
from chuangwen.framework.queries.indicators import open_today
from chuangwen.framework.reported import Report
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.people.actions.merging import merge_units

YEAR = Period(2020)
PROOF = "《2020年统计公报》"


@pytest.fixture
def rate(wang_fang, reform):
    indicator = create_indicator(
        content=IndicatorEntry(
            name="普及率",
            kind=IndicatorKind.NUMERIC,
            operator=Operator.AT_LEAST,
            value=Decimal(90),
            unit="%",
        ),
        by=wang_fang,
    )
    assign_reporters(
        pairs=[(indicator, reform)], valid_from=datetime.date(2020, 1, 1), by=wang_fang
    )
    return indicator


@pytest.fixture
def report(rate, reform, li_mei):
    def make(content=Decimal("92.5"), period=YEAR, document=PROOF, by=li_mei, unit=reform):
        return report_value(
            indicator=rate,
            unit=unit,
            period=period,
            report=Report(content=content, document=document),
            by=by,
        )

    return make


def better(content, note="上次抄错一行"):
    return Report(content=content, document=PROOF, note=note)


def test_a_reported_value_waits_for_review(report, li_mei):
    value = report()
    assert (value.state, value.number, value.reported_by) == (
        ValueState.REPORTED,
        Decimal("92.5"),
        li_mei.account_id,
    )


def test_only_a_reporting_unit_reports_and_only_through_its_own_people(report, justice, wang_fang):
    with pytest.raises(NotPermitted):
        report(unit=justice)
    with pytest.raises(NotPermitted):
        report(by=wang_fang)


def test_a_unit_that_is_no_longer_asked_cannot_report(report, reform, wang_fang):
    reporter = IndicatorReporter.objects.get()
    end_reporter(reporter=reporter, valid_until=datetime.date(2020, 12, 31), by=wang_fang)
    with pytest.raises(Invalid, match="“区发改局”不是指标“普及率”的填报单位"):
        report()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"document": " "}, "“来源文件”没有填写"),
        ({"content": True}, "应填数字"),
        ({"period": Period(2199)}, "2199年还没有开始"),
    ],
)
def test_what_is_incomplete_is_refused_by_name(report, bad, message):
    with pytest.raises(Invalid, match=message):
        report(**bad)


def test_a_period_is_reported_once_then_corrected(report):
    report()
    with pytest.raises(Invalid, match="区发改局2020年的值已填报"):
        report(Decimal(93))
    report(period=Period(2020, "Q", 4))
    assert IndicatorValue.objects.count() == 2


def test_the_office_accepts_many_at_once(report, wang_fang):
    ids = [report(period=Period(2020, "Q", quarter)).pk for quarter in (1, 2, 3)]
    assert accept_values(value_ids=ids, by=wang_fang) == 3
    assert set(IndicatorValue.objects.values_list("state", flat=True)) == {"accepted"}
    assert AuditEvent.objects.filter(verb="indicator_value.accepted").count() == 3


def test_bulk_acceptance_is_all_or_nothing(report, wang_fang):
    first, second = report(period=Period(2019)), report()
    accept_values(value_ids=[second.pk], by=wang_fang)
    with pytest.raises(IllegalTransition, match="指标值当前为“已接收”，不能接收"):
        accept_values(value_ids=[first.pk, second.pk], by=wang_fang)
    first.refresh_from_db()
    assert first.state == ValueState.REPORTED


def test_a_write_takes_ten_statements_at_most(report, wang_fang, django_assert_max_num_queries):
    ids = [report(period=Period(2020, "M", month)).pk for month in range(1, 13)]
    with django_assert_max_num_queries(10):
        accept_values(value_ids=ids, by=wang_fang)


def test_clerks_do_not_review(report, li_mei):
    with pytest.raises(NotPermitted):
        accept_values(value_ids=[report().pk], by=li_mei)


def test_nobody_reviews_their_own_report(rate, office, wang_fang, zhao_min):
    assign_reporters(pairs=[(rate, office)], valid_from=datetime.date(2020, 1, 1), by=wang_fang)
    own = report_value(
        indicator=rate,
        unit=office,
        period=YEAR,
        report=Report(content=Decimal(1), document=PROOF),
        by=wang_fang,
    )
    with pytest.raises(NotPermitted, match="您自己填报的"):
        accept_values(value_ids=[own.pk], by=wang_fang)


def test_a_return_states_why_and_the_unit_corrects(report, wang_fang, li_mei):
    value = report(Decimal(9))
    with pytest.raises(Invalid, match="“退回原因”没有填写"):
        return_value(value=value, reason="", by=wang_fang)
    return_value(value=value, reason="与公报不符", by=wang_fang)
    correction = correct_value(value=value, report=better(Decimal(90)), by=li_mei)
    value.refresh_from_db()
    assert (value.number, value.state, value.superseded_by) == (
        Decimal(9),
        ValueState.RETURNED,
        correction,
    )


def test_a_correction_needs_a_note(report, li_mei):
    with pytest.raises(Invalid, match="“更正说明”没有填写"):
        correct_value(value=report(), report=better(Decimal(1), note=""), by=li_mei)


def test_an_accepted_value_counts_until_its_correction_is_accepted(report, wang_fang, li_mei):
    value = report()
    accept_values(value_ids=[value.pk], by=wang_fang)
    correction = correct_value(value=value, report=better(Decimal(91)), by=li_mei)
    value.refresh_from_db()
    assert value.superseded_by is None
    accept_values(value_ids=[correction.pk], by=wang_fang)
    value.refresh_from_db()
    assert value.superseded_by == correction
    assert IndicatorValue.objects.get(superseded_by=None, state="accepted") == correction


def test_a_superseded_value_is_neither_reviewed_nor_corrected_again(report, wang_fang, li_mei):
    value = report()
    correct_value(value=value, report=better(Decimal(91)), by=li_mei)
    with pytest.raises(StaleEdit):
        accept_values(value_ids=[value.pk], by=wang_fang)
    with pytest.raises(StaleEdit):
        correct_value(value=value, report=better(Decimal(92)), by=li_mei)


def test_what_a_merged_unit_reported_is_reported_by_the_one_that_is_kept(
    draft, reform, justice, wang_fang
):
    """Nobody may be left asking for a value that no unit can enter any more."""
    single, shared = (
        create_indicator(
            content=IndicatorEntry(name=name, kind=IndicatorKind.QUALITATIVE), by=wang_fang
        )
        for name in ("只由被并单位填报", "两个单位都填报")
    )
    pairs = [(single, justice), (shared, justice), (shared, reform)]
    assign_reporters(pairs=pairs, valid_from=datetime.date(2021, 1, 1), by=wang_fang)
    merge_units(keep=reform, other=justice, by=wang_fang)
    open_rows = IndicatorReporter.objects.filter(valid_until__isnull=True)
    assert {(row.indicator, row.unit) for row in open_rows} == {(single, reform), (shared, reform)}
    assert set(open_today(IndicatorReporter.objects.filter(unit=reform))) == set(open_rows)
    merged = AuditEvent.objects.get(verb="unit.merged")
    later = AuditEvent.objects.filter(sequence__gt=merged.sequence).order_by("sequence")
    told = [(one.verb.partition(".")[2], one.label, one.changes["unit"]) for one in later]
    assert sorted(told) == [
        ("reporter_assigned", "只由被并单位填报", [None, "区发改局"]),
        ("reporter_ended", "两个单位都填报", ["区司法局", None]),
        ("reporter_ended", "只由被并单位填报", ["区司法局", None]),
    ]
