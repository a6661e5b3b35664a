"""Judging an indicator: pure functions on plain values, the whole policy on one screen.

Strict and inclusive comparisons differ: a 参与率 of exactly 98 does not satisfy >98 % (P 三(十)).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from chuangwen.framework.enums import IndicatorKind, Operator
from chuangwen.framework.wording import plain_number


class Verdict(Enum):
    """What a value means for its indicator."""

    MET = "达标"
    UNMET = "未达标"
    REFERENCE_MISSING = "缺参照值"
    NO_VALUE = "未填报"


# Levels of the traffic light. There is no "nearly met": the notice sets no such threshold.
LEVELS = {
    Verdict.UNMET: "red",
    Verdict.REFERENCE_MISSING: "yellow",
    Verdict.NO_VALUE: "none",
    Verdict.MET: "green",
}
_WORST_FIRST = tuple(LEVELS)


@dataclass(frozen=True)
class Criterion:
    """What is demanded. `target` is set for numeric indicators only."""

    kind: IndicatorKind
    operator: Operator | None = None
    target: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class Reference:
    """One value that a relative indicator may be compared with; None while it is not known."""

    label: str
    value: Decimal | None


@dataclass(frozen=True)
class Judgement:
    """A verdict that explains itself. `gap` is what is missing to the nearest target, in the
    indicator's unit; None where nothing can be measured."""

    verdict: Verdict
    reason: str
    target: Decimal | None = None
    gap: Decimal | None = None

    @property
    def level(self) -> str:
        """The level of the traffic light."""
        return LEVELS[self.verdict]


def judge(
    criterion: Criterion, value: Decimal | bool | None, references: Sequence[Reference] = ()
) -> Judgement:
    """Compare a value with what is demanded.

    A relative indicator is met when it satisfies any of its references (“全国或我省同类城市平均”);
    it is unmet only when all of them are known and none is satisfied.
    """
    if value is None:
        return Judgement(Verdict.NO_VALUE, "没有已接收的值")
    if criterion.kind is IndicatorKind.QUALITATIVE:
        return Judgement(*((Verdict.MET, "已做到") if value is True else (Verdict.UNMET, "未做到")))
    if criterion.kind is IndicatorKind.NUMERIC:
        references = (Reference("目标值", criterion.target),)
    operator = criterion.operator or Operator.EQUAL
    known = [_compare(criterion, operator, Decimal(value), each) for each in references]
    met = [judgement for judgement in known if judgement.verdict is Verdict.MET]
    if met:
        return met[0]
    missing = [judgement for judgement in known if judgement.verdict is Verdict.REFERENCE_MISSING]
    if missing or not known:
        return missing[0] if missing else Judgement(Verdict.REFERENCE_MISSING, "没有设定参照")
    return min(known, key=lambda judgement: judgement.gap or Decimal(0))


def satisfies(operator: Operator, value: Decimal, target: Decimal) -> bool:
    """Tell whether `value operator target` holds."""
    return {
        Operator.AT_LEAST: value >= target,
        Operator.MORE_THAN: value > target,
        Operator.AT_MOST: value <= target,
        Operator.LESS_THAN: value < target,
        Operator.EQUAL: value == target,
    }[operator]


def gap_to(operator: Operator, value: Decimal, target: Decimal) -> Decimal:
    """Return how far the value is from satisfying the target, never negative.

    Zero with an unmet verdict means a tie under a strict comparison.
    """
    if satisfies(operator, value, target):
        return Decimal(0)
    return abs(target - value)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict that needs attention first; NO_VALUE when there is none."""
    return min(verdicts, key=_WORST_FIRST.index, default=Verdict.NO_VALUE)


def either(own: Judgement, other: Judgement) -> Judgement:
    """Judge two indicators of which one suffices (“……，或……”, P 三(七)1)."""
    if own.verdict is not Verdict.MET and other.verdict is Verdict.MET:
        return Judgement(Verdict.MET, f"由备选指标达到：{other.reason}", own.target, own.gap)
    return own


def _compare(
    criterion: Criterion, operator: Operator, value: Decimal, reference: Reference
) -> Judgement:
    if reference.value is None:
        return Judgement(Verdict.REFERENCE_MISSING, f"“{reference.label}”没有数值，无法比较")
    holds = satisfies(operator, value, reference.value)
    sign = "" if holds else "不满足 "
    shown = f"{sign}{operator.label} {plain_number(reference.value)}{criterion.unit}"
    return Judgement(
        Verdict.MET if holds else Verdict.UNMET,
        f"{plain_number(value)}{criterion.unit} {shown}（{reference.label}）",
        reference.value,
        gap_to(operator, value, reference.value),
    )
