"""How an indicator stands: its units, their values and verdicts. Plain data, no database."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind, ValueState
from chuangwen.framework.models import Indicator, IndicatorValue
from chuangwen.framework.periods import Period, parse_period
from chuangwen.framework.rules import (
    LEVELS,
    Criterion,
    Judgement,
    Reference,
    Verdict,
    either,
    judge,
    worst,
)

UnitPeriod = tuple[uuid.UUID, str]


@dataclass(frozen=True)
class UnitStanding:
    """One unit's accepted value of the period, and what it means."""

    unit_id: uuid.UUID
    unit_name: str
    value: IndicatorValue | None
    judgement: Judgement


@dataclass
class Facts:
    """Everything known about one indicator, as far as the viewer may see it."""

    indicator: Indicator
    is_chosen: bool = True  # False for one that is here only as an alternative of a chosen one
    kinds: set[ReferenceKind] = field(default_factory=set)
    references: dict[tuple[ReferenceKind, str], Decimal] = field(default_factory=dict)
    samples: set[tuple[ReferenceKind, str]] = field(default_factory=set)  # among the references
    reporters: dict[uuid.UUID, str] = field(default_factory=dict)
    accepted: dict[UnitPeriod, IndicatorValue] = field(default_factory=dict)
    history: list[IndicatorValue] = field(default_factory=list)
    waiting: int = 0

    def add_value(self, value: IndicatorValue) -> None:
        """Take in a value: of those not superseded, accepted ones count and reported ones wait."""
        self.history.append(value)
        if value.superseded_by_id is not None:
            return
        if value.state == ValueState.ACCEPTED:
            self.accepted[value.unit_id, value.period] = value
        elif value.state == ValueState.REPORTED:
            self.waiting += 1

    def judge_value(self, value: IndicatorValue) -> Judgement:
        """Judge one value against the references of its period."""
        return judge(criterion_of(self.indicator), value.content, self._references(value))

    def _references(self, value: IndicatorValue) -> list[Reference]:
        period = parse_period(value.period)
        return [
            self._reference(kind, period, value.unit_id)
            for kind in ReferenceKind
            if kind in self.kinds
        ]

    def _reference(self, kind: ReferenceKind, period: Period, unit_id: uuid.UUID) -> Reference:
        if kind is ReferenceKind.PREVIOUS_YEAR:
            before = period.year_before
            former = self.accepted.get((unit_id, before.code))
            number = self.references.get((kind, before.code), former.number if former else None)
            return Reference(f"{kind.label}，{before.label}", number)
        exact = self.references.get((kind, period.code))
        if exact is None:
            exact = self.references.get((kind, period.whole_year.code))
        return Reference(str(kind.label), exact)


@dataclass(frozen=True)
class Standing:
    """How an indicator stands in its latest period."""

    indicator: Indicator
    period: Period | None
    units: tuple[UnitStanding, ...]
    verdict: Verdict
    reason: str
    gap: Decimal | None
    waiting: int
    compared_with: tuple[ReferenceKind, ...]

    @property
    def level(self) -> str:
        """The level of the traffic light."""
        return LEVELS[self.verdict]


def criterion_of(indicator: Indicator) -> Criterion:
    """Return what the indicator demands."""
    return Criterion(
        kind=IndicatorKind(indicator.kind),
        operator=Operator(indicator.operator) if indicator.operator else None,
        target=indicator.value,
        unit=indicator.unit,
    )


def standings_of(facts: Iterable[Facts]) -> dict[uuid.UUID, Standing]:
    """Return every indicator's standing; of two alternatives, one that is met suffices."""
    alone = {each.indicator.pk: _alone(each) for each in facts}
    partners: dict[uuid.UUID, list[Standing]] = defaultdict(list)
    for pk, standing in alone.items():
        other = standing.indicator.alternative_of_id
        if other in alone:
            partners[pk].append(alone[other])
            partners[other].append(standing)
    return {pk: _with_alternatives(own, partners[pk]) for pk, own in alone.items()}


def _alone(facts: Facts) -> Standing:
    latest = max(facts.accepted.values(), key=_recency, default=None)
    if latest is None:
        units = [_unit_standing(facts, unit_id, None) for unit_id in facts.reporters]
        return _sum_up(facts, None, units)
    values = {
        value.unit_id: value for value in facts.accepted.values() if value.period == latest.period
    }
    units = [_unit_standing(facts, each, values.get(each)) for each in facts.reporters]
    units += [
        _unit_standing(facts, unit_id, value)
        for unit_id, value in values.items()
        if unit_id not in facts.reporters
    ]
    return _sum_up(facts, parse_period(latest.period), units)


def _recency(value: IndicatorValue) -> tuple[object, int]:
    return value.period_ends_on, -len(value.period)


def _unit_standing(facts: Facts, unit_id: uuid.UUID, value: IndicatorValue | None) -> UnitStanding:
    name = value.unit.name if value else facts.reporters[unit_id]
    judgement = facts.judge_value(value) if value else judge(criterion_of(facts.indicator), None)
    return UnitStanding(unit_id, name, value, judgement)


def _sum_up(facts: Facts, period: Period | None, units: list[UnitStanding]) -> Standing:
    verdict = worst(unit.judgement.verdict for unit in units)
    deciding = next((unit for unit in units if unit.judgement.verdict is verdict), None)
    reason = deciding.judgement.reason if deciding else "没有已接收的值"
    if deciding and len(units) > 1:
        reason = f"{deciding.unit_name}：{reason}"
    return Standing(
        indicator=facts.indicator,
        period=period,
        units=tuple(units),
        verdict=verdict,
        reason=reason,
        gap=deciding.judgement.gap if deciding else None,
        waiting=facts.waiting,
        compared_with=tuple(kind for kind in ReferenceKind if kind in facts.kinds),
    )


def _with_alternatives(own: Standing, others: Iterable[Standing]) -> Standing:
    judgement = Judgement(own.verdict, own.reason)
    for other in others:
        judgement = either(judgement, Judgement(other.verdict, other.reason))
    return replace(own, verdict=judgement.verdict, reason=judgement.reason)
