"""Takes characters, rules and pictures from a page through pdfium."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from typing import Any

from pypdfium2 import PdfPage, raw

from .geometry import Char, Segment, Sheet

LIMIT_RULES = 20_000  # more are a drawing, not a table
_FEW = 20  # characters on a scanned page: a page number or a stamp
_PICTURE = 0.5  # share of the page that a scan covers at least
_THIN = 3.0  # points: a filled bar up to this is a rule
_PLAIN_FORMS = (range(0x2F00, 0x2FE0), range(0xF900, 0xFB00))  # radicals, compatibility forms


def read_page(page: PdfPage) -> Sheet:
    """Everything on a page that matters, turned to the direction of most of its text."""
    found = _chars(page)
    turns = Counter(turn for _, turn in found)
    turn = turns.most_common(1)[0][0] if turns else 0
    width, height = page.get_size()
    sheet = Sheet(width, height)
    sheet.chars = [char for char, own in found if own == turn]
    pictures = 0.0
    for item in page.get_objects(max_depth=4):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            pictures = max(pictures, abs((right - left) * (top - bottom)))
        elif item.type == raw.FPDF_PAGEOBJ_PATH and len(sheet.across) < LIMIT_RULES:
            _add_rules(sheet, item, turn)
    sheet.low = min((char.bottom for char in sheet.chars), default=0.0)
    sheet.high = max((char.top for char in sheet.chars), default=0.0)
    sheet.scanned = len(found) < _FEW and pictures > _PICTURE * width * height
    return sheet


def _chars(page: PdfPage) -> list[tuple[Char, int]]:
    """Visible characters with their direction in quarter turns; slanted ones are watermarks."""
    text = page.get_textpage()
    box = raw.FS_RECTF()
    found: list[tuple[Char, int]] = []
    high = ""
    for index in range(text.count_chars()):
        value = chr(raw.FPDFText_GetUnicode(text.raw, index) & 0x1FFFFF)
        if "\ud800" <= value <= "\udbff":
            high = value
            continue
        value, high = _whole(high, value), ""
        if raw.FPDFText_IsGenerated(text.raw, index) == 1 or value in "\0\r\n":
            continue
        quarters = raw.FPDFText_GetCharAngle(text.raw, index) / (math.pi / 2)
        if abs(quarters - round(quarters)) > 0.05:
            continue
        if not raw.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(box)):
            continue
        turn = round(quarters) % 4
        found.append((_char(value, box, turn), turn))
    text.close()
    return found


def _whole(high: str, value: str) -> str:
    if high:
        value = (high + value).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    if value.isspace():
        return " "
    if len(value) == 1 and any(ord(value) in forms for forms in _PLAIN_FORMS):
        return unicodedata.normalize("NFKC", value)
    return value


def _char(text: str, box: Any, turn: int) -> Char:
    """A character turned upright. Its size comes from the box: fonts of size 1 are scaled later."""
    x0, y0 = _point(box.left, box.bottom, turn)
    x1, y1 = _point(box.right, box.top, turn)
    wide = abs(x1 - x0) if text >= "\u2e80" else abs(y1 - y0) * 0.85
    return Char(text, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), max(1.0, wide))


def _point(x: float, y: float, turn: int) -> tuple[float, float]:
    """A point after undoing a direction; pdfium counts quarter turns clockwise."""
    return ((x, y), (-y, x), (-x, -y), (y, -x))[turn]


def _add_rules(sheet: Sheet, item: Any, turn: int) -> None:
    count = raw.FPDFPath_CountSegments(item.raw)
    if count > LIMIT_RULES:
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        there = matrix.on_point(x.value, y.value)
        place = _point(there[0], there[1], turn)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = place
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            _add_rule(sheet, last, place)
        last = place
        if raw.FPDFPathSegment_GetClose(segment) and start:
            _add_rule(sheet, place, start)


def _add_rule(sheet: Sheet, first: tuple[float, float], last: tuple[float, float]) -> None:
    (x0, y0), (x1, y1) = first, last
    if abs(y1 - y0) < 1 and abs(x1 - x0) > _THIN:
        sheet.across.append(Segment((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
    elif abs(x1 - x0) < 1 and abs(y1 - y0) > _THIN:
        sheet.down.append(Segment((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
