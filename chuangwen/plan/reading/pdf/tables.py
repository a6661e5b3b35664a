"""Tables drawn with rules: their cells, merged ones included, and the text inside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..blocks import Grid, GridCell
from .geometry import Char, Segment, Sheet, lines_of
from .paragraphs import Edges, paragraphs_of

_NEAR = 3.0  # points: rules closer than this are one
_LIMIT_CELLS = 10_000  # of one table on one page; more is a drawing
_LIMIT_GROUPS = 200


@dataclass(slots=True)
class Ruled:
    """A table on a page: edges of its columns and rows (rows from the top), and its text."""

    xs: list[float]
    ys: list[float]
    grid: Grid
    chars: list[Char] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]


def find_tables(sheet: Sheet) -> list[Ruled]:
    """Tables of at least two cells; characters inside them are taken off the sheet."""
    found: list[Ruled] = []
    for across, down in _groups(sheet):
        if len(across) < 2 or not down:
            continue
        # Tables may be open at the sides: then the rules across tell where they end.
        xs = _clusters([s.at for s in down] + [end for s in across for end in (s.low, s.high)])
        ys = _clusters([s.at for s in across] + [end for s in down for end in (s.low, s.high)])
        ys.reverse()
        if not 2 <= (len(xs) - 1) * (len(ys) - 1) <= _LIMIT_CELLS:
            continue
        inside = [c for c in sheet.chars if _inside(c, xs, ys)]
        if not inside:
            continue
        taken = {id(char) for char in inside}
        sheet.chars = [char for char in sheet.chars if id(char) not in taken]
        found.append(Ruled(xs, ys, _grid(xs, ys, across, down, inside), inside))
    return found


def _inside(char: Char, xs: list[float], ys: list[float]) -> bool:
    x = (char.left + char.right) / 2
    return xs[0] < x < xs[-1] and ys[-1] < char.middle < ys[0]


def _clusters(values: Iterable[float]) -> list[float]:
    """Distinct places, rising; a rule drawn as a thin bar has two edges."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _groups(sheet: Sheet) -> list[tuple[list[Segment], list[Segment]]]:
    """Rules that touch one another, from the top of the page down."""
    boxes = [_Group(s.low, s.at, s.high, s.at, [s], []) for s in sheet.across]
    boxes += [_Group(s.at, s.low, s.at, s.high, [], [s]) for s in sheet.down]
    groups: list[_Group] = []
    for group in sorted(boxes, key=lambda box: -box.top):
        while touching := next((other for other in groups if group.touches(other)), None):
            groups.remove(touching)
            group.take(touching)
        groups.append(group)
        if len(groups) > _LIMIT_GROUPS:
            return []
    return [(one.across, one.down) for one in sorted(groups, key=lambda one: -one.top)]


@dataclass(slots=True, eq=False)
class _Group:
    """Rules that touch, with the box around them."""

    left: float
    bottom: float
    right: float
    top: float
    across: list[Segment]
    down: list[Segment]

    def touches(self, other: _Group) -> bool:
        return (
            other.left - _NEAR <= self.right
            and self.left <= other.right + _NEAR
            and other.bottom - _NEAR <= self.top
            and self.bottom <= other.top + _NEAR
        )

    def take(self, other: _Group) -> None:
        """Unite with a larger group; its lists are extended so that growing stays cheap."""
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)
        self.bottom, self.top = min(self.bottom, other.bottom), max(self.top, other.top)
        other.across.extend(self.across)
        other.down.extend(self.down)
        self.across, self.down = other.across, other.down


def _grid(
    xs: list[float], ys: list[float], across: list[Segment], down: list[Segment],
    chars: list[Char],
) -> Grid:  # fmt: skip
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = _merge(xs, ys, across, down)
    texts: dict[tuple[int, int], list[Char]] = {}
    falling = [-y for y in ys]
    for char in chars:
        column = min(columns, bisect_right(xs, (char.left + char.right) / 2)) - 1
        row = min(rows, bisect_right(falling, -char.middle)) - 1
        texts.setdefault(owner[row, column], []).append(char)
    regions: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, first in owner.items():
        regions.setdefault(first, []).append(place)
    cells = []
    for (row, column), own in sorted(regions.items()):
        last_row, last_column = max(r for r, _ in own), max(c for _, c in own)
        text = _text(texts.get((row, column), []), xs[column], xs[last_column + 1])
        cells.append(GridCell(row, column, last_row - row + 1, last_column - column + 1, (text,)))
    return Grid(tuple(cells))


def _merge(
    xs: list[float], ys: list[float], across: list[Segment], down: list[Segment]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Each elementary cell → the first cell of the region without rules that it belongs to."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    walls = [[s for s in down if abs(s.at - x) <= _NEAR] for x in xs]
    floors = [[s for s in across if abs(s.at - y) <= _NEAR] for y in ys]
    for row in range(len(ys) - 1):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(len(xs) - 1):
            x = (xs[column] + xs[column + 1]) / 2
            owner[row, column] = (row, column)
            if column and not _crossed(walls[column], y):
                owner[row, column] = owner[row, column - 1]
            elif row and not _crossed(floors[row], x):
                owner[row, column] = owner[row - 1, column]
    return owner


def _crossed(segments: list[Segment], place: float) -> bool:
    return any(segment.low <= place <= segment.high for segment in segments)


def _text(chars: list[Char], left: float, right: float) -> str:
    """Text of a cell; a line that nearly fills the cell goes on in the next one."""
    lines = lines_of(chars)
    if not lines:
        return ""
    size = lines[0].size
    edges = Edges(min(line.left for line in lines), max(line.right for line in lines), size * 2)
    if edges.right < right - (edges.left - left) - 3 * size:
        edges = Edges(edges.left, right, edges.step)
    return " ".join(paragraphs_of(lines, edges))
