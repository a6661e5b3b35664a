"""The campaign in time: years and stages on a line, targets against what was reported."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from chuangwen.plan.enums import PhaseKind
from chuangwen.plan.models import Phase, Target

WIDTH = Decimal(1000)


@dataclass(frozen=True)
class Bar:
    """A phase on the line, in thousandths of its length; `row` keeps overlapping ones apart."""

    phase: Phase
    row: int
    left: Decimal
    width: Decimal
    is_current: bool


@dataclass(frozen=True)
class Line:
    """The whole line; `today` is None when the campaign has not begun or is over."""

    bars: list[Bar]
    rows: int
    today: Decimal | None


@dataclass(frozen=True)
class SameName:
    """Targets of one name in one phase; clauses that differ stand side by side."""

    name: str
    targets: list[Target]

    @property
    def differs(self) -> bool:
        return len({target.text for target in self.targets}) > 1


def is_current(phase: Phase, day: datetime.date) -> bool:
    """Tell whether the day lies within the phase."""
    return bool(phase.starts_on and phase.ends_on and phase.starts_on <= day <= phase.ends_on)


def line_of(phases: Iterable[Phase], day: datetime.date) -> Line:
    """Place the dated phases on a line: years in the first row, stages below, none over another."""
    shown = [phase for phase in phases if phase.starts_on and phase.ends_on]
    if not shown:
        return Line([], 0, None)
    first = min(phase.starts_on for phase in shown if phase.starts_on)
    last = max(phase.ends_on for phase in shown if phase.ends_on)
    days = (last - first).days + 1

    def place(moment: datetime.date) -> Decimal:
        return (WIDTH * (moment - first).days / days).quantize(Decimal("0.1"))

    bars: list[Bar] = []
    ends: list[datetime.date] = []
    ordered = sorted(shown, key=lambda one: (one.kind != PhaseKind.YEAR, one.starts_on))
    for phase in ordered:
        starts, until = phase.starts_on, phase.ends_on
        if starts is None or until is None:
            continue
        lowest = 1 if phase.kind != PhaseKind.YEAR and ends else 0
        free = (n for n, end in enumerate(ends) if n >= lowest and end < starts)
        row = next(free, len(ends))
        ends[row:] = [until, *ends[row + 1 :]]
        left = place(starts)
        width = place(until + datetime.timedelta(days=1)) - left
        bars.append(Bar(phase, row, left, width, is_current(phase, day)))
    return Line(bars, len(ends), place(day) if first <= day <= last else None)


def grouped(targets: Iterable[Target]) -> list[SameName]:
    """Return targets by name, in the order in which the names first stand."""
    found: dict[str, list[Target]] = {}
    for target in targets:
        found.setdefault(target.name, []).append(target)
    return [SameName(name, rows) for name, rows in found.items()]
