"""Blanks that belong to no word: around figures (2021 年 12 月, 95 %), and what has no width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lexicon import measures

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_LONGEST = 400  # columns of blanks between two cells; a longer run is nothing that one sees
_RUN = re.compile(f" {{{_LONGEST + 1},}}")
_AFTER = r"年|月|日|号|届|周年|以上|以下|以内|左右|底|末|前|余"
# 95 %, 2021 年, ≥ 90, 12月 底前: nothing else can be meant.
_TIGHT = re.compile(
    rf"(?<=\d) (?=%|‰|{_AFTER}|{measures.UNITS})|(?<=[≥≤><=]) (?=\d)"
    r"|(?<=[\d年月日%]) (?=底|末|以上|以下|以内|之内|前[,。;、])"
    r"|(?<=[年月]) (?=\d{1,2}\s?[月日])"
)
_BEFORE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d)")
_BEHIND = re.compile(r"(?<=[\d%]) (?=[\u4e00-\u9fff])")
_CLOSE = re.compile(r"[\u4e00-\u9fff]\d|[\d%][\u4e00-\u9fff]")
_MARK = re.compile(
    r"(?:^|\n)[ \t]*\d{1,2}(?:\.\d{1,2}){0,2}$"
)  # 1 年度目标: the number of a heading
_LEAST = 6


def loose(text: str, folded: str) -> Iterator[int]:
    """Places of characters that a reader does not see as part of the text."""
    for match in _UNSEEN.finditer(text):
        yield match.start()
    for match in _RUN.finditer(folded):
        yield from range(match.start() + _LONGEST, match.end())
    patterns = [_TIGHT]
    spaced = sum(1 for _ in _BEFORE.finditer(folded)) + sum(1 for _ in _BEHIND.finditer(folded))
    if spaced >= _LEAST and spaced >= sum(1 for _ in _CLOSE.finditer(folded)):
        patterns += [_BEFORE, _BEHIND]  # the whole text was typed with blanks around figures
    for pattern in patterns:
        for match in pattern.finditer(folded):
            if not _MARK.search(folded, max(0, match.start() - 12), match.start()):
                yield from range(match.start(), match.end())
