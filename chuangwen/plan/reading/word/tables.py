"""Word tables as grids: w:gridSpan across, w:vMerge down, deleted rows left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..blocks import Block, Grid, GridCell
from ..markup import Element, attribute, child, local, number

_WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")


@dataclass(slots=True)
class _Open:
    """A cell that may still grow downwards."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]


def read_table(table: Element, read_blocks: Callable[[Element], tuple[Block, ...]]) -> Grid:
    """Grid of a w:tbl; `read_blocks` reads the content of a cell."""
    cells: list[_Open] = []
    above: dict[int, _Open] = {}
    rows = (row for row in _inside(table, "tr") if child(row, "trPr", "del") is None)
    for index, row in enumerate(rows):
        column = number(attribute(child(row, "trPr", "gridBefore"), "val"))
        current: dict[int, _Open] = {}
        for cell in _inside(row, "tc"):
            properties = child(cell, "tcPr")
            span = max(1, number(attribute(child(properties, "gridSpan"), "val"), 1, 1000))
            if _continues(properties, "hMerge") and current:
                last = list(current.values())[-1]
                last.column_span += span if last.row == index else 0
            elif _continues(properties, "vMerge") and column in above:
                current[column] = above[column]
                current[column].row_span += 1
            else:
                current[column] = _Open(index, column, 1, span, read_blocks(cell))
                cells.append(current[column])
            column += span
        above = current
    return Grid(
        tuple(GridCell(c.row, c.column, c.row_span, c.column_span, c.blocks) for c in cells)
    )


def _inside(element: Element, name: str) -> Iterator[Element]:
    for inner in element:
        if local(inner) == name:
            yield inner
        elif local(inner) in _WRAPPERS:
            yield from _inside(inner, name)


def _continues(properties: Element | None, name: str) -> bool:
    merge = child(properties, name)
    return merge is not None and attribute(merge, "val") in (None, "continue")
