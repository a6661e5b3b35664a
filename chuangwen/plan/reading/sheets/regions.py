"""Where on a sheet the text is and where the table is.

A sheet is a grid everywhere, but a title above and a note below are no rows of the table, and some
clerks type a whole document into one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..blocks import Block, Grid, GridCell
from ..errors import UnreadableDocument

LIMIT_CELLS = 200_000
LIMIT_AREA = 2_000_000  # rows × columns between the first and the last filled cell
_BANNERS = 3  # so many rows of one cell may divide a table without ending it
_UNNAMED = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet with its filled cells in order."""

    name: str
    cells: list[GridCell]


def too_large(name: str, sheet: str) -> UnreadableDocument:
    """The error for a sheet that no one can mean to import."""
    return UnreadableDocument(
        "too_large",
        f"“{name}”的工作表“{sheet}”区域过大。请删去数据以外的行和列（含看不见的空格）后再导入。",
    )


def blocks_of(sheets: Iterable[Sheet]) -> list[Block]:
    """Blocks of all sheets; a sheet's own name is a line when there are several sheets."""
    filled = [sheet for sheet in sheets if sheet.cells]
    blocks: list[Block] = []
    for sheet in filled:
        if len(filled) > 1 and not _UNNAMED.fullmatch(sheet.name.strip()):
            blocks.append(sheet.name)
        blocks += _regions(sheet.cells)
    return blocks


def _regions(cells: list[GridCell]) -> Iterator[Block]:
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    tables = iter([*_tables(_filled(cells)), (1 << 40, 1 << 40)])
    first, last = next(tables)
    inside: list[GridCell] = []
    for row in sorted(by_row):
        if row > last:
            yield Grid(tuple(inside))
            inside = []
            first, last = next(tables)
        if row >= first:
            inside += by_row[row]
        else:
            for cell in by_row[row]:
                yield from cell.blocks
    if inside:
        yield Grid(tuple(inside))


def _filled(cells: list[GridCell]) -> dict[int, int]:
    """Row → number of cells that cover it, for rows that any cell covers."""
    change: dict[int, int] = {}
    last = max(cell.row for cell in cells)
    for cell in cells:
        after = min(cell.row + cell.row_span, last + 1)  # whole columns may be merged
        change[cell.row] = change.get(cell.row, 0) + 1
        change[after] = change.get(after, 0) - 1
    counts: dict[int, int] = {}
    covering = 0
    for row in range(min(change), last + 1):
        covering += change.get(row, 0)
        if covering:
            counts[row] = covering
    return counts


def _tables(counts: dict[int, int]) -> Iterator[tuple[int, int]]:
    """First and last row of each table: rows of two cells, with few banner rows between them."""
    first = last = -1
    for row in sorted(row for row, count in counts.items() if count > 1):
        between = range(last + 1, row)
        singles = sum(1 for one in between[: _BANNERS + 1] if counts.get(one))
        joined = singles == 0 or (singles == len(between) <= _BANNERS)
        if last < 0 or not joined:
            if last >= 0:
                yield first, last
            first = row
        last = row
    if last >= 0:
        yield first, last
