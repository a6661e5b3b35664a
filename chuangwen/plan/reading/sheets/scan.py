"""Looks through the markup of an .xlsx before calamine builds its dense grid.

A single cell in the last row and column would make it allocate gigabytes; and calamine does not
report number formats, without which 95% reads as 0.95.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from lxml import etree

from chuangwen.kit.spreadsheets import cell_place

from ..archive import Archive
from ..markup import attribute, child, local, number, read_xml, refuse_document_type
from ..relations import targets
from .regions import LIMIT_AREA, LIMIT_CELLS, too_large
from .values import BUILT_IN


@dataclass(slots=True)
class Scan:
    """Formats of the cells of a sheet by (row, column) from 0, where they matter; and the errors
    (#N/A …) in them, which calamine reads as empty."""

    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def scan_sheets(archive: Archive) -> dict[str, Scan]:
    """Scan of each sheet by its name. Raises UnreadableDocument for a sheet beyond the limits."""
    main = targets(archive, "").get("officeDocument", "xl/workbook.xml")
    related = targets(archive, main)
    codes = _formats(archive, related.get("styles", ""))
    workbook = read_xml(archive, main)
    found: dict[str, Scan] = {}
    sheets = child(workbook, "sheets")
    for sheet in sheets if sheets is not None else ():
        name = attribute(sheet, "name") or ""
        part = related.get(f"#{_identifier(sheet)}", "")
        if part in archive:
            found[name] = _scan(archive, part, name, codes)
    return found


def _identifier(sheet: object) -> str:
    """r:id; the sheet also has a sheetId, and r:id is the one in a namespace."""
    for key, value in sheet.attrib.items():  # type: ignore[attr-defined]
        if key.endswith("}id"):
            return str(value)
    return ""


def _formats(archive: Archive, part: str) -> list[str]:
    """Format code of every cell style."""
    root = read_xml(archive, part)
    own = dict(BUILT_IN)
    formats, styles = child(root, "numFmts"), child(root, "cellXfs")
    for one in formats if formats is not None else ():
        own[number(attribute(one, "numFmtId"), -1)] = attribute(one, "formatCode") or ""
    ids = [number(attribute(one, "numFmtId")) for one in (styles if styles is not None else ())]
    return [own.get(one, "") for one in ids]


def _scan(archive: Archive, part: str, name: str, codes: list[str]) -> Scan:
    data = archive.read(part)
    refuse_document_type(archive, data)
    scan, cells = Scan(), 0
    low, high = [1 << 30, 1 << 30], [-1, -1]
    row = column = -1
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        for event, element in events:
            kind = local(element)
            if kind == "row":
                if event == "start":
                    row, column = number(attribute(element, "r"), row + 2, 1 << 21) - 1, -1
                else:
                    element.clear()
            elif kind == "c" and event == "end":
                row, column = cell_place(attribute(element, "r"), row, column + 1)
                if child(element, "v") is None and child(element, "is") is None:
                    continue
                cells += 1
                low = [min(low[0], row), min(low[1], column)]
                high = [max(high[0], row), max(high[1], column)]
                if attribute(element, "t") == "e":
                    scan.errors[row, column] = "".join(element.itertext("{*}v")).strip()
                if code := _code(attribute(element, "s"), codes):
                    scan.formats[row, column] = code
                _check(archive.name, name, cells, low, high)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise archive.damaged() from error
    return scan


def _code(style: str | None, codes: list[str]) -> str:
    index = number(style, -1)
    return codes[index] if 0 <= index < len(codes) else ""


def _check(name: str, sheet: str, cells: int, low: list[int], high: list[int]) -> None:
    area = (high[0] - low[0] + 1) * (high[1] - low[1] + 1)
    if cells > LIMIT_CELLS or area > LIMIT_AREA:
        raise too_large(name, sheet)
