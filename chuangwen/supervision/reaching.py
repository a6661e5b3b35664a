"""Which deadlines have reached which rung on a day. Plain arithmetic, no database."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chuangwen.kit.calendar import DAY, add_working_days


def reached_on(due_on: datetime.date, days: int) -> datetime.date:
    """Return the day on which a deadline reaches a rung."""
    return add_working_days(due_on, days)


def latest_due(days: int, day: datetime.date) -> datetime.date:
    """Return the latest deadline that has reached a rung by `day`."""
    due = add_working_days(day, -days)
    while reached_on(due, days) > day:
        due -= DAY
    while reached_on(due + DAY, days) <= day:
        due += DAY
    return due


@dataclass(frozen=True)
class Band:
    """The deadlines whose highest rung is the one at `place`: after `beyond`, until `latest`."""

    place: int
    beyond: datetime.date | None
    latest: datetime.date


def bands(days: Sequence[int], day: datetime.date) -> list[Band]:
    """Return the band of each rung on `day`, for rungs in rising order; empty ones are left out."""
    latest = [latest_due(one, day) for one in days]
    beyond = [*latest[1:], None]
    found = [Band(place, *pair) for place, pair in enumerate(zip(beyond, latest, strict=True))]
    return [band for band in found if band.beyond is None or band.beyond < band.latest]


def next_rung(days: Sequence[int], top: int, climbed: Collection[int]) -> int | None:
    """Return the place of the rung that is climbed next when `top` is reached, or None.

    One rung at a time, so that nobody meets the last one first: of those after the deadline the
    lowest that is missing, of those before it only the highest that is reached.
    """
    for place in range(top + 1):
        if place not in climbed and (days[place] > 0 or place == top):
            return place
    return None
