"""Owners against the duties in force: the same unit, else the same unit in another role, else
the one owner that replaces another."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from chuangwen.plan.comparing.known import Known
from chuangwen.plan.models import ImportItem


class Found(Protocol):
    """Where matches are noted."""

    objects: dict[uuid.UUID, Known]
    wanted: dict[uuid.UUID, dict[str, str]]
    taken: set[uuid.UUID]

    def put(self, item: ImportItem, found: Known) -> None: ...


def match_duties(
    items: Sequence[ImportItem],
    duties: Sequence[Known],
    places: Mapping[uuid.UUID, object],
    found: Found,
    amended: frozenset[uuid.UUID],
) -> None:
    """Note the duty in force of each owner item."""
    by_place: dict[object, list[Known]] = defaultdict(list)
    for duty in duties:
        by_place[duty.parent_pk].append(duty)
    grouped: dict[object, list[ImportItem]] = defaultdict(list)
    for item in items:
        grouped[places[item.pk]].append(item)
    for place, group in grouped.items():
        held = by_place.get(place, [])
        _by(group, held, found, ("unit", "kind"), again=True)
        left = [duty for duty in held if duty.source_id in amended]
        _by(group, left, found, ("unit",))
        _replaced(group, left, found)


def _by(
    group: Sequence[ImportItem],
    duties: Sequence[Known],
    found: Found,
    names: tuple[str, ...],
    *,
    again: bool = False,
) -> None:
    for item in group:
        if item.pk in found.objects:
            continue
        wanted = [found.wanted[item.pk][name] for name in names]
        same = [duty for duty in duties if [duty.values[name] for name in names] == wanted]
        free = [duty for duty in same if duty.pk not in found.taken]
        if free or (again and same):
            found.put(item, (free or same)[0])


def _replaced(group: Sequence[ImportItem], duties: Sequence[Known], found: Found) -> None:
    """One owner of a role left on both sides: the new one takes the place of the old."""
    new: dict[str, list[ImportItem]] = defaultdict(list)
    for item in group:
        if item.pk not in found.objects:
            new[found.wanted[item.pk]["kind"]].append(item)
    for role, items in new.items():
        old = [
            duty for duty in duties if duty.pk not in found.taken and duty.values["kind"] == role
        ]
        if len(items) == len(old) == 1:
            found.put(items[0], old[0])
