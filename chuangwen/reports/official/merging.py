"""Which cells of a table are joined downwards, and how high its rows will be."""

import math
from collections.abc import Sequence
from enum import Enum
from itertools import groupby

from chuangwen.reports.official.blocks import Column
from chuangwen.reports.text import clean_text, em_width

CELL_PADDING_MM = 1.0


class Merge(Enum):
    """A cell's part in a vertical merge; the values are those of `w:vMerge`."""

    START = "restart"
    CONTINUE = "continue"


def row_heights(
    columns: Sequence[Column], rows: Sequence[tuple[str, ...]], points: float, line: int
) -> list[int]:
    """Return each row's estimated height in twips, merged cells left out."""
    limits = [(column.width_mm - 2 * CELL_PADDING_MM) / 25.4 * 72 / points for column in columns]
    plain = [place for place, column in enumerate(columns) if not column.merged]
    return [
        line * max((_line_count(row[place], limits[place]) for place in plain), default=1)
        for row in rows
    ]


def _line_count(text: str, limit: float) -> int:
    # A Chinese line cannot use the last half character of its cell.
    usable = max(1.0, math.floor(limit))
    lines = clean_text(text).split("\n")
    return sum(max(1, math.ceil(em_width(line) / usable)) for line in lines)


def merge_parts(
    columns: Sequence[Column],
    rows: Sequence[tuple[str, ...]],
    heights: Sequence[int],
    limit: int,
) -> list[dict[int, Merge]]:
    """Return for each row the parts of its merged columns, by column place.

    A cell joins the one above when it and all merged cells before it are equal. A run higher
    than `limit` twips is dealt out in even pieces, so that each page shows its label.
    """
    places = [place for place, column in enumerate(columns) if column.merged]
    starts = _piece_starts(rows, heights, limit, places[0]) if places else set()
    parts: list[dict[int, Merge]] = []
    for index, row in enumerate(rows):
        joined = index not in starts
        part: dict[int, Merge] = {}
        for place in places:
            joined = joined and row[place] == rows[index - 1][place]
            part[place] = Merge.CONTINUE if joined else Merge.START
        parts.append(part)
    return parts


def _piece_starts(
    rows: Sequence[tuple[str, ...]], heights: Sequence[int], limit: int, place: int
) -> set[int]:
    """Return the indexes of rows at which a piece of a run in column `place` starts."""
    starts: set[int] = set()
    for _, run in groupby(range(len(rows)), key=lambda index: rows[index][place]):
        indexes = list(run)
        total = sum(heights[index] for index in indexes)
        share = total / math.ceil(total / limit)
        filled = math.inf
        for index in indexes:
            if filled + heights[index] / 2 > share:
                starts.add(index)
                filled = 0
            filled += heights[index]
    return starts
