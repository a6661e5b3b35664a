"""Lines that a printed page broke in the middle of a sentence are put together again.

The parser works on the joined text; every offset is translated back at the end, so an item that
runs over a page's line end still has its verbatim text, line break included.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass

from . import spacing
from .headings import mark_at
from .lexicon import labels, noise
from .model import Item, PlanDocumentSet

_LEAST_LINES = 4
_WIDTHS = range(20, 132)  # columns (a Chinese character takes two) or characters of a line
_ENDS = "。;:!?…"
_PLAIN_START = re.compile(r"[\u4e00-\u9fff、,。;:)》”“《(\dA-Za-z≥≤%><~—]")


def cuts_of(text: str, folded: str, tables: Sequence[tuple[int, int]]) -> list[int]:
    """Places that the reading leaves out: line ends of a page's width, and loose blanks."""
    return sorted({*soft_breaks(folded, tables), *spacing.loose(text, folded)})


def soft_breaks(folded: str, tables: Sequence[tuple[int, int]]) -> list[int]:
    """Places of the line ends that only the page's width made; empty for a text that has none.

    Where all lines are indented alike, the indentation of a line that goes on is left out as well.
    """
    lines: list[tuple[int, int]] = []
    place = 0
    for raw in folded.split("\n"):
        lines.append((place, place + len(raw)))
        place += len(raw) + 1
    indent = _indent(folded, lines)
    lines = [(min(start + indent, end), end) for start, end in lines]
    measured = [_measure(folded, lines, width) for width in (_width, len)]
    full, edge, widths = max(measured, key=lambda one: one[0])
    if not full:
        return []
    found: list[int] = []
    for index, (start, end) in enumerate(lines[:-1]):
        if edge - 4 <= widths[index] <= edge + 2 and widths[index + 1]:
            following = lines[index + 1]
            if any(first <= start < last for first, last in tables):
                continue
            if _continues(folded, (start, end), following):
                found.extend(range(end, following[0]))
    return found


def _indent(folded: str, lines: list[tuple[int, int]]) -> int:
    """Blanks before every line of a text that was set in from the margin as a whole."""
    texts = [folded[start : min(end, start + 40)] for start, end in lines]
    depths = [len(text) - len(text.lstrip()) for text in texts if text.strip()]
    return min(depths) if len(depths) > _LEAST_LINES else 0


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(mark) in "WFA" else 1 for mark in line)


def _measure(
    folded: str, lines: list[tuple[int, int]], width: Callable[[str], int]
) -> tuple[int, int, list[int]]:
    """(number of full lines or 0, width at which lines were broken, width of every line)."""
    texts = [folded[start:end].rstrip() if end - start < 140 else "" for start, end in lines]
    widths = [width(text) if text else (999 if end > start else 0)
              for text, (start, end) in zip(texts, lines, strict=True)]  # fmt: skip
    counts = Counter(one for one in widths if one)
    edge, dropped = max(counts, default=0), 0
    while edge and dropped + counts[edge] <= len(lines) // 40:  # a few lines may stand out
        dropped += counts.pop(edge)
        edge = max(counts, default=0)
    if edge not in _WIDTHS:
        return 0, edge, widths
    full = [text for text, one in zip(texts, widths, strict=True) if edge - 4 <= one <= edge]
    open_ended = sum(text[-1] not in _ENDS for text in full)
    broken = len(full) >= _LEAST_LINES and open_ended * 3 >= len(full) * 2
    return (len(full) if broken else 0), edge, widths


def _continues(folded: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    text = folded[slice(*line)].rstrip()
    after = folded[slice(*following)]
    if text[-1] in _ENDS or "\t" in text or after[:1].isspace():
        return False
    start = following[0]
    if mark_at(folded, start, following[1]) or _labelled(folded, *following):
        return False
    return bool(_PLAIN_START.match(after)) and not noise.LEADING.match(after)


_NAMES_NEXT = re.compile(r"\s*(?::|[区市县旗州省各]|\()")


def _labelled(folded: str, start: int, end: int) -> bool:
    """责任单位：… opens a line; 时限，减少… is the end of 压缩审批时限."""
    label = labels.ANY.match(folded, start, end)
    return label is not None and _NAMES_NEXT.match(folded, label.end(), end) is not None


def joined(text: str, cuts: list[int]) -> tuple[str, list[int]]:
    """The text without the characters at the given places, and where each one left stood."""
    gone = set(cuts)
    kept = [place for place in range(len(text)) if place not in gone]
    return "".join(text[place] for place in kept), kept


def translate(result: PlanDocumentSet, kept: list[int], text: str) -> None:
    """Offsets of every item of the result moved back into the source text, in place."""
    result.text = text
    seen: set[int] = set()
    stack: list[object] = [getattr(result, one.name) for one in fields(result)]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif is_dataclass(value) and id(value) not in seen:
            seen.add(id(value))
            if isinstance(value, Item):
                _move(value, kept)
            stack.extend(getattr(value, one.name) for one in fields(value))


def _move(item: Item, kept: list[int]) -> None:
    if not kept:
        return
    empty = item.end <= item.start
    item.start = kept[min(item.start, len(kept) - 1)]
    item.end = item.start if empty else kept[item.end - 1] + 1
