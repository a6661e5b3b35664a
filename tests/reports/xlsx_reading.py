"""Reads a written .xlsx back: values by python-calamine, everything else as bare XML."""

import zipfile
from io import BytesIO

from lxml import etree
from python_calamine import CalamineWorkbook

from chuangwen.reports.sheets import Book, write_xlsx

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(book: Book, **options: int) -> bytes:
    buffer = BytesIO()
    write_xlsx(book, buffer, **options)
    return buffer.getvalue()


def values(content: bytes) -> dict[str, list[list[object]]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def sheet_xml(content: bytes, number: int = 1) -> etree._Element:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
