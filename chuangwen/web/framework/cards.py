"""What the pages about indicators show, ready to print."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chuangwen.files.models import Attachment
from chuangwen.files.queries import attachments_of
from chuangwen.framework.attachments import VALUE
from chuangwen.framework.enums import IndicatorKind, ValueState
from chuangwen.framework.models import Indicator, IndicatorValue
from chuangwen.framework.periods import parse_period
from chuangwen.framework.rules import Judgement
from chuangwen.framework.standings import Facts, Standing
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.web.charts import Trend
from chuangwen.web.framework.wording import (
    VALUE_TONES,
    quantity,
    target_text,
    trimmed,
    value_text,
)


@dataclass(frozen=True)
class IndicatorRow:
    """One line of the list."""

    indicator: Indicator
    target: str
    period: str
    values: str
    units: str
    level: str
    verdict: str
    reason: str
    gap: str
    waiting: int
    is_sample: bool = False


def row_of(standing: Standing) -> IndicatorRow:
    """Put a standing into words."""
    unit = standing.indicator.unit
    shown = [value_text(each.value, unit) for each in standing.units if each.value]
    return IndicatorRow(
        indicator=standing.indicator,
        target=target_text(standing.indicator, standing.compared_with),
        period=standing.period.label if standing.period else "",
        values="、".join(shown[:3]) + (f" 等 {len(shown)} 个值" if len(shown) > 3 else ""),
        units="、".join(each.unit_name for each in standing.units[:3])
        + (f" 等 {len(standing.units)} 个单位" if len(standing.units) > 3 else ""),
        level=standing.level,
        verdict=standing.verdict.value,
        reason=standing.reason,
        gap=quantity(standing.gap, unit) if standing.gap else "",
        waiting=standing.waiting,
        is_sample=any(each.value.is_sample for each in standing.units if each.value),
    )


@dataclass(frozen=True)
class ReportedLine:
    """One reported value with what it means and what may be done with it."""

    value: IndicatorValue
    period: str
    content: str
    judgement: Judgement
    tone: str
    state: str
    may_correct: bool
    may_review: bool
    files: list[Attachment]
    sees_originals: bool
    may_remove: bool


class IndicatorCard:
    """One indicator's page; `unit` chooses whose trend is drawn, the first one's by default."""

    def __init__(self, actor: Actor, facts: Facts, standing: Standing, unit: str) -> None:
        self.actor = actor
        self.facts = facts
        self.standing = standing
        self.indicator = facts.indicator
        self.unit_names = facts.reporters | {
            value.unit_id: value.unit.name for value in facts.history
        }
        self.unit_id = next(
            (key for key in self.unit_names if str(key) == unit),
            next(iter(self.unit_names), None),
        )

    @property
    def unit_name(self) -> str:
        return self.unit_names.get(self.unit_id, "") if self.unit_id else ""

    @property
    def own_units(self) -> list[tuple[uuid.UUID, str]]:
        """The units for which the viewer may report now."""
        may = self.actor.may
        return [
            (key, name)
            for key, name in self.facts.reporters.items()
            if may(Permission.REPORT_INDICATORS, unit_id=key)
        ]

    @property
    def trend(self) -> Trend | None:
        """The chosen unit's accepted numbers of the same kind of period, oldest first."""
        values = self._accepted()
        if self.indicator.kind == IndicatorKind.QUALITATIVE or not values:
            return None
        kind = parse_period(values[-1].period).kind
        periods = [(parse_period(value.period), value.number) for value in values]
        return Trend(
            title=f"{self.indicator.name}：{self.unit_name}",
            unit=self.indicator.unit,
            points=[
                (period.label, trimmed(number)) for period, number in periods if period.kind == kind
            ],
            target=trimmed(self.indicator.value),
            target_label=target_text(self.indicator, self.standing.compared_with).split(" ")[0],
            samples=[parse_period(value.period).label for value in values if value.is_sample],
        )

    @property
    def returned(self) -> list[tuple[IndicatorValue, str]]:
        """What came back and was not corrected yet, each with its period."""
        return [
            (value, parse_period(value.period).label)
            for value in self.facts.history
            if value.state == ValueState.RETURNED and value.superseded_by_id is None
        ]

    @cached_property
    def lines(self) -> list[ReportedLine]:
        """Everything that was reported, newest period first, superseded values included."""
        return list(self._lines())

    @property
    def references(self) -> list[tuple[str, str, str, bool]]:
        """Known reference values: name, period, number, whether it is 演示数据."""
        known = sorted(self.facts.references.items(), key=lambda item: item[0][1], reverse=True)
        return [
            (
                str(kind.label),
                parse_period(code).label,
                quantity(number, self.indicator.unit),
                (kind, code) in self.facts.samples,
            )
            for (kind, code), number in known
        ]

    def _accepted(self) -> list[IndicatorValue]:
        own = [value for (unit, _), value in self.facts.accepted.items() if unit == self.unit_id]
        return sorted(own, key=lambda value: value.period_ends_on)

    def _lines(self) -> Iterator[ReportedLine]:
        files = attachments_of(VALUE.name, [value.pk for value in self.facts.history])
        for value in self.facts.history:
            is_open = value.superseded_by_id is None
            state = ValueState(value.state)
            yield ReportedLine(
                value=value,
                period=parse_period(value.period).label,
                content=value_text(value, self.indicator.unit),
                judgement=self.facts.judge_value(value),
                tone=VALUE_TONES[state] if is_open else "neutral",
                state=str(state.label) if is_open else f"{state.label}，已被更正",
                may_correct=is_open
                and self.actor.may(Permission.REPORT_INDICATORS, unit_id=value.unit_id),
                may_review=is_open and state is ValueState.REPORTED,
                files=files.get(value.pk, []),
                sees_originals=VALUE.sees_originals(self.actor, value),
                may_remove=VALUE.may_remove(self.actor, value),
            )
