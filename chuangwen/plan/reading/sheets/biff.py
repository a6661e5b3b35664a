"""Number formats of the cells of an .xls ([MS-XLS]); calamine does not report them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .compound import read_stream
from .scan import Scan
from .values import BUILT_IN

_FORMULA, _EOF, _SHEET, _MANY, _XF = 0x06, 0x0A, 0x85, 0xBD, 0xE0
_NUMBER, _RK, _FORMAT, _BEGIN = 0x203, 0x27E, 0x41E, 0x809


def scan_xls(data: bytes) -> dict[str, Scan]:
    """Scan of each sheet by its name; whatever is broken or older than Excel 97 is left out."""
    book = read_stream(data, "Workbook")
    codes: list[str] = []
    own: dict[int, str] = dict(BUILT_IN)
    sheets: list[tuple[str, int]] = []
    try:
        for kind, body in _records(book, 0):
            if kind == _FORMAT:
                own[struct.unpack_from("<H", body)[0]] = _text(body, 2, "<H")
            elif kind == _XF:
                codes.append(own.get(struct.unpack_from("<H", body, 2)[0], ""))
            elif kind == _SHEET:
                sheets.append((_text(body, 6, "<B"), struct.unpack_from("<I", body)[0]))
        return {name: Scan(dict(_cells(book, start, codes))) for name, start in sheets}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _records(book: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Records of a substream up to its end; charts inside it are substreams of their own."""
    depth = 0
    while place + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, place)
        body = book[place + 4 : place + 4 + length]
        place += 4 + length
        depth += (kind == _BEGIN) - (kind == _EOF)
        if depth < 1:
            return
        if depth == 1:
            yield kind, body


def _cells(book: bytes, start: int, codes: list[str]) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, body in _records(book, start):
        if kind in (_NUMBER, _RK, _FORMULA):
            row, column, style = struct.unpack_from("<HHH", body)
            styles = [style]
        elif kind == _MANY:
            row, column = struct.unpack_from("<HH", body)
            styles = [struct.unpack_from("<H", body, at)[0] for at in range(4, len(body) - 2, 6)]
        else:
            continue
        for offset, style in enumerate(styles):
            if code := codes[style]:
                yield (row, column + offset), code


def _text(body: bytes, at: int, count: str) -> str:
    """A string with its length before it and a flag that tells one from two bytes a character."""
    length = struct.unpack_from(count, body, at)[0]
    at += struct.calcsize(count)
    wide = body[at] & 1
    raw = body[at + 1 : at + 1 + length * (1 + wide)]
    return raw.decode("utf-16-le" if wide else "latin-1")
