"""Breaks a title into lines that end at words and look balanced (GB/T 9704-2012, 7.3.1)."""

import logging
import math
import re
from itertools import accumulate, pairwise

from chuangwen.reports.text import clean_text, em_width

_OPENING, _CLOSING = "《〈（〔“‘([", "》〉）〕”’)]，、。：；！？,.:;!?"
_DASHES = "—–-～~"
_BOUND_TO_THE_WORD_BEFORE = "的和与及"
# The figures of free replacement fonts are wider than half a character by about this much.
_FIGURE_ALLOWANCE_EM = 0.15
# A number keeps its unit (2021年, 10项); the campaign's own name is one word to its readers.
_HELD_TOGETHER = re.compile(r"\d+[^\W\d_]?|全国文明城市|责任分解表|责任清单|行动计划|工作安排")


def break_title(title: str, limit: float) -> str:
    """Return `title` with line breaks so that no line is wider than `limit` em.

    Line breaks of the author are kept; a word wider than a line is left to the word processor.
    """
    return "\n".join(_break_line(line.strip(), limit) for line in clean_text(title).split("\n"))


def _printed_width(text: str) -> float:
    """Return the width of a line in em, on the safe side whatever font it is printed with."""
    figures = sum(character.isascii() for character in text)
    return em_width(text) + figures * _FIGURE_ALLOWANCE_EM


def _break_line(line: str, limit: float) -> str:
    width = _printed_width(line)
    if width <= limit:
        return line
    words = _words(line)
    for count in range(math.ceil(width / limit), len(words) + 1):
        lines = _balanced(words, count, width / count, limit)
        if lines:
            return "\n".join(lines)
    return line


def _words(line: str) -> list[str]:
    """Return the pieces of `line` between places where it may be broken."""
    import jieba  # noqa: PLC0415 -- its dictionary takes a second, and short titles need none

    jieba.setLogLevel(logging.WARNING)
    cuts = [*accumulate(len(word) for word in jieba.lcut(line))]
    held = {place for match in _HELD_TOGETHER.finditer(line) for place in _inside(match)}
    pieces, start = [], 0
    for cut in cuts:
        if cut == len(line) or (cut not in held and not _glued(line[cut - 1], line[cut])):
            pieces.append(line[start:cut])
            start = cut
    return pieces


def _inside(match: re.Match[str]) -> range:
    return range(match.start() + 1, match.end())


def _glued(before: str, after: str) -> bool:
    return before in _OPENING + _DASHES or after in _CLOSING + _DASHES + _BOUND_TO_THE_WORD_BEFORE


def _balanced(words: list[str], count: int, ideal: float, limit: float) -> list[str]:
    """Return `count` lines with the least squared distance from `ideal`, or [] if none fits."""
    widths = [_printed_width(word) for word in words]
    # best[end] = (cost, line starts) of the words before `end` in the lines laid so far.
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        laid: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, starts) in best.items():
            width = 0.0
            for end in range(start + 1, len(words) + 1):
                width += widths[end - 1]
                if width > limit:
                    break
                total = cost + (width - ideal) ** 2
                if end not in laid or total < laid[end][0]:
                    laid[end] = (total, [*starts, start])
        best = laid
    if len(words) not in best:
        return []
    starts = [*best[len(words)][1], len(words)]
    return ["".join(words[a:b]) for a, b in pairwise(starts)]
