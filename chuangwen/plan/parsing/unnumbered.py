"""Headings that lost their numbers on the way: a short line above the owners, again and again."""

from __future__ import annotations

import re

from .headings import mark_at
from .lexicon import labels
from .lines import Line

_TITLE = re.compile(r"[\u4e00-\u9fff“”()]{4,24}")
_LABEL = re.compile(rf"(?:{labels.ANY.pattern})\s?:")
_REACH = 10  # lines between a heading and its owners
_LEAST = 2
_APART = 40  # lines from one such heading to the next
_ITEM = 3  # the rank of （一）


def find(folded: str, lines: list[Line]) -> set[int]:
    """Starts of the lines that are such headings; none unless one follows the owners of another."""
    texts = [line for line in lines if line.kind == "text"]
    owned = [_LABEL.match(folded, line.start, line.end) is not None for line in texts]
    runs: list[list[int]] = []
    for at in range(1, len(texts)):
        if owned[at] and not owned[at - 1]:
            place = _title_above(folded, texts, at)
            if place is None:
                continue
            if runs and _goes_on(folded, texts, runs[-1][-1], place):
                runs[-1].append(place)
            else:
                runs.append([place])
    return {texts[at].start for run in runs if len(run) >= _LEAST for at in run}


def _goes_on(folded: str, texts: list[Line], before: int, place: int) -> bool:
    """Whether no chapter begins between two such lines; below a number a short line is its text."""
    if place - before > _APART or place <= before:
        return False
    marks = [mark_at(folded, one.start, one.end) for one in texts[before + 1 : place]]
    return not (marks and marks[-1]) and all(mark is None or mark.rank > _ITEM for mark in marks)


def _title_above(folded: str, texts: list[Line], at: int) -> int | None:
    for place in range(at - 1, max(-1, at - _REACH), -1):
        line = texts[place]
        if mark_at(folded, line.start, line.end) or _LABEL.match(folded, line.start, line.end):
            return None
        if _TITLE.fullmatch(folded, line.start, line.end):
            return place
    return None
