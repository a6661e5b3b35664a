"""Logical lines: what belongs to the document, what is page furniture, what is a table row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from . import breaks
from .lexicon import noise
from .marks import trim

Kind = Literal["text", "noise", "table"]
_BULLETS = " \t\n◆◇●■□▶►▷★☆•▪·➤✓√"  # before a line that was copied from a message
_LONG = 160  # a printed paragraph may be longer; a line is cut only where headings run on


@dataclass(frozen=True, slots=True)
class Line:
    """A trimmed, non-empty line; `dense` when it was cut out of a longer physical line."""

    start: int
    end: int
    kind: Kind
    dense: bool = False
    blank_before: int = 0


def read_lines(folded: str, tables: Sequence[tuple[int, int]]) -> list[Line]:
    """All logical lines in order; ranges of tables are given as (start, end)."""
    starts = [start for start, _ in tables]
    found: list[Line] = []
    place, blanks = 0, 0
    for raw in folded.split("\n"):
        start, end = trim(folded, place, place + len(raw))
        start, end = trim(folded, start, end, _BULLETS) if raw[:40].strip() else (start, end)
        place += len(raw) + 1
        if start >= end:
            blanks += 1
            continue
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < tables[index][1]:
            found.append(Line(start, end, "table", blank_before=blanks))
        elif end - start > _LONG and (cuts := breaks.find_breaks(folded, start, end)):
            found.extend(_cut(folded, start, end, cuts))
        else:
            found.append(Line(start, end, _kind(folded, start, end), blank_before=blanks))
        blanks = 0
    return _mark_footer(folded, found)


def _cut(folded: str, start: int, end: int, cuts: list[int]) -> list[Line]:
    pieces = []
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        first, last = trim(folded, first, last)  # noqa: PLW2901 - the trimmed range is the piece
        if first < last:
            pieces.append(Line(first, last, _kind(folded, first, last), dense=True))
    return pieces


def _kind(folded: str, start: int, end: int) -> Kind:
    line = folded[start : min(end, start + 400)]
    if noise.PAGE_NUMBER.fullmatch(line):
        return "noise"
    if noise.LEADING.match(line) and "。" not in line:
        return "noise"
    if noise.COPIES.match(line) or (len(line) < 80 and noise.FOOTER.search(line)):
        return "noise"
    return "text"


def _mark_footer(folded: str, lines: list[Line]) -> list[Line]:
    """Lines after the first closing mark of a web page are noise when no sentence follows."""
    first = next(
        (
            index
            for index in range(len(lines) - 1, max(-1, len(lines) - 40), -1)
            if lines[index].kind != "noise"
            and "。" in folded[lines[index].start : lines[index].end]
        ),
        None,
    )
    if first is None:
        return lines
    tail, seen = [], False
    for line in lines[first + 1 :]:
        seen = seen or (
            line.kind == "noise" and bool(noise.FOOTER.search(folded, line.start, line.end))
        )
        tail.append(
            Line(line.start, line.end, "noise" if seen and line.kind == "text" else line.kind)
        )
    return lines[: first + 1] + [
        new if new.kind == "noise" else old
        for old, new in zip(lines[first + 1 :], tail, strict=True)
    ]
