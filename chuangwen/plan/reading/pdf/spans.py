"""Tables that run over a page end: repeated heads, merged cells and rows cut in two."""

from __future__ import annotations

from dataclasses import replace

from ..blocks import Grid, GridCell
from ..frames import plain
from .geometry import join
from .paragraphs import CLOSED, HEADING

Row = dict[int, GridCell]  # column → cell


def append_table(first: Grid, second: Grid) -> Grid:
    """One grid of a table and its continuation on the next page."""
    rows = max(cell.row + cell.row_span for cell in first.cells)
    head = _repeated(first, second)
    above, below = _row(first, rows - 1), _row(second, head)
    tail = _is_tail(above, below)
    led = min((column for column, cell in below.items() if _text(cell)), default=0)
    offset = rows - head - tail
    cells = {(cell.row, cell.column): cell for cell in first.cells}
    for cell in second.cells:
        if cell.row < head:
            continue
        upper = above.get(cell.column) if cell.row == head else None
        if upper and tail:
            text = join(_text(upper), _text(cell))
            span = upper.row_span + cell.row_span - 1
            cells[upper.row, upper.column] = replace(upper, row_span=span, blocks=(text,))
        elif upper and cell.column < led:
            span = upper.row_span + cell.row_span
            cells[upper.row, upper.column] = replace(upper, row_span=span)
        else:
            cells[cell.row + offset, cell.column] = replace(cell, row=cell.row + offset)
    return Grid(tuple(cells.values()))


def _repeated(first: Grid, second: Grid) -> int:
    """Head rows of the first grid that the second begins with again."""
    last = max((cell.row for cell in second.cells), default=0)
    head = 0
    while head < min(4, last) and _texts(_row(first, head)) == _texts(_row(second, head)):
        head += 1
    return head


def _is_tail(above: Row, below: Row) -> bool:
    """Whether a row is the rest of the one above: some cells are spent, another breaks off."""
    spent = any(not _text(below[column]) and _text(above[column]) for column in _both(above, below))
    broken = any(
        _text(below[column]) and _text(above[column])[-1:] not in CLOSED
        for column in _both(above, below)
        if _text(above[column])
    )
    begins = any(HEADING.match(_text(cell)) for cell in below.values())
    return spent and broken and not begins


def _both(above: Row, below: Row) -> set[int]:
    """Columns that are no merged cell going on: such a cell is empty below without being spent."""
    led = min((column for column, cell in below.items() if _text(cell)), default=0)
    return {column for column in above.keys() & below.keys() if column >= led}


def _row(grid: Grid, row: int) -> Row:
    return {cell.column: cell for cell in grid.cells if cell.row <= row < cell.row + cell.row_span}


def _texts(row: Row) -> dict[int, str]:
    return {column: _text(cell) for column, cell in row.items()}


def _text(cell: GridCell) -> str:
    return plain(cell.blocks).strip()
