"""Sites for a map: clusters on a grid, single sites where there are few.

The whole register's clusters come from the counts that every write keeps (`SiteTally`), so that
the first paint reads cells and no sites; those of a filter are counted by the database.
"""

import math
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Avg, Count, IntegerField, Max, Min, QuerySet, Subquery
from django.db.models.expressions import Func

from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.sites.coordinates import DECIMALS
from chuangwen.sites.enums import SiteState
from chuangwen.sites.models import Site, SiteTally
from chuangwen.sites.models.tallies import BAND
from chuangwen.sites.queries.listing import ALL, SiteFilter, filtered_sites
from chuangwen.sites.queries.visible import sees_every_site
from chuangwen.sites.tallies import FINEST, NUMBERS, UNITS
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import current_tenant_id

CELLS_ACROSS = 12  # at least; twice as many at most, for cells are powers of two
MOST_SINGLE = 300
MOST_WITH_LINES = 50
SMALLEST_CELL = 2.0**-14  # 6 metres: below, sites at one place are shown one beside the other
MARGIN = 0.02
FINEST_CELL = 2.0**-FINEST
NOTHING_ELSE = SiteFilter(state="", sort="")
_SIDES = ("west", "south", "east", "north")


@dataclass(frozen=True)
class View:
    """What part of the earth is looked at, in WGS-84 degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self | None:
        """Return the view of `bbox=west,south,east,north`; None without it. Raises Invalid."""
        raw = given.get("bbox", "")
        if not raw:
            return None
        try:
            west, south, east, north = (float(one) for one in raw.split(","))
        except ValueError as error:
            raise Invalid("地图范围无法识别。请刷新页面。", field="bbox") from error
        sides = (west, south, east, north)
        if not all(map(math.isfinite, sides)) or west >= east or south >= north:
            raise Invalid("地图范围无法识别。请刷新页面。", field="bbox")
        return cls(max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0))

    @property
    def cell(self) -> float:
        """The size of a cell in degrees: a power of two, so that clusters stay while one pans."""
        across = max(self.east - self.west, self.north - self.south, 1e-6)
        return float(max(2.0 ** math.floor(math.log2(across / CELLS_ACROSS)), SMALLEST_CELL))


class _Cell(Func):
    """The number of the cell in which degrees lie."""

    output_field = IntegerField()

    def __init__(self, column: str, cell: float) -> None:
        super().__init__(column, template=f"FLOOR(%(expressions)s / {cell!r})")

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Cut instead of calling Python for every row: degrees in China are above nought."""
        template = str(self.extra["template"]).replace("FLOOR(", "CAST(").replace(")", "", 0)
        cast = template.removesuffix(")") + " AS INTEGER)"
        return self.as_sql(compiler, connection, template=cast, **more)


def sites_on_map(actor: Actor, wanted: SiteFilter, view: View | None) -> dict[str, Any]:
    """Return what a map shows of the filtered sites in a view, or of all without one.

    At most three queries; where states only are filtered, rows as many as are shown. `bounds` is
    where the sites lie; clusters are [longitude, latitude, number, west, south, east, north].
    """
    placed = filtered_sites(actor, wanted).filter(longitude__isnull=False).order_by()
    if wanted.state == ALL:  # or no index would help
        placed = placed.filter(state__in=SiteState.values)
    states = _tallied_states(actor, wanted)
    view = view or (_extent_by_index(states) if states else _extent(placed))
    if view is None:
        return {"bounds": None, "clusters": [], "sites": []}
    inside = placed.filter(
        longitude__gte=view.west, longitude__lte=view.east,
        latitude__gte=view.south, latitude__lte=view.north,
    )  # fmt: skip
    names = ("pk", "name", "site_type__name", "longitude", "latitude", "is_demonstration")
    few = list(inside.values_list(*names)[: MOST_SINGLE + 1])
    bounds = [round(getattr(view, side), DECIMALS) for side in _SIDES]
    if len(few) > MOST_SINGLE:
        kept = states and view.cell >= FINEST_CELL
        clusters = tallied_clusters(states, view) if kept else _clusters(inside, view.cell)
        return {"bounds": bounds, "clusters": clusters, "sites": []}
    clusters, singles = _grouped(few, view.cell)
    lines = _lines(inside) if len(few) <= MOST_WITH_LINES else {}
    told = [_single(row, lines) for row in singles]
    return {"bounds": bounds, "clusters": clusters, "sites": told}


def _tallied_states(actor: Actor, wanted: SiteFilter) -> tuple[str, ...]:
    """Return the states asked for, when nothing else narrows what the viewer sees; else none."""
    if not sees_every_site(actor) or replace(wanted, state="", sort="") != NOTHING_ELSE:
        return ()
    if wanted.state == ALL:
        return tuple(SiteState.values)
    return (wanted.state if wanted.state in SiteState.values else SiteState.OPEN.value,)


def _extent_by_index(states: Sequence[str]) -> View | None:
    """Return where the sites of states lie: west and east to the site, south and north to the
    finest cell, all four the ends of an index. One query."""
    ends: dict[str, Any] = {}
    for state in states:
        placed = Site.objects.filter(state=state, longitude__isnull=False)
        bands = SiteTally.objects.filter(state=state, level=FINEST, column=BAND, number__gt=0)
        for side, rows, order in (
            ("west", placed, "longitude"), ("south", bands, "row"),
            ("east", placed, "-longitude"), ("north", bands, "-row"),
        ):  # fmt: skip
            found = rows.order_by(order).values(order.removeprefix("-"))[:1]
            ends[f"{side}_{state}"] = Subquery(found)
    whose = Tenant.objects.filter(pk=current_tenant_id())
    told: dict[str, Any] = dict(whose.values(**ends).first() or {})
    sides: dict[str, list[float]] = {
        side: [float(told[f"{side}_{state}"]) for state in states
               if told.get(f"{side}_{state}") is not None]
        for side in _SIDES
    }  # fmt: skip
    if not all(sides.values()):
        return None
    return _with_margin(
        min(sides["west"]), min(sides["south"]) * FINEST_CELL,
        max(sides["east"]), (max(sides["north"]) + 1) * FINEST_CELL,
    )  # fmt: skip


def _extent(sites: QuerySet[Site]) -> View | None:
    """Return where the sites lie, with a margin; None when there are none."""
    sides = sites.aggregate(
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
    )
    if sides["west"] is None:
        return None
    return _with_margin(*(float(sides[side]) for side in _SIDES))


def _with_margin(west: float, south: float, east: float, north: float) -> View:
    margin = max(east - west, north - south) * MARGIN + 0.0005
    return View(west - margin, south - margin, east + margin, north + margin)


def tallied_clusters(states: Sequence[str], view: View) -> list[list[float]]:
    """Return the clusters of a view from the kept counts; a cell on its edge counts whole, so
    that clusters stay as they are while one pans. One query; wider cells are added up here."""
    level = min(-round(math.log2(view.cell)), FINEST)
    shift = max(-level, 0)
    level = max(level, 0)
    scale = 2.0**level
    held = SiteTally.objects.filter(
        state__in=states, level=level, number__gt=0,
        column__gte=max(math.floor(view.west * scale), 0),
        column__lte=math.floor(view.east * scale),
        row__gte=math.floor(view.south * scale), row__lte=math.floor(view.north * scale),
    )  # fmt: skip
    cells: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for column, row, *numbers in held.order_by().values_list("column", "row", *NUMBERS):
        place = (column >> shift, row >> shift)
        cells[place] = [a + b for a, b in zip(cells[place], numbers, strict=True)]
    cell = view.cell
    return [
        [
            round(east / number / UNITS, 5), round(north / number / UNITS, 5), float(number),
            column * cell, row * cell, (column + 1) * cell, (row + 1) * cell,
        ]
        for (column, row), (number, east, north) in cells.items()
    ]  # fmt: skip


def _clusters(sites: QuerySet[Site], cell: float) -> list[list[float]]:
    grid = sites.annotate(column=_Cell("longitude", cell), row=_Cell("latitude", cell))
    rows = grid.values_list("column", "row").annotate(
        Avg("longitude"), Avg("latitude"), Count("longitude"),
        Min("longitude"), Min("latitude"), Max("longitude"), Max("latitude"),
    )  # fmt: skip
    return [[round(float(one), 5) for one in row] for _, _, *row in rows]


def _grouped(
    rows: list[tuple[Any, ...]], cell: float
) -> tuple[list[list[float]], list[tuple[Any, ...]]]:
    """Part rows into clusters and those that are alone in their cell."""
    cells: dict[tuple[int, int], list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        place = (math.floor(float(row[3]) / cell), math.floor(float(row[4]) / cell))
        cells[place].append(row)
    clusters, singles = [], []
    for held in cells.values():
        if len(held) == 1 or cell <= SMALLEST_CELL:
            singles += held
            continue
        east, north = [float(row[3]) for row in held], [float(row[4]) for row in held]
        middle = [sum(east) / len(held), sum(north) / len(held), len(held)]
        corners = [min(east), min(north), max(east), max(north)]
        clusters.append([round(one, 5) for one in (*middle, *corners)])
    return clusters, singles


def _lines(sites: QuerySet[Site]) -> dict[uuid.UUID, Any]:
    return dict(sites.filter(geometry__isnull=False).values_list("pk", "geometry"))


def _single(row: tuple[Any, ...], lines: dict[uuid.UUID, Any]) -> dict[str, Any]:
    pk, name, kind, longitude, latitude, marked = row
    told = {
        "id": str(pk),
        "name": name,
        "type": kind,
        "at": [float(longitude), float(latitude)],
        "marked": marked,
    }
    return told | ({"line": lines[pk]} if pk in lines else {})
