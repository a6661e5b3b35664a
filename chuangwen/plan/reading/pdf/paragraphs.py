"""Joins printed lines to paragraphs: by indent, by the right edge, by the space between lines."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .geometry import Line, join

HEADING = re.compile(
    r"第[一二三四五六七八九十百]{1,4}[章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|附件|附表|(?:牵头|责任|配合)(?:单位|部门)[：:]"
)
CLOSED = "。！？；：!?;:"
_NARROW = 15  # ems; a text area is wider
_WIDEST = 2.2  # ems from line to line, where lines may still belong together
_SHARE = 0.1  # an edge counts when so much of all text ends there


@dataclass(frozen=True, slots=True)
class Edges:
    """Where full lines begin and end on the pages of a file."""

    left: float
    right: float
    step: float  # usual distance of two lines


def edges_of(pages: Sequence[Sequence[Line]]) -> Edges:
    """Edges of the text area, weighted by the length of the lines."""
    lefts: Counter[int] = Counter()
    rights: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for lines in pages:
        for line in lines:
            lefts[round(line.left / 4)] += len(line.text)
            rights[round(line.right / 8)] += len(line.text)
        for above, below in pairwise(lines):
            steps[round(above.middle - below.middle)] += 1
    enough = sum(rights.values()) * _SHARE
    right = max((edge for edge, weight in rights.items() if weight >= enough), default=0)
    left = min((edge for edge, weight in lefts.items() if weight >= enough), default=0)
    step = steps.most_common(1)[0][0] if steps else 0
    sizes = sorted(line.size for lines in pages for line in lines) or [0.0]
    em = sizes[len(sizes) // 2]
    if right * 8 - left * 4 < _NARROW * em:
        return Edges(left * 4, math.inf, step)  # nothing but short lines: none of them is full
    return Edges(left * 4, right * 8, min(step, _WIDEST * em))


def continues(above: Line, below: Line, edges: Edges, *, same_page: bool) -> bool:
    """Whether the second line goes on with the paragraph of the first."""
    em = max(1.0, above.size)
    guessed = below.text.isascii() or above.text.isascii()
    if abs(above.size - below.size) > (0.4 if guessed else 0.15) * em:
        return False
    if above.right < edges.right - (1.2 + _unbreakable(below.text)) * em:
        return False
    if same_page and above.middle - below.middle > max(edges.step, em) * 1.45:
        return False
    if below.left > edges.left + 0.9 * em:
        return False
    return not (above.text[-1:] in CLOSED and HEADING.match(below.text))


def _unbreakable(text: str) -> float:
    """Ems of what may have gone to the next line together: a number, a bracket and a character."""
    match = re.match(r"[^\u4e00-\u9fff]{0,16}[\u4e00-\u9fff]?[^\u4e00-\u9fff]{0,3}", text)
    return sum(0.5 if char.isascii() else 1.0 for char in match[0]) if match else 0.0


def paragraphs_of(lines: Sequence[Line], edges: Edges) -> list[str]:
    """Paragraphs of lines that follow one another on one page or in one cell."""
    found: list[str] = []
    above: Line | None = None
    for line in lines:
        if above is not None and continues(above, line, edges, same_page=True):
            found[-1] = join(found[-1], line.text)
        else:
            found.append(line.text)
        above = line
    return found
