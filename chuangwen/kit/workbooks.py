"""All sheets of an .xlsx file that somebody sent, each as the cells that the eye sees.

Offices' files have styled cells far out and pictures beside the rows; what counts is where there is
content, for the reader lays a sheet out as a full grid: one filled cell in the last row and column
of a spreadsheet would make it ask for gigabytes.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import python_calamine

from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer
from chuangwen.kit.errors import Invalid
from chuangwen.kit.spreadsheets import (
    cell_errors,
    cell_name,
    cell_place,
    sheet_markup,
    with_errors,
)

MOST_PARTS = 20_000  # pictures are parts
MOST_CELLS = 5_000_000  # of all sheets together: they are held at the same time
OLD_BINARY = bytes.fromhex("D0CF11E0A1B11AE1")
UNREADABLE = "这不是能读的 .xlsx 文件，或已损坏。请用 Excel 或 WPS 另存为“.xlsx”后再导入。"
OLD = "这是旧版 .xls 或加了密码的文件。请用 Excel 或 WPS 去掉密码、另存为“.xlsx”后再导入。"
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?>")
_ROW = re.compile(rb"<(?:\w+:)?row(\s[^>]*)>")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3}\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")


@dataclass(frozen=True)
class Merge:
    """A merged cell by its corners, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of cells from A1 on; a cell that holds an error is a `CellError`."""

    name: str
    rows: list[list[Any]]
    merged: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """The sheets of a file, and how many pictures it holds."""

    grids: list[Grid] = field(default_factory=list)
    pictures: int = 0


def read_workbook(data: bytes, *, most_unpacked: int) -> Workbook:
    """Return all sheets of an .xlsx file.

    Raises Invalid for what is no such file, broken, encrypted, or made to fill the memory.
    """
    if data.startswith(OLD_BINARY):
        raise Invalid(OLD, field="file")
    limits = Limits(parts=MOST_PARTS, total=most_unpacked, part=most_unpacked)
    try:
        container = ZipContainer(data, limits)
        for _part, _chunks in container.unpack_all():
            pass  # counts what comes out
        hidden = _checked(container)
        errors = cell_errors(data, limits)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = [_grid(book, meta, errors, hidden) for meta in _worksheets(book)]
    except UnsafeArchive as error:
        if error.fault in {Fault.TOO_LARGE, Fault.TOO_MANY}:
            most = most_unpacked // 2**20
            raise Invalid(
                f"文件展开后超过 {most} MB，没有读取。请去掉用不到的工作表，或分成几个文件。",
                field="file",
            ) from error
        raise Invalid(UNREADABLE, field="file") from error
    except (python_calamine.CalamineError, IndexError, OSError, ValueError) as error:
        raise Invalid(UNREADABLE, field="file") from error
    media = (entry.filename for entry in container.entries)
    return Workbook(grids, sum(name.startswith("xl/media/") for name in media))


def filled_down(grid: Grid) -> tuple[list[list[Any]], set[tuple[int, int]]]:
    """Return the rows with the value of a merged cell in each of its cells, and which those are.

    Raises Invalid for merges that cover each other endlessly.
    """
    rows, copies, left = [list(row) for row in grid.rows], set(), MOST_CELLS
    for merge in grid.merged:
        if merge.top >= len(rows) or merge.left >= len(rows[merge.top]):
            continue
        value = grid.rows[merge.top][merge.left]
        for number in range(merge.top, min(merge.bottom + 1, len(rows))):
            last = min(merge.right + 1, len(rows[number]))
            left -= last - merge.left
            if left < 0:
                raise Invalid(UNREADABLE, field="file")
            for column in range(merge.left, last):
                if (number, column) != (merge.top, merge.left):
                    rows[number][column] = value
                    copies.add((number, column))
    return rows, copies


def _worksheets(book: python_calamine.CalamineWorkbook) -> Iterator[python_calamine.SheetMetadata]:
    wanted = python_calamine.SheetTypeEnum.WorkSheet
    return (meta for meta in book.sheets_metadata if meta.typ == wanted)


def _grid(
    book: python_calamine.CalamineWorkbook,
    meta: python_calamine.SheetMetadata,
    errors: Mapping[str, Any],
    hidden: Mapping[str, frozenset[int]],
) -> Grid:
    sheet = book.get_sheet_by_name(meta.name)
    rows = with_errors(sheet.to_python(skip_empty_area=False), errors.get(meta.name, {}))
    merged = tuple(Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
    is_hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
    return Grid(meta.name, rows, merged, hidden.get(meta.name, frozenset()), is_hidden)


def _checked(container: ZipContainer) -> dict[str, frozenset[int]]:
    """Return the hidden rows of each sheet. Raises Invalid where there is content too far out."""
    hidden, left = {}, MOST_CELLS
    for name, markup in sheet_markup(container):
        if b"\0" in markup:
            raise UnsafeArchive(Fault.DAMAGED)
        left -= _laid_out(name, markup, left)
        hidden[name] = frozenset(_hidden_rows(markup)) if b"hidden" in markup else frozenset()
    return hidden


def _laid_out(name: str, markup: bytes, left: int) -> int:
    """Return how many cells a sheet comes to. Raises Invalid for more than are `left`."""
    height = width = 0
    is_bare = False
    for match in _CELL.finditer(markup):
        attributes = match[1] or b""
        if attributes.endswith(b"/"):
            continue  # styled and empty
        reference = _REFERENCE.search(attributes)
        if reference is None:
            is_bare = True
            continue
        row, column = cell_place(reference[1].decode().upper(), 0, 0)
        height, width = max(height, row + 1), max(width, column + 1)
    if is_bare:  # the cells follow each other from where their row says
        height = max(height, *(row + 1 for row, _ in _rows_of(markup)), 1)
    cells = height * max(width, 1)
    if cells > left:
        raise Invalid(
            f"工作表“{name}”在单元格 {cell_name(height - 1, max(width - 1, 0))} 附近还有内容，"
            f"{'范围太大' if cells > MOST_CELLS else '与前面的工作表合起来范围太大'}，没有读取。"
            "请删除表格右边和下面多余的行和列后再导入，或分成几个文件。",
            field="file",
        )
    return cells


def _hidden_rows(markup: bytes) -> Iterator[int]:
    return (row for row, attributes in _rows_of(markup) if _HIDDEN.search(attributes))


def _rows_of(markup: bytes) -> Iterator[tuple[int, bytes]]:
    row = -1
    for match in _ROW.finditer(markup):
        reference = _REFERENCE.search(match[1])
        row = int(reference[1]) - 1 if reference and reference[1].isdigit() else row + 1
        yield row, match[1]
