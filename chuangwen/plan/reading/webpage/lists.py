"""Numbers that a browser puts before the items of a list."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from ..word.numerals import write_number

_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "cjk-ideographic": "chineseCounting",
    "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting",
    "cjk-decimal": "ideographDigital",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]|[①-⑳])"
)


def label(item: LexborNode, count: int) -> str:
    """Label of the item with that count (from 0) in its list; empty outside an ordered list."""
    parent = item.parent
    if parent is None or parent.tag != "ol" or _NUMBERED.match(item.text()[:12]):
        return ""
    style = _STYLE.search(parent.attributes.get("style") or "")
    form = _STYLES.get(style[1].lower(), "decimal") if style else "decimal"
    form = _TYPES.get(parent.attributes.get("type") or "", form)
    try:
        start = int(parent.attributes.get("start") or 1)
    except ValueError:
        start = 1
    written = write_number(start + count, form)
    if not written:
        return ""
    return f"{written}、" if form in ("chineseCounting", "ideographDigital") else f"{written}. "
