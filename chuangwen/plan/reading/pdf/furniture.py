"""Page numbers and running heads: printed on every page, written by nobody."""

from __future__ import annotations

import re
from collections import Counter

from .geometry import Line, Sheet

_EDGE = 0.13  # share of the page height, above and below, where furniture stands
_DASH = "—–―─－\\-•·．"
_NUMBER = re.compile(
    rf"[{_DASH}\s]*\d{{1,4}}[{_DASH}\s]*|第\s*\d{{1,4}}\s*页.{{0,12}}|\d{{1,4}}\s*/\s*\d{{1,4}}|"
    r"Page\s*\d{1,4}.{0,12}",
    re.IGNORECASE,
)


def drop_furniture(pages: list[tuple[Sheet, list[Line]]]) -> list[list[Line]]:
    """Lines of each page without page numbers and without lines that pages repeat at their edge.

    A repeated line is one that stands at the edge of at least three pages, or of both of two, at
    the same height, digits aside. A number alone in the body text stays.
    """
    edges = [[line for line in lines if _at_edge(sheet, line)] for sheet, lines in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    enough = 2 if len(pages) == 2 else max(3, len(pages) // 4)
    kept: list[list[Line]] = []
    for (_, lines), edge in zip(pages, edges, strict=True):
        gone = {id(line) for line in edge if _NUMBER.fullmatch(line.text.strip())}
        gone |= {id(line) for line in edge if seen[_key(line)] >= enough}
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def _at_edge(sheet: Sheet, line: Line) -> bool:
    """Measured between the outermost characters of the page: media boxes may be far larger."""
    margin = (sheet.high - sheet.low) * _EDGE
    return line.middle < sheet.low + margin or line.middle > sheet.high - margin


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", "".join(line.text.split())), round(line.middle / 12)
