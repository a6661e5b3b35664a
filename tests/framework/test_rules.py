"""When is an indicator met? Values as the notice demands them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.framework.enums import IndicatorKind, Operator
from chuangwen.framework.rules import (
    LEVELS,
    Criterion,
    Reference,
    Verdict,
    either,
    gap_to,
    judge,
    satisfies,
    worst,
)

PARTICIPATION = Criterion(IndicatorKind.NUMERIC, Operator.MORE_THAN, Decimal(98), "%")
LEGAL_EDUCATION = Criterion(IndicatorKind.NUMERIC, Operator.AT_LEAST, Decimal(90), "%")
OUT_OF_POCKET = Criterion(IndicatorKind.NUMERIC, Operator.AT_MOST, Decimal(28), "%")
INCOME = Criterion(IndicatorKind.RELATIVE, Operator.MORE_THAN, unit="元")
CONSTRUCTION_LAND = Criterion(IndicatorKind.RELATIVE, Operator.AT_MOST, unit="公顷")
NOT_LISTED = Criterion(IndicatorKind.QUALITATIVE)
NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=4)


@pytest.mark.parametrize(
    ("criterion", "value", "verdict"),
    [
        (PARTICIPATION, "98", Verdict.UNMET),
        (PARTICIPATION, "98.0001", Verdict.MET),
        (LEGAL_EDUCATION, "90", Verdict.MET),
        (LEGAL_EDUCATION, "89.9999", Verdict.UNMET),
        (OUT_OF_POCKET, "28", Verdict.MET),
        (OUT_OF_POCKET, "28.0001", Verdict.UNMET),
    ],
)
def test_strict_and_inclusive_comparisons_differ_at_the_target(criterion, value, verdict):
    assert judge(criterion, Decimal(value)).verdict is verdict


def test_no_value_is_not_a_failure():
    assert judge(LEGAL_EDUCATION, None).verdict is Verdict.NO_VALUE


@pytest.mark.parametrize(("answer", "verdict"), [(True, Verdict.MET), (False, Verdict.UNMET)])
def test_a_qualitative_indicator_is_answered_yes_or_no(answer, verdict):
    assert judge(NOT_LISTED, answer).verdict is verdict


def test_one_of_two_averages_suffices():
    references = [
        Reference("全国同类平均", Decimal(40000)),
        Reference("全省同类平均", Decimal(36000)),
    ]
    judgement = judge(INCOME, Decimal(38000), references)
    assert (judgement.verdict, judgement.target) == (Verdict.MET, Decimal(36000))


def test_a_missing_average_leaves_the_verdict_open_unless_the_other_is_beaten():
    national, provincial = (
        Reference("全国同类平均", None),
        Reference("全省同类平均", Decimal(36000)),
    )
    assert (
        judge(INCOME, Decimal(35000), [national, provincial]).verdict is Verdict.REFERENCE_MISSING
    )
    assert judge(INCOME, Decimal(36001), [national, provincial]).verdict is Verdict.MET


def test_a_relative_indicator_without_any_reference_cannot_be_judged():
    assert judge(CONSTRUCTION_LAND, Decimal(1)).verdict is Verdict.REFERENCE_MISSING


def test_the_gap_is_measured_to_the_nearest_reference():
    references = [
        Reference("全国同类平均", Decimal(40000)),
        Reference("全省同类平均", Decimal(36000)),
    ]
    assert judge(INCOME, Decimal(35000), references).gap == Decimal(1000)


def test_a_tie_under_a_strict_comparison_is_unmet_with_no_gap():
    judgement = judge(PARTICIPATION, Decimal(98))
    assert judgement.gap == 0
    assert judgement.reason == "98% 不满足 > 98%（目标值）"


def test_the_alternative_indicator_suffices():
    level = judge(INCOME, Decimal(1), [Reference("全国同类平均", Decimal(2))])
    growth = judge(INCOME, Decimal(3), [Reference("全国同类平均", Decimal(2))])
    assert either(level, growth).verdict is Verdict.MET
    assert either(level, level).verdict is Verdict.UNMET


def test_the_worst_of_several_units_shows():
    assert worst([Verdict.MET, Verdict.UNMET, Verdict.NO_VALUE]) is Verdict.UNMET
    assert worst([Verdict.MET, Verdict.NO_VALUE]) is Verdict.NO_VALUE
    assert worst([]) is Verdict.NO_VALUE


def test_every_verdict_has_its_own_light():
    assert len({LEVELS[verdict] for verdict in Verdict}) == len(Verdict)


@given(st.sampled_from(Operator), NUMBERS, NUMBERS)
def test_a_gap_exists_only_where_the_target_is_missed(operator, value, target):
    gap = gap_to(operator, value, target)
    assert gap >= 0
    if gap:
        assert not satisfies(operator, value, target)
