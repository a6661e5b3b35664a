"""Sentences and clauses: text between marks, never inside quotation of a title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .marks import trim

_CLAUSE = re.compile(r"(?:[^,。;!?\n:]|(?<=\d),(?=\d{3}(?!\d)))+")  # not inside 1,200


def split_at(folded: str, start: int, end: int, marks: str) -> Iterator[tuple[int, int]]:
    """Trimmed, non-empty ranges between the given marks; marks inside 《》 and () do not count."""
    depth, piece = 0, start
    for place in range(start, end):
        mark = folded[place]
        if mark in "(《":
            depth += 1
        elif mark in ")》":
            depth = max(0, depth - 1)
        elif mark == "\n" or (mark in "。" and depth):
            depth = 0  # an unclosed bracket must not swallow the rest
        if mark in marks and not depth:
            yield from _piece(folded, piece, place)
            piece = place + 1
    yield from _piece(folded, piece, end)


def _piece(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first, last = trim(folded, start, end)
    if first < last:
        yield first, last


def sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences with their final mark; 。 ！ ？ ； and the line end close one."""
    piece, depth = start, 0
    for place in range(start, end):
        mark = folded[place]
        if mark in "(《":
            depth += 1
        elif mark in ")》":
            depth = max(0, depth - 1)
        elif mark == "\n" or (mark in "。!?" or (mark == ";" and not depth)):
            depth = 0
            stop = place + 1
            if stop < end and folded[stop] in "”)":
                stop += 1
            yield from _piece(folded, piece, stop)
            piece = max(stop, piece)
    yield from _piece(folded, piece, end)


def clauses(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Clauses: between , 。 ； ： ！ ？ and line ends, with no regard to brackets."""
    for match in _CLAUSE.finditer(folded, start, end):
        yield from _piece(folded, match.start(), match.end())
