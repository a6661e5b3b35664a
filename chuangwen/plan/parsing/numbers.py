"""Numbers as they are written in official Chinese: 87.5, 九十五, 百分之九十, 九成五, 万分之三."""

from __future__ import annotations

import re

CHINESE = "零○一二两三四五六七八九十百千"
_DIGIT = {"零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4}
_DIGIT |= {"五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_GROUP = {"万": 10_000, "亿": 100_000_000}
ARABIC = r"\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,12}(?:\.\d{1,6})?"


def chinese_number(text: str) -> float | None:
    """Value of a Chinese numeral such as 三十五, 二○二一, 两千, 九十五点五; None if it is none."""
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    if not point:
        return value
    digits = [_DIGIT.get(mark) for mark in fraction]
    if not digits or None in digits:
        return None
    return float(f"{int(value)}." + "".join(str(digit) for digit in digits))


def _whole(text: str) -> float | None:
    if not text:
        return None
    if len(text) > 1 and all(mark in _DIGIT for mark in text):  # 二○二一
        return int("".join(str(_DIGIT[mark]) for mark in text))
    total = section = digit = 0
    for mark in text:
        if mark in _DIGIT:
            digit = _DIGIT[mark]
        elif mark in _PLACE:
            section += (digit or 1) * _PLACE[mark]
            digit = 0
        elif mark in _GROUP:
            total += (section + digit) * _GROUP[mark]
            section = digit = 0
        else:
            return None
    return total + section + digit


def ordinal(text: str) -> int | None:
    """Number of a heading mark: 十二 → 12, 3 → 3, ④ → 4; None when it is not a number."""
    if text.isascii() and text.isdigit():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    if len(text) == 1 and "⑴" <= text <= "⒇":
        return ord(text) - ord("⑴") + 1
    value = chinese_number(text)
    return None if value is None else int(value)


_FRACTION = re.compile(r"([百千万])分之([零○一二两三四五六七八九十百点\d.]{1,8})")
_TENTHS = re.compile(r"([一二三四五六七八九])成([一二三四五六七八九半])?")
_PARTS = re.compile(r"([二三四五六七八九十])分之([一二三四五六七八九])")
_UNIT_OF = {"百": "%", "千": "‰", "万": "‱"}


def worded_share(text: str) -> tuple[float, str] | None:
    """Value and unit of 百分之九十 (90, %), 九成五 (95, %), 万分之三 (3, ‱); None otherwise."""
    if match := _FRACTION.fullmatch(text):
        value = plain_number(match[2])
        return None if value is None else (value, _UNIT_OF[match[1]])
    if (match := _PARTS.fullmatch(text)) and _DIGIT[match[2]] < (parts := _DIGIT.get(match[1], 10)):
        return (round(_DIGIT[match[2]] * 100 / parts, 2), "%")
    if match := _TENTHS.fullmatch(text):
        extra = 5 if match[2] == "半" else _DIGIT.get(match[2] or "", 0)
        return (_DIGIT[match[1]] * 10.0 + extra, "%")
    return None


def plain_number(text: str) -> float | None:
    """Value of 1,200, 87.5 or 三十五; None when the text is no number."""
    bare = text.replace(",", "")
    if re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", bare):
        return float(bare)
    return chinese_number(text)


def tidy(value: float) -> int | float:
    """90.0 → 90, so that values print as they were written."""
    return int(value) if value == int(value) else value
