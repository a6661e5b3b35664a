"""Which rows of a sheet are the header of a problem list, and what its columns hold."""

from dataclasses import dataclass
from typing import Any

from chuangwen.kit.workbooks import Grid
from chuangwen.rectification.problem_list.columns import Column, columns_of, meant_by
from chuangwen.rectification.problem_list.words import one_line

HEADER_WITHIN = 15
MOST_HEADER_ROWS = 3
MOST_COLUMNS = 200
LONGEST_PLAIN = 10
Table = list[list[Any]]


@dataclass(frozen=True)
class Header:
    """The rows of a header, counted from 0, the title of each column, and what columns hold."""

    first: int
    last: int
    titles: list[str]
    columns: dict[Column, int]


def find_header(table: Table, grid: Grid) -> Header | None:
    """Return the rows that tell most columns of a problem list; None without any that do."""
    found = (_header(number, table, grid) for number in range(min(HEADER_WITHIN, len(table))))
    usable = [header for header in found if header is not None]
    return max(usable, key=lambda header: len(header.columns), default=None)


def _header(number: int, table: Table, grid: Grid) -> Header | None:
    first, last = _extent(number, table, grid)
    titles = _titles(table, first, last)
    columns = columns_of(titles)
    if Column.PROBLEM not in columns:
        return None
    if len(columns) == 1 and not _is_plain(titles, columns[Column.PROBLEM], number, grid):
        return None
    return Header(first, last, titles, columns)


def _is_plain(titles: list[str], place: int, number: int, grid: Grid) -> bool:
    """Tell whether a row of which only 问题 is known is a header: 项目, 问题, 整改建议.

    Not a title over the whole width, no sentence, no line that explains what 问题 is.
    """
    is_wide = any(m.top <= number <= m.bottom and m.right > m.left for m in grid.merged)
    _, is_usual = meant_by(titles[place])
    return is_usual and not is_wide and all(len(title) <= LONGEST_PLAIN for title in titles)


def _extent(number: int, table: list[list[Any]], grid: Grid) -> tuple[int, int]:
    """Return the first and last row of the header to which a row belongs."""
    tall = [m for m in grid.merged if m.top <= number <= m.bottom and m.bottom > m.top]
    near = [m for m in tall if m.bottom - m.top < MOST_HEADER_ROWS]
    first = min((m.top for m in near), default=number)
    last = max((m.bottom for m in near), default=number)
    if first == number and number:
        # 序号 and 点位 stand a line above 问题类型 and 具体问题, in cells that are not merged.
        pairs = zip(table[number - 1], table[number], strict=False)
        if any(meant_by(one_line(above))[1] and not one_line(here) for above, here in pairs):
            first = number - 1
    if last == number and number + 1 < len(table):
        lower = [one_line(value) for value in table[number + 1]]
        filled = [(place, text) for place, text in enumerate(lower) if text]
        known = columns_of(lower)
        # 责任单位 over 牵头 and 配合: titles again, under groups, and not a row of data.
        is_under = filled and all(place in known.values() for place, _ in filled)
        if is_under and Column.PROBLEM not in known and any(map(one_line, table[number])):
            last = number + 1
    return first, min(last, first + MOST_HEADER_ROWS - 1)


def _titles(table: list[list[Any]], first: int, last: int) -> list[str]:
    """Return the title of each column: the lowest one that says what it is, with its group where
    only both together do."""
    width = min(max(len(row) for row in table[first : last + 1]), MOST_COLUMNS)
    titles = []
    for place in range(width):
        parts: list[str] = []
        for row in table[first : last + 1]:
            part = one_line(row[place]) if place < len(row) else ""
            if part and part not in parts:
                parts.append(part)
        titles.append(_told_by(parts))
    return titles


def _told_by(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    for title in (parts[-1], "".join(parts)):
        if columns_of([title]):
            return title
    return "".join(parts[-2:])
