"""Cells as text, and a long problem as a title."""

import datetime
import re
import unicodedata
from functools import lru_cache
from typing import Any

from chuangwen.kit.spreadsheets import CellError

LONGEST_TITLE = 200
PICTURE = re.compile(r"^=?\s*_?(xlfn\.)?DISPIMG\(", re.IGNORECASE)  # WPS: a picture in a cell
NOTHING = frozenset({"", "/", "\\", "-", "—", "——", "--", "无", "／"})
_ENDS = re.compile(r"[。；！？;!?]")
_PAUSES = re.compile(r"[，,、：: ]")


def lines(value: Any) -> str:
    """Return a cell as text, line by line, without what no database or page can hold."""
    if value is None or isinstance(value, CellError):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return _cleaned(str(value))


@lru_cache(maxsize=16_384)  # a cell is asked for again and again, and rows say the same
def _cleaned(text: str) -> str:
    if text.isprintable() and "  " not in text and not PICTURE.match(text):
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if PICTURE.match(text):
        return ""
    kept = "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign)[0] != "C")
    found = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(line for line in found if line)


def one_line(value: Any) -> str:
    """Return a cell as one line of text."""
    return " ".join(lines(value).split("\n"))


def title_of(problem: str) -> str:
    """Return a problem as a title: one line, cut at the end of a sentence when it is too long."""
    line = " ".join(problem.split("\n"))
    if len(line) <= LONGEST_TITLE:
        return line
    head = line[: LONGEST_TITLE - 1]
    for ends in (_ENDS, _PAUSES):
        places = [match.start() for match in ends.finditer(head)]
        if places and places[-1] >= LONGEST_TITLE // 4:
            return head[: places[-1]] + "……"[: LONGEST_TITLE - places[-1]]
    return head + "…"
