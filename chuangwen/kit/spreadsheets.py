"""Cells of an .xlsx that hold an error (#N/A, #REF! …) and how cells are named.

calamine reads such a cell as an empty one, so that a formula gone wrong would look like nothing
filled in. The markup tells them apart: `<c r="E12" t="e"><v>#N/A</v></c>`.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer
from chuangwen.kit.errors import Problems

REMEDY = "请在表格软件里改正公式，或换成实际内容；不需要就清空，再导入。"
REASONS = {
    "#N/A": "查找公式没有找到",
    "#REF!": "引用的单元格已被删除",
    "#VALUE!": "公式用了不能计算的内容",
    "#DIV/0!": "除数是 0 或空",
    "#NAME?": "公式里有不认识的名称",
    "#NUM!": "算不出这个数",
    "#NULL!": "公式引用的区域不相交",
}
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_IDENTIFIER = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_IDENTIFIER = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class CellError:
    """A cell that holds an error; its text is what the spreadsheet shows."""

    sheet: str
    cell: str
    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def place(self) -> str:
        """Where a clerk finds it: 工作表“点位名录”单元格 E12."""
        return f"工作表“{self.sheet}”单元格 {self.cell}"

    @property
    def what(self) -> str:
        """What is wrong, in a sentence."""
        reason = REASONS.get(self.code)
        return f"是错误值“{self.code[:20]}”" + (f"（{reason}）。" if reason else "。")


Errors = Mapping[tuple[int, int], CellError]  # of a sheet, by row and column from 0


def with_errors(table: list[list[Any]], errors: Errors) -> list[list[Any]]:
    """Put the errors of a sheet into the cells that calamine has read as empty."""
    for (row, column), error in errors.items():
        if row < len(table) and column < len(table[row]):
            table[row][column] = error
    return table


def noted(
    line: Sequence[Any], keys: Sequence[str], problems: Problems
) -> Iterator[tuple[str, Any]]:
    """Yield the cells of a row by the keys of their columns; an error is noted and reads as empty,
    unless its column has no key and is not used."""
    for key, cell in zip(keys, line, strict=False):
        if key and isinstance(cell, CellError):
            problems.add(cell.place, cell.what, REMEDY)
        yield key, "" if isinstance(cell, CellError) else cell


def cell_errors(content: bytes, limits: Limits) -> dict[str, Errors]:
    """Return the errors of every sheet by its name.

    Only sheets that have one are parsed. Raises UnsafeArchive.
    """
    container = ZipContainer(content, limits)
    found: dict[str, Errors] = {}
    for name, data in sheet_markup(container):
        if _ERROR.search(data):
            found[name] = {
                (row, column): CellError(name, cell_name(row, column), code)
                for row, column, code in _errors(data)
            }
    return found


def sheet_markup(container: ZipContainer) -> Iterator[tuple[str, bytes]]:
    """Go through the sheets of a workbook: each name with its markup. Raises UnsafeArchive."""
    entries = {entry.filename: entry for entry in container.entries}
    if WORKBOOK not in entries or RELATIONS not in entries:
        return
    targets = {
        element.get("Id"): posixpath.normpath(posixpath.join("/xl", element.get("Target", "")))
        for element in _all(container.read(entries[RELATIONS]), "Relationship")
    }
    for sheet in _all(container.read(entries[WORKBOOK]), "sheet"):
        identifier = sheet.get(_IDENTIFIER) or sheet.get(_STRICT_IDENTIFIER)
        entry = entries.get(targets.get(identifier, "").lstrip("/"))
        if entry is not None:
            yield sheet.get("name", ""), container.read(entry)


def cell_place(reference: str | None, row: int, column: int) -> tuple[int, int]:
    """Return row and column from 0 of a reference such as C12; the given ones without one."""
    match = _REFERENCE.fullmatch(reference or "")
    return (int(match[2]) - 1, column_number(match[1]) - 1) if match else (row, column)


def column_number(letters: str) -> int:
    """Return the number of a column from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Return how a spreadsheet names a cell, given from 0: (11, 2) is C12."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - its package is large

    return str(xl_rowcol_to_cell(row, column))


def _errors(data: bytes) -> Iterator[tuple[int, int, str]]:
    row = column = -1
    for event, element in _events(data, "row", "c"):
        is_row = element.tag.endswith("}row")
        if is_row and event == "start":
            number = element.get("r", "")
            row, column = int(number) - 1 if number.isdigit() else row + 1, -1
        elif is_row:
            element.clear()
        elif event == "end":
            row, column = cell_place(element.get("r"), row, column + 1)
            if element.get("t") == "e":
                yield row, column, "".join(element.itertext("{*}v")).strip()


def _all(data: bytes, tag: str) -> Iterator[Any]:
    return (element for event, element in _events(data, tag) if event == "end")


def _events(data: bytes, *tags: str) -> Iterator[tuple[str, Any]]:
    """Go through the elements of these local names, with no door open to entities or the net."""
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise UnsafeArchive(Fault.DAMAGED)
    try:
        yield from etree.iterparse(
            BytesIO(data), events=("start", "end"), tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        )  # fmt: skip
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnsafeArchive(Fault.DAMAGED) from error
