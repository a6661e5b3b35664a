"""Tables as grids of cells, and what the columns of a duty table hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .lexicon import labels
from .marks import squeeze

_YEAR = re.compile(r"(?<!\d)(20\d{2})年?")
_YEAR_HEAD = re.compile(r"20\d{2}(?:年度?)?(?:底|末)?(?:目标值?|计划)?")


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


def head_role(head: str) -> str | None:
    """What a column holds, by the words of its head."""
    if head in ("单位", "计量单位", "指标单位"):
        return "unit"
    return next((role for role, words in labels.COLUMNS if any(w in head for w in words)), None)


def _named(folded: str, grid: Grid, row: int) -> dict[int, str]:
    roles: dict[int, str] = {}
    years: list[int] = []
    for (at, column), cell in grid.at.items():
        if at != row or cell.end - cell.start > 24:
            continue
        head = squeeze(folded[cell.start : cell.end])
        if role := head_role(head):
            roles[column] = role
        elif _YEAR_HEAD.fullmatch(head):
            years.append(column)
    if "indicator" in roles.values():  # 指标名称 | 2024年 | 2025年: what is to be reached in each
        roles |= dict.fromkeys(years, "target")
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
