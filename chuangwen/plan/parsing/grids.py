"""Tables as grids of cells, and what the columns of a duty table hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .lexicon import labels
from .lines import Line
from .marks import squeeze, trim

_YEAR = re.compile(r"(?<!\d)(20\d{2})年?")


@dataclass(frozen=True, slots=True)
class CellRange:
    """A cell with the rows it covers; `column` counts from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int


@dataclass(slots=True)
class Grid:
    """A table as a grid: which cell covers (row, column)."""

    cells: list[CellRange]
    start: int
    end: int
    at: dict[tuple[int, int], CellRange] = field(default_factory=dict)
    rows: int = 0

    def __post_init__(self) -> None:
        for cell in self.cells:
            self.rows = max(self.rows, cell.row + cell.row_span)
            for row in range(cell.row, cell.row + min(cell.row_span, 5000)):
                for column in range(cell.column, cell.column + min(cell.column_span, 60)):
                    self.at.setdefault((row, column), cell)


def grids_from_lines(folded: str, lines: list[Line]) -> list[Grid]:
    """Tables that were pasted as text: at least two lines with tabs, headed by known columns."""
    grids: list[Grid] = []
    group: list[Line] = []
    for line in [*lines, None]:
        if line is not None and line.kind == "text" and _joint(folded, line):
            group.append(line)
            continue
        if len(group) >= 2:
            grid = _grid_of(folded, group)
            if any(roles_of(folded, grid, row) for row in range(min(3, grid.rows))):
                grids.append(grid)
        group = []
    return grids


def _joint(folded: str, line: Line) -> str | None:
    """The mark that parts the cells of a line: a tab, or | as in Markdown; None for plain text."""
    for mark in "\t|":
        if folded.count(mark, line.start, line.end) >= 2:
            return mark
    return None


def _grid_of(folded: str, group: list[Line]) -> Grid:
    cells = []
    for row, line in enumerate(group):
        place = line.start
        joint = _joint(folded, line) or "\t"
        for column, raw in enumerate(folded[line.start : line.end].split(joint)):
            start, end = trim(folded, place, place + len(raw))
            if start < end and folded[start:end].strip("-: "):
                cells.append(CellRange(row, column, 1, 1, start, end))
            place += len(raw) + 1
    return Grid(cells, group[0].start, group[-1].end)


def roles_of(folded: str, grid: Grid, row: int) -> dict[int, str]:
    """Column → role of a header row; empty when the row is no header of a duty table."""
    roles = _named(folded, grid, row)
    owned = {"lead", "responsible", "supporting"} & set(roles.values())
    worked = {"task", "content", "category", "indicator"} & set(roles.values())
    return roles if (owned and worked) or (len(roles) >= 3 and worked) else {}


def refined(folded: str, grid: Grid, head: int, depth: int) -> dict[int, str]:
    """Roles of a head of several rows: 责任分工 is parted below into 牵头单位 and 责任单位."""
    roles = roles_of(folded, grid, head)
    for row in range(head + 1, head + depth):
        for column, role in _named(folded, grid, row).items():
            if grid.at[row, column].row == row:
                roles[column] = role
    return roles


def _named(folded: str, grid: Grid, row: int) -> dict[int, str]:
    roles: dict[int, str] = {}
    for (at, column), cell in grid.at.items():
        if at != row or cell.end - cell.start > 24:
            continue
        head = squeeze(folded[cell.start : cell.end])
        if head in ("单位", "计量单位", "指标单位"):
            roles[column] = "unit"
            continue
        role = next((role for role, words in labels.COLUMNS if any(w in head for w in words)), None)
        if role:
            roles[column] = role
    return roles


def depth_of(grid: Grid, head: int) -> int:
    """How many rows the head takes: the most that one of its cells covers."""
    spans = [cell.row + cell.row_span for (row, _), cell in grid.at.items() if row == head]
    return max(spans, default=head + 1) - head


def years_of(folded: str, grid: Grid, head: int, depth: int = 1) -> dict[int, int]:
    """Column → year of heads such as 2024年目标."""
    found: dict[int, int] = {}
    for (row, column), cell in grid.at.items():
        named = _YEAR.search(folded, cell.start, cell.end) if head <= row < head + depth else None
        if named:
            found[column] = int(named[1])
    return found
