"""Writes workbooks: .xlsx with XlsxWriter, .ods and .xls byte by byte."""

import io
import struct
from collections.abc import Callable

import xlsxwriter

from tests.plan.reading.word_files import zipped

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"


def xlsx(write: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    write(book)
    book.close()
    return buffer.getvalue()


def rows_xlsx(*rows: list, title: str = "Sheet1") -> bytes:
    """One sheet; None leaves a cell out."""

    def write(book):
        sheet = book.add_worksheet(title)
        for index, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(index, column, value)

    return xlsx(write)


def ods(body: str, styles: str = "") -> bytes:
    content = (
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:table="{TABLE}" '
        f'xmlns:text="{TEXT}" xmlns:style="{STYLE}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    )


def xls(
    cells: list[tuple[int, int, str | float]],
    merged: list[tuple[int, int, int, int]] = (),
    formats: list[str] = ("General",),
    styles: dict[tuple[int, int], int] | None = None,
) -> bytes:
    """A BIFF8 workbook ([MS-XLS]) of one sheet; merges as first and last row, then column."""
    name = _text("责任表", "<B")
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, column, value in cells:
        place = struct.pack("<HHH", row, column, (styles or {}).get((row, column), 0))
        if isinstance(value, str):
            sheet += _record(0x204, place + _text(value, "<H"))
        else:
            sheet += _record(0x203, place + struct.pack("<d", value))
    if merged:
        ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
        sheet += _record(0xE5, struct.pack("<H", len(merged)) + ranges)
    sheet += _record(0x0A, b"")
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    for index, code in enumerate(formats):
        head += _record(0x41E, struct.pack("<H", 164 + index) + _text(code, "<H"))
    for index, _ in enumerate(formats):
        head += _record(0xE0, struct.pack("<HH", 0, 164 + index) + bytes(16))
    size = len(head) + 4 + 6 + len(name) + 4
    book = head + _record(0x85, struct.pack("<IBB", size, 0, 0) + name) + _record(0x0A, b"")
    return compound("Workbook", book + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(value: str, count: str) -> bytes:
    return struct.pack(count, len(value)) + b"\x01" + value.encode("utf-16-le")


def compound(name: str, stream: bytes) -> bytes:
    """A compound file ([MS-CFB]) of one stream: allocation table, directory, then the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    root = _entry("Root Entry", 5, child=1, start=0xFFFFFFFE, size=0)
    entry = _entry(name, 2, child=0xFFFFFFFF, start=2, size=len(stream))
    return header + table + (root + entry).ljust(512, b"\0") + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
