"""Tables that were pasted as text: cells parted by tabs, by | or by blanks, or one on each line."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from .grids import CellRange, Grid, head_role, roles_of
from .lines import Line
from .marks import squeeze, trim

_GAP = re.compile(r" {2,}")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_HEADS = range(3, 13)
_HEAD_LENGTH = 10
_CELL = 400  # characters; a line that is longer is running text


def grids_from_lines(folded: str, lines: list[Line]) -> list[Grid]:
    """Grids of the tables among the lines; each is headed by known columns."""
    grids: list[Grid] = []
    group: list[Line] = []
    joint = ""
    for line in [*lines, None]:
        own = _joint(folded, line) if line is not None and line.kind == "text" else ""
        if group and own != joint:
            grids += _headed(folded, group, joint)
            group = []
        if line is not None and own:
            group.append(line)
        joint = own
    return sorted([*grids, *_cells_on_lines(folded, lines, grids)], key=lambda grid: grid.start)


def cells_on_lines(folded: str) -> list[tuple[int, int]]:
    """Ranges of such tables in a text whose lines were not yet read: none of them was wrapped."""
    lines, place = [], 0
    for raw in folded.split("\n"):
        start, end = trim(folded, place, place + len(raw))
        if start < end:
            lines.append(Line(start, end, "text"))
        place += len(raw) + 1
    return [(grid.start, grid.end) for grid in _cells_on_lines(folded, lines, [])]


def _joint(folded: str, line: Line) -> str:
    """What parts the cells of a line: a tab, | as in Markdown, or blanks; nothing in plain text."""
    for mark in "\t|":
        if folded.count(mark, line.start, line.end) >= 2:
            return mark
    wide = line.end - line.start < _CELL and len(_GAP.findall(folded, line.start, line.end)) >= 2
    return " " if wide else ""


def _headed(folded: str, group: list[Line], joint: str) -> list[Grid]:
    if len(group) < 2:
        return []
    if joint == " ":
        return _by_blanks(folded, group)
    grid = _grid_of(folded, group, joint)
    headed = any(roles_of(folded, grid, row) for row in range(min(3, grid.rows)))
    return [grid] if headed else []


def _grid_of(folded: str, group: list[Line], joint: str) -> Grid:
    cells = []
    for row, line in enumerate(group):
        place = line.start
        for column, raw in enumerate(folded[line.start : line.end].split(joint)):
            start, end = trim(folded, place, place + len(raw))
            if start < end and folded[start:end].strip("-: "):
                cells.append(CellRange(row, column, 1, 1, start, end))
            place += len(raw) + 1
    return Grid(cells, group[0].start, group[-1].end)


def _by_blanks(folded: str, group: list[Line]) -> list[Grid]:
    """Columns set apart by blanks; a row that lacks a cell is read by where its cells begin."""
    rows = [_pieces(folded, line) for line in group]
    for first, head in enumerate(rows):
        heads = [squeeze(folded[start:end]) for start, end in head]
        if any(":" in text or not head_role(text) for text in heads):
            continue
        edges = [_column(folded, start) for start, _ in head]
        cells = [CellRange(0, at, 1, 1, *span) for at, span in enumerate(head)]
        for row, pieces in enumerate(rows[first + 1 :], 1):
            for at, (start, end) in enumerate(pieces):
                nearest = (
                    at if len(pieces) == len(head) else _nearest(edges, _column(folded, start))
                )
                cells.append(CellRange(row, nearest, 1, 1, start, end))
        grid = Grid(cells, group[first].start, group[-1].end)
        return [grid] if roles_of(folded, grid, 0) and grid.rows > 1 else []
    return []


def _pieces(folded: str, line: Line) -> list[tuple[int, int]]:
    bounds, place = [], line.start
    for gap in _GAP.finditer(folded, line.start, line.end):
        bounds.append((place, gap.start()))
        place = gap.end()
    return [one for one in [*bounds, (place, line.end)] if one[0] < one[1]]


def _column(folded: str, place: int) -> int:
    """Where a character stands on its line, counted as a typewriter does."""
    near = max(0, place - _CELL)
    before = folded[max(near, folded.rfind("\n", near, place) + 1) : place]
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in before)


def _nearest(edges: list[int], column: int) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - column))


def _cells_on_lines(folded: str, lines: list[Line], known: list[Grid]) -> list[Grid]:
    """A table copied so that each cell became a line: 序号, 任务, 牵头单位, then 1, …, 2, …"""
    grids: list[Grid] = []
    starts = [grid.start for grid in known]
    index = 0
    while index < len(lines):
        size = _head_size(folded, lines, index)
        taken = bisect_right(starts, lines[index].start) - 1
        inside = taken >= 0 and lines[index].start < known[taken].end
        grid = _listed(folded, lines, index, size) if size and not inside else None
        if grid is None:
            index += 1
            continue
        grids.append(grid)
        while index < len(lines) and lines[index].start < grid.end:
            index += 1
    return grids


def _head_size(folded: str, lines: list[Line], index: int) -> int:
    """How many lines from here are heads of columns, when the first is 序号; else 0."""
    size = 0
    for line in lines[index : index + _HEADS.stop]:
        text = squeeze(folded[line.start : line.end])
        role = head_role(text) if len(text) <= _HEAD_LENGTH and line.kind == "text" else None
        if role is None or (size == 0 and role != "number"):
            break
        size += 1
    return size if size in _HEADS else 0


def _listed(folded: str, lines: list[Line], index: int, size: int) -> Grid | None:
    head = [
        CellRange(0, at, 1, 1, one.start, one.end) for at, one in enumerate(lines[index:][:size])
    ]
    grid = Grid(head, lines[index].start, lines[index + size - 1].end)
    roles = roles_of(folded, grid, 0)
    long = next((at for at, role in sorted(roles.items()) if role == "content"), size - 1)
    cells, place, row = [*head], index + size, 1
    while place < len(lines) and _is_number(folded, lines[place], row):
        stop = next(
            (at for at in range(place + 1, min(len(lines), place + 4 * size))
             if _is_number(folded, lines[at], row + 1)),
            place + size,
        )  # fmt: skip
        own = [(one.start, one.end) for one in lines[place:stop]]
        if extra := max(0, len(own) - size):  # a cell of several lines: the one of the work
            own[long : long + extra + 1] = [(own[long][0], own[long + extra][1])]
        cells += [CellRange(row, at, 1, 1, *span) for at, span in enumerate(own)]
        place, row = stop, row + 1
    whole = row > 1 and bool(roles)
    return Grid(cells, grid.start, cells[-1].end) if whole else None


def _is_number(folded: str, line: Line, number: int) -> bool:
    text = folded[line.start : line.end]
    return _NUMBER.fullmatch(text) is not None and int(text.rstrip(".、")) == number
