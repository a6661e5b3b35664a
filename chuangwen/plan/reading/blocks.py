"""What a format's reader hands over before layout: paragraphs and grids in reading order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell where it begins; `row` and `column` count from 0, spans are at least 1."""

    row: int
    column: int
    row_span: int
    column_span: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as written in the file; cells may themselves hold grids."""

    cells: tuple[GridCell, ...]


# A string is one paragraph; a line feed inside it is a soft break.
Block = str | Grid
