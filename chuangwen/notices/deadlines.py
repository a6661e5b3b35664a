"""On which days one is reminded of a deadline, in working days. Plain arithmetic, no database."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from chuangwen.kit.calendar import DAY, add_working_days, is_working_day

MOST_DAYS = 60  # before or after a deadline


@dataclass(frozen=True)
class Offsets:
    """When to remind: days before (5, 1), on the day, days after (1, 3), then every 5; 0: never."""

    before: tuple[int, ...] = (5, 1)
    on_day: bool = True
    after: tuple[int, ...] = (1, 3)
    then_every: int = 5

    def without_repetition(self) -> "Offsets":
        """The same, ending with the last day after."""
        return Offsets(self.before, self.on_day, self.after, 0)


def stages_reached(
    offsets: Offsets, *, since: datetime.date, day: datetime.date, earliest: datetime.date
) -> dict[datetime.date, str]:
    """Return the deadlines that reached a new stage after `since` and by `day`, with that stage.

    Days on which nobody reminded are caught up with: of several stages the latest counts alone.
    `earliest` is the first deadline that matters.
    """
    last = add_working_days(day, max(offsets.before, default=0) + 1)
    # Rest days may follow the last working day; a deadline on one of them counts from there too.
    last = add_working_days(last, 1)
    count = _Count(min(earliest, since) - DAY, max(last, day))
    reached = {}
    for due in _days(earliest, last):
        stage = _stage(offsets, count, due, day)
        if stage and stage != _stage(offsets, count, due, since):
            reached[due] = stage
    return reached


def _stage(offsets: Offsets, count: "_Count", due: datetime.date, day: datetime.date) -> str:
    """Return the latest stage of a deadline by `day`: b5, b1, d0, a1, a3, a8 …; empty: none yet."""
    if day < due:
        # The day `k` working days before is reached when fewer than k lie in between.
        between = count.until(due - DAY) - count.until(day)
        reached = [k for k in offsets.before if between < k]
        return f"b{min(reached)}" if reached else ""
    passed = count.until(day) - count.until(due)
    reached = [k for k in offsets.after if k <= passed]
    if offsets.then_every:
        last = max(offsets.after, default=0)
        times = (passed - last) // offsets.then_every
        if times > 0:
            reached.append(last + times * offsets.then_every)
    if reached:
        return f"a{max(reached)}"
    if offsets.on_day:
        return "d0"
    return f"b{min(offsets.before)}" if offsets.before else ""


class _Count:
    """Working days from a first day up to any later one, added up once."""

    def __init__(self, first: datetime.date, last: datetime.date) -> None:
        self._sums: dict[datetime.date, int] = {}
        total = 0
        for day in _days(first, last):
            total += is_working_day(day)
            self._sums[day] = total

    def until(self, day: datetime.date) -> int:
        return self._sums[day]


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    day = first
    while day <= last:
        yield day
        day += DAY
