"""How indicators stand, as each viewer may see it."""

import datetime
from decimal import Decimal

import pytest

from chuangwen.framework.actions.importing import load_reference_template
from chuangwen.framework.actions.indicators import create_indicators
from chuangwen.framework.actions.reporting_units import assign_reporters, set_reference_value
from chuangwen.framework.actions.reviewing import accept_values
from chuangwen.framework.actions.values import report_value
from chuangwen.framework.document import IndicatorEntry
from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind
from chuangwen.framework.models import Indicator
from chuangwen.framework.periods import Period
from chuangwen.framework.queries.indicators import search, visible_indicators
from chuangwen.framework.queries.standings import board, facts_of
from chuangwen.framework.reported import Report
from chuangwen.framework.rules import Verdict
from chuangwen.kit.errors import Invalid

START = datetime.date(2019, 1, 1)
AVERAGES = (ReferenceKind.NATIONAL_AVERAGE, ReferenceKind.PROVINCIAL_AVERAGE)


@pytest.fixture
def indicators(wang_fang, reform):
    made = create_indicators(
        contents=[
            IndicatorEntry(
                name="参与率",
                kind=IndicatorKind.NUMERIC,
                operator=Operator.MORE_THAN,
                value=Decimal(98),
                unit="%",
            ),
            IndicatorEntry(
                name="收入水平",
                kind=IndicatorKind.RELATIVE,
                operator=Operator.MORE_THAN,
                references=AVERAGES,
            ),
            IndicatorEntry(
                name="收入增长率",
                kind=IndicatorKind.RELATIVE,
                operator=Operator.MORE_THAN,
                references=AVERAGES,
                alternative_of="收入水平",
            ),
            IndicatorEntry(
                name="全员劳动生产率",
                kind=IndicatorKind.RELATIVE,
                operator=Operator.MORE_THAN,
                references=(ReferenceKind.PREVIOUS_YEAR,),
            ),
        ],
        by=wang_fang,
    )
    assign_reporters(pairs=[(each, reform) for each in made], valid_from=START, by=wang_fang)
    return {each.name: each for each in made}


@pytest.fixture
def accept(indicators, reform, li_mei, wang_fang):
    def report_and_accept(name, content, year=2020, by=li_mei, unit=reform):
        value = report_value(
            indicator=indicators[name],
            unit=unit,
            period=Period(year),
            report=Report(content=Decimal(content), document="公报"),
            by=by,
        )
        accept_values(value_ids=[value.pk], by=wang_fang)
        return value

    return report_and_accept


@pytest.fixture
def compare(indicators, wang_fang):
    def set_average(name, value, kind=ReferenceKind.PROVINCIAL_AVERAGE, year=2020):
        set_reference_value(
            indicator=indicators[name],
            kind=kind,
            period=Period(year),
            value=Decimal(value),
            source="公报",
            by=wang_fang,
        )

    return set_average


def verdicts(actor, **options):
    rows = board(actor, visible_indicators(actor), **options).standings
    return {row.indicator.name: row.verdict for row in rows}


def test_without_values_nothing_is_red(indicators, wang_fang):
    assert set(verdicts(wang_fang).values()) == {Verdict.NO_VALUE}


def test_only_accepted_values_count_and_the_rest_wait(indicators, reform, li_mei, wang_fang):
    report_value(
        indicator=indicators["参与率"],
        unit=reform,
        period=Period(2020),
        report=Report(content=Decimal(99), document="问卷"),
        by=li_mei,
    )
    row = board(wang_fang, Indicator.objects.filter(name="参与率")).standings[0]
    assert (row.verdict, row.waiting) == (Verdict.NO_VALUE, 1)


def test_a_value_at_a_strict_target_is_red(accept, wang_fang):
    accept("参与率", "98")
    assert verdicts(wang_fang)["参与率"] is Verdict.UNMET


def test_one_average_of_two_suffices_and_both_missing_is_open(accept, compare, wang_fang):
    accept("收入水平", "38000")
    assert verdicts(wang_fang)["收入水平"] is Verdict.REFERENCE_MISSING
    compare("收入水平", "36000")
    assert verdicts(wang_fang)["收入水平"] is Verdict.MET


def test_the_alternative_indicator_makes_both_green(accept, compare, wang_fang):
    accept("收入水平", "30000")
    for kind in AVERAGES:
        compare("收入水平", "36000", kind)
    assert verdicts(wang_fang)["收入水平"] is Verdict.UNMET
    accept("收入增长率", "9")
    compare("收入增长率", "8")
    assert verdicts(wang_fang)["收入水平"] is Verdict.MET
    page = board(wang_fang, visible_indicators(wang_fang).filter(name="收入水平"))
    assert [row.reason for row in page.standings] == ["由备选指标达到：9 > 8（全省同类平均）"]


def test_rising_every_year_compares_with_the_accepted_value_of_the_year_before(
    accept, compare, wang_fang
):
    accept("全员劳动生产率", "105", year=2020)
    assert verdicts(wang_fang)["全员劳动生产率"] is Verdict.REFERENCE_MISSING
    accept("全员劳动生产率", "100", year=2019)
    assert verdicts(wang_fang)["全员劳动生产率"] is Verdict.MET
    compare("全员劳动生产率", "106", ReferenceKind.PREVIOUS_YEAR, year=2019)
    assert verdicts(wang_fang)["全员劳动生产率"] is Verdict.UNMET, "a stated value goes first"


def test_one_unit_without_a_value_keeps_the_indicator_from_green(
    accept, indicators, justice, wang_fang
):
    accept("参与率", "99")
    assign_reporters(pairs=[(indicators["参与率"], justice)], valid_from=START, by=wang_fang)
    row = board(wang_fang, Indicator.objects.filter(name="参与率")).standings[0]
    assert row.verdict is Verdict.NO_VALUE
    assert {unit.unit_name: unit.judgement.verdict for unit in row.units} == {
        "区发改局": Verdict.MET,
        "区司法局": Verdict.NO_VALUE,
    }


def test_clerks_see_the_values_of_their_own_unit(accept, office, li_mei, wang_fang):
    accept("参与率", "99")
    shared = Indicator.objects.get(name="参与率")
    assign_reporters(pairs=[(shared, office)], valid_from=START, by=wang_fang)
    own = board(li_mei, visible_indicators(li_mei)).standings[0]
    assert (own.verdict, [unit.unit_name for unit in own.units]) == (Verdict.MET, ["区发改局"])


def test_indicators_are_invisible_to_those_who_do_not_report_them(indicators, justice, zhao_min):
    assert not visible_indicators(zhao_min).exists()


def test_the_board_is_filtered_by_level_words_and_unit(accept, wang_fang):
    accept("参与率", "99")
    assert list(verdicts(wang_fang, level="green")) == ["参与率"]
    found = search(Indicator.objects.all(), words="收入 增长", kind="relative")
    assert [each.name for each in found] == ["收入增长率"]
    assert search(Indicator.objects.all(), words="发改局", kind="").count() == 4
    assert not search(Indicator.objects.all(), words="司法局", kind="").exists()


def test_pages_follow_each_other_without_gap_or_repetition(system):
    load_reference_template(by=system)
    seen, after = [], ""
    while True:
        page = board(system, visible_indicators(system), after=after, size=10)
        seen += [row.indicator.name for row in page.standings]
        after = page.following
        if not after:
            break
    assert seen == list(Indicator.objects.order_by("position").values_list("name", flat=True))
    with pytest.raises(Invalid, match="翻页位置"):
        board(system, visible_indicators(system), after="甲")


def test_a_board_takes_three_queries_at_any_size(system, reform, django_assert_max_num_queries):
    load_reference_template(by=system)
    everything = list(Indicator.objects.all())
    assign_reporters(pairs=[(each, reform) for each in everything], valid_from=START, by=system)
    for size in (1, 3, 34):
        with django_assert_max_num_queries(3):
            board(system, visible_indicators(system), size=size)
    with django_assert_max_num_queries(3):
        facts_of(system, Indicator.objects.all(), all_periods=True)
