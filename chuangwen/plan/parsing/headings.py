"""Heading marks: 第一章, 第一条, 一、, （一）, 1., 1.1, （1）, ①, 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import numbers

_CN = r"[零○一二三四五六七八九十百]{1,5}"
# (style, rank, pattern); a smaller rank stands higher. Patterns match at a line start.
STYLES: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("part", 0.5, re.compile(rf"第({_CN}|\d{{1,2}})(?:部分|编|篇)(?=[\s:、,]|[^\s]{{2}})")),
    ("chapter", 1, re.compile(rf"第({_CN}|\d{{1,2}})章")),
    ("section", 1.5, re.compile(rf"第({_CN}|\d{{1,2}})节")),
    ("article", 1.8, re.compile(rf"第({_CN}|\d{{1,3}})条(?!例)")),
    ("worded", 2.5, re.compile(
        rf"(?:任务|行动|工程|举措|措施|专项|攻坚|板块|领域)\s?({_CN}|\d{{1,2}})\s?[:、.,]\s?(?=\S)")),
    ("comma", 2, re.compile(rf"({_CN})(?:、|\.|,(?=\S{{2,20}}$)|\s(?=\S))")),
    ("paren", 3, re.compile(rf"\(({_CN})\)[、.]?")),
    ("decimal3", 4.6, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})\.?(?![\d%])")),
    ("decimal2", 4.3, re.compile(r"(\d{1,2}\.\d{1,2})(?:\.|\s|(?=[\u4e00-\u9fff]{2}))(?![\d%])")),
    ("arabic", 4, re.compile(r"(\d{1,2})(?:[.、](?!\d)|[.、](?=20\d\d年)|,(?=[\u4e00-\u9fff]))")),
    ("arabic", 4, re.compile(r"(\d{1,2})\s(?=[\u4e00-\u9fff]{2,12}$)")),  # above 1.1, 1.2
    ("halfparen", 5.2, re.compile(r"(\d{1,2})\)")),
    ("round", 5, re.compile(r"\((\d{1,2})\)[、.]?|([⑴-⒇])")),
    ("circle", 6, re.compile(r"([①-⑳])[、.]?")),
)  # fmt: skip
RANKS = {style: rank for style, rank, _ in STYLES}
ENUMERATION = re.compile(
    r"(?:([一二三四五六七八九十]{1,2})(?:是(?![一二三四五六七八九十个])|要(?=[加强坚严认突抓"
    r"做提完建深推注压落统]))|第([一二三四五六七八九十]{1,2}),)"
)
_WORDED = "任行工举措专攻板领"  # first characters of 任务一：, 行动二： …
_TOPIC = re.compile(r"[\u4e00-\u9fff]")
# 个百分点, 公里 … after a decimal: a measure, not heading 1.5.
_MEASURE = re.compile(r"(?:个|公里|平方|万|亿|米|元|小时|倍|分|吨|人|级|年|月|日|岁|%|‰)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading mark; `number` is as written, `ordinal` its value."""

    style: str
    rank: float
    number: str
    ordinal: int
    start: int
    end: int


def mark_at(folded: str, start: int, end: int) -> Mark | None:
    """The heading mark that a line begins with, if any."""
    first = folded[start : start + 1]
    if not first or (first not in "第(⑴⑵⑶⑷⑸⑹⑺⑻⑼" and not _may_begin(first)):
        return None
    for style, rank, pattern in STYLES:
        match = pattern.match(folded, start, end)
        if not match:
            continue
        written = next(group for group in match.groups() if group)
        if style.startswith("decimal") and _MEASURE.match(folded, match.end()):
            return None
        ordinal = numbers.ordinal(written.rsplit(".", 1)[-1])
        if ordinal is None or not _plausible(folded, match.end(), end, style, ordinal):
            return None
        text = folded[start : match.end()].strip()
        return Mark(style, rank, text, ordinal, start, match.end())
    return None


def _may_begin(first: str) -> bool:
    return first in _WORDED or first in numbers.CHINESE or first.isdigit() or "①" <= first <= "⒇"


def _plausible(folded: str, after: int, end: int, style: str, ordinal: int) -> bool:
    """一、二级 and 十、百 are no headings: a topic must follow, and not another numeral."""
    rest = folded[after:end].lstrip()
    if style in ("comma", "arabic") and rest:
        if re.match(r"[零一二三四五六七八九十]{1,2}(?:[、级类是线]|$)", rest):
            return False
        if style == "comma" and ordinal > 30:
            return False
        if style == "arabic" and re.match(r"(?!20\d\d年)\d|月|日|年|[—~]\d", rest):
            return False
    if style == "comma" and not rest:
        return False
    return bool(_TOPIC.search(rest[:12]) or re.search(r"[A-Za-z“《\"]", rest[:4])) or not rest
