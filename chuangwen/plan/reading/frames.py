"""Tables that only place text on a page: a frame, not a table of duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .blocks import Block, Grid, GridCell

_MAIN_SHARE = 0.9  # one cell with this share of all text is the page itself
_MAIN_LENGTH = 1_500
_MAIN_PARAGRAPHS = 4


def is_frame(grid: Grid) -> bool:
    """Whether the cells should be read one after the other instead of as rows.

    True when no row has two filled cells, when one cell is the body of the page, or when most of
    the text stands in tables inside the cells.
    """
    filled = [(cell, plain(cell.blocks)) for cell in grid.cells]
    filled = [(cell, text) for cell, text in filled if text.strip()]
    if not _has_row_of_two([cell for cell, _ in filled]):
        return True
    total = sum(len(text) for _, text in filled)
    cell, longest = max(filled, key=lambda pair: len(pair[1]))
    if len(longest) > max(_MAIN_LENGTH, _MAIN_SHARE * total):
        paragraphs = sum(1 for text in paragraphs_of(cell.blocks) if text.strip())
        if paragraphs >= _MAIN_PARAGRAPHS:
            return True
    nested = sum(
        len(plain(inner.blocks))
        for cell, _ in filled
        for block in cell.blocks
        if isinstance(block, Grid)
        for inner in block.cells
    )
    return nested > total / 2


def _has_row_of_two(cells: list[GridCell]) -> bool:
    """Whether some row is covered by two cells; sweeps the rows from the top."""
    reach = 0
    for cell in sorted(cells, key=lambda cell: cell.row):
        if cell.row < reach:
            return True
        reach = cell.row + cell.row_span
    return False


def plain(blocks: Iterable[Block]) -> str:
    """All text of the blocks, paragraphs separated by line feeds."""
    return "\n".join(paragraphs_of(blocks))


def paragraphs_of(blocks: Iterable[Block]) -> Iterator[str]:
    """The paragraphs of the blocks and of the tables inside them."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
                yield from paragraphs_of(cell.blocks)
