"""Sites for a map: clusters made by the database on a grid, single sites where there are few."""

import math
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Avg, Count, IntegerField, Max, Min, QuerySet
from django.db.models.expressions import Func

from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.sites.coordinates import DECIMALS
from chuangwen.sites.models import Site
from chuangwen.sites.queries.listing import SiteFilter, filtered_sites

CELLS_ACROSS = 12  # at least; twice as many at most, for cells are powers of two
MOST_SINGLE = 300
MOST_WITH_LINES = 50
SMALLEST_CELL = 2.0**-14  # 6 metres: below, sites at one place are shown one beside the other
MARGIN = 0.02
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

    At most three queries. `bounds` is where the sites lie; clusters are [longitude, latitude,
    number, west, south, east, north].
    """
    placed = filtered_sites(actor, wanted).filter(longitude__isnull=False).order_by()
    view = view or _extent(placed)
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
        return {"bounds": bounds, "clusters": _clusters(inside, view.cell), "sites": []}
    clusters, singles = _grouped(few, view.cell)
    lines = _lines(inside) if len(few) <= MOST_WITH_LINES else {}
    told = [_single(row, lines) for row in singles]
    return {"bounds": bounds, "clusters": clusters, "sites": told}


def _extent(sites: QuerySet[Site]) -> View | None:
    """Return where the sites lie, with a margin; None when there are none."""
    sides = sites.aggregate(
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
    )
    if sides["west"] is None:
        return None
    west, south, east, north = (float(sides[side]) for side in _SIDES)
    margin = max(east - west, north - south) * MARGIN + 0.0005
    return View(west - margin, south - margin, east + margin, north + margin)


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
