"""Keeping the number of sites in each cell of the map: out of one cell and into another.

Every action that places, moves, opens or closes a site calls `leave` and `enter`; an import calls
them with thousands at once. Only the finest level is counted: coarser cells are its sums.
"""

import math
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from chuangwen.kit.upserts import add_to_counts
from chuangwen.sites.coordinates import DECIMALS
from chuangwen.sites.models import Site, SiteTally
from chuangwen.sites.models.tallies import BAND

FINEST = 8  # cells of 430 metres; whoever looks nearer sees few enough to be counted
LEVELS = range(FINEST + 1)
UNITS = 10**DECIMALS  # in a degree
NUMBERS = ("number", "east_sum", "north_sum")

Degrees = Decimal | float | None


class Bucket(NamedTuple):
    """Where a site is counted."""

    state: str
    level: int
    column: int
    row: int


Counts = dict[Bucket, list[int]]  # NUMBERS of each


class SiteRecount:
    """The change of the counts that one action makes: written in one statement, at its end."""

    def __init__(self) -> None:
        self.change: Counts = defaultdict(lambda: [0, 0, 0])

    def leave(self, *sites: Site) -> None:
        """Take sites out of the cells in which they are."""
        for site in sites:
            self.add(site.state, site.longitude, site.latitude, -1)

    def enter(self, *sites: Site) -> None:
        """Put sites into the cells to which they belong now."""
        for site in sites:
            self.add(site.state, site.longitude, site.latitude, 1)

    def add(self, state: str, longitude: Degrees, latitude: Degrees, sign: int) -> None:
        """Count one place; a site without coordinates is in no cell."""
        if longitude is None or latitude is None:
            return
        east, north = float(longitude), float(latitude)
        scale = 2**FINEST
        cell = Bucket(str(state), FINEST, math.floor(east * scale), math.floor(north * scale))
        numbers = self.change[cell]
        numbers[0] += sign
        numbers[1] += sign * round(east * UNITS)
        numbers[2] += sign * round(north * UNITS)

    def write(self) -> None:
        """Write what has changed. Before the audit event: all writers wait in the same order."""
        changed = {cell: numbers for cell, numbers in self.change.items() if any(numbers)}
        add_to_tallies(with_coarser(changed))
        self.change.clear()


def with_coarser(finest: Counts) -> Counts:
    """Return counts of all levels from those of the finest, and of its whole rows."""
    found: Counts = defaultdict(lambda: [0, 0, 0], finest)
    for cell, numbers in finest.items():
        band = cell._replace(column=BAND)
        found[band] = [a + b for a, b in zip(found[band], numbers, strict=True)]
    here = finest
    for _ in range(FINEST):
        above: Counts = defaultdict(lambda: [0, 0, 0])
        for cell, numbers in here.items():
            wider = Bucket(cell.state, cell.level - 1, cell.column >> 1, cell.row >> 1)
            above[wider] = [a + b for a, b in zip(above[wider], numbers, strict=True)]
        found.update(above)
        here = above
    return {cell: numbers for cell, numbers in found.items() if any(numbers)}


def add_to_tallies(change: Counts) -> None:
    """Add to the stored numbers; the database adds, so that two writers never lose a count."""
    rows = [
        SiteTally(**cell._asdict(), **dict(zip(NUMBERS, numbers, strict=True)))
        for cell, numbers in sorted(change.items())
    ]
    add_to_counts(rows, ["tenant", *Bucket._fields], NUMBERS)
