"""Whether places lie outside the district's boundary: known when they are written."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from chuangwen.sites.enums import BoundaryState
from chuangwen.sites.models import Boundary, BoundaryFile, Site

Degrees = Decimal | float | None
Place = tuple[Degrees, Degrees]
Tell = Callable[[Sequence[Place]], list[bool | None]]
CHUNK = 1_000


def outside(places: Sequence[Place]) -> list[bool | None]:
    """Return for each place whether it is outside; None where there is no place or no boundary.

    One query; two when this process has not seen the boundary before.
    """
    in_force = BoundaryFile.objects.filter(state=BoundaryState.IN_FORCE)
    key = in_force.order_by().values_list("pk", flat=True).first()
    return [None] * len(places) if key is None else _teller(key)(places)


def mistold() -> dict[bool | None, list[uuid.UUID]]:
    """Return the sites of which something else is noted than the boundary says, by what it says.

    Three queries.
    """
    rows = list(Site.objects.order_by().values_list("pk", "is_outside", "longitude", "latitude"))
    told = outside([(longitude, latitude) for _, _, longitude, latitude in rows])
    found: dict[bool | None, list[uuid.UUID]] = defaultdict(list)
    for (key, noted, _, _), now in zip(rows, told, strict=True):
        if now is not noted:
            found[now].append(key)
    return found


def mark_sites() -> int:
    """Note again of all sites whether they are outside; return how many changed.

    A statement for each thousand changes: the boundary itself has changed.
    """
    wrong = mistold()
    for value, keys in wrong.items():
        for start in range(0, len(keys), CHUNK):
            Site.objects.filter(pk__in=keys[start : start + CHUNK]).update(is_outside=value)
    return sum(map(len, wrong.values()))


@lru_cache(maxsize=8)
def _teller(key: uuid.UUID) -> Tell:
    """Return what tells of places; a file in force never changes, so it is read once."""
    import shapely  # noqa: PLC0415 - only districts with a boundary wait for it
    from shapely.geometry import shape  # noqa: PLC0415

    stored = Boundary.objects.filter(file_id=key).values_list("geometry", flat=True)
    whole: Any = shapely.union_all([shape(one) for one in stored])
    shapely.prepare(whole)

    def tell(places: Sequence[Place]) -> list[bool | None]:
        known = [number for number, place in enumerate(places) if place[0] is not None]
        inside = shapely.intersects_xy(
            whole,
            [float(places[number][0] or 0) for number in known],
            [float(places[number][1] or 0) for number in known],
        )
        told: list[bool | None] = [None] * len(places)
        for number, is_inside in zip(known, inside, strict=True):
            told[number] = not is_inside
        return told

    return tell
