"""Dates, months and periods, also those that lost a mark on the way through a website."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from .numbers import chinese_number

YEAR = r"(?:19|20)\d{2}"
DAY = re.compile(rf"({YEAR})\s?[年.\-/—]\s?(\d{{1,2}})\s?[月.\-/—]\s?(\d{{1,2}})\s?日?(?!\d)")
CHINESE_DAY = re.compile(
    r"(二[零○O0][一二三四五六七八九零○]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
GLUED_DAY = re.compile(rf"(?<!\d)({YEAR})(\d{{2,4}})(?!\d)")
# 2022年9月底前, 每月5日前 in running text
DUE = re.compile(
    r"(?:(?:19|20)\d{2}年?)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日|底|末|中旬|上旬|下旬)?|年底|年末|(?<![月周旬度])底)(?:以?前|之前)"
    r"|每(?:月|季度?|周|年)(?:\d{1,2}[日号]|末|底)(?:以?前|之前)"
)
_DASH = r"\s?[—\-~至到]{1,2}\s?"
PERIOD = re.compile(
    rf"(?<!\d)(?:(?P<year>{YEAR})(?P<mark>年)?)?\s?(?P<first>\d{{1,2}})(?P<month>月)?(?:[上中下]旬|\d{{1,2}}日|初|底)?"
    rf"{_DASH}(?:(?P<year2>{YEAR})年)?(?P<last>\d{{1,2}})月(?:[上中下]旬|\d{{1,2}}日|底|末)?"
)
MONTH = re.compile(rf"(?<!\d)(?P<year>{YEAR})年(?P<month>\d{{1,2}})月")
_BARE_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
YEARS = re.compile(rf"(?<!\d)({YEAR})年?{_DASH}({YEAR})年?(?!\d|\d月)")


@dataclass(frozen=True, slots=True)
class Period:
    """Months from YYYY-MM to YYYY-MM; `reading` is set when the text was damaged."""

    start: int
    end: int
    first: str
    last: str | None  # None when it is open
    year: int
    reading: str | None = None


def iso_day(year: int, month: int, day: int) -> str | None:
    """ISO date, or None when there is no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def read_day(text: str) -> str | None:
    """ISO date of 2021年8月6日, 2021-8-6 or 二○二一年八月六日 (folded text); None otherwise."""
    if match := DAY.search(text):
        return iso_day(int(match[1]), int(match[2]), int(match[3]))
    if match := CHINESE_DAY.search(text):
        parts = [
            chinese_number(part.replace("O", "○").replace("0", "○")) for part in match.groups()
        ]
        if None not in parts:
            return iso_day(*(int(part or 0) for part in parts))
    return None


def glued_days(year: str, rest: str) -> list[str]:
    """All dates that 2021 + 86 can stand for: ['2021-08-06'], without leading zeros invented."""
    found = []
    for cut in range(1, len(rest)):
        month, day = rest[:cut], rest[cut:]
        if len(month) > 2 or len(day) > 2 or (len(rest) < 4 and "0" in (month[0], day[0])):
            continue
        if day_text := iso_day(int(year), int(month), int(day)):
            found.append(day_text)
    return found


def spoken(day: str) -> str:
    """2021-08-06 → 2021年8月6日."""
    year, month, number = day.split("-")
    return f"{year}年{int(month)}月{int(number)}日"


def find_period(folded: str, start: int, end: int, year: int | None = None) -> Period | None:
    """First range of months in the text; `year` is used when the range names none."""
    for match in PERIOD.finditer(folded, start, end):
        own = match["year"]
        first_year = int(own) if own else year
        first, last = int(match["first"]), int(match["last"])
        if first_year is None or not (1 <= first <= 12 and 1 <= last <= 12):
            continue
        if not own and not match["month"] and not match["last"]:
            continue
        last_year = int(match["year2"]) if match["year2"] else first_year + (last < first)
        damaged = bool(own and not match["mark"])
        reading = f"{own}年{first}月至{last}月" if damaged else None
        return Period(
            match.start(), match.end(), f"{first_year}-{first:02d}", f"{last_year}-{last:02d}",
            first_year, reading,
        )  # fmt: skip
    return _one_month(folded, start, end, year)


def _one_month(folded: str, start: int, end: int, year: int | None) -> Period | None:
    if whole := MONTH.search(folded, start, end):
        if not 1 <= int(whole["month"]) <= 12:
            return None
        month = f"{whole['year']}-{int(whole['month']):02d}"
        return Period(whole.start(), whole.end(), month, month, int(whole["year"]))
    bare = _BARE_MONTH.search(folded, start, end)
    if bare and year and 1 <= int(bare[1]) <= 12:
        month = f"{year}-{int(bare[1]):02d}"
        return Period(bare.start(), bare.end(), month, month, year)
    return None


_RECURRING = (
    (r"每年|逐年|年年", "yearly"), (r"每季度?|按季", "quarterly"), (r"每月|按月|逐月", "monthly"),
    (r"每周|按周", "weekly"), (r"每[天日]", "daily"),
    (r"长期|常年|常态|持续|全年|经常|全程|日常", "continuous"),
)  # fmt: skip
_DUE = re.compile(
    rf"(?:(?P<year>{YEAR})(?:年|(?=\d{{1,2}}月)))?\s?(?:(?P<month>\d{{1,2}})\s?月(?:(?P<day>\d{{1,2}})日|(?P<part>底|末|中旬|上旬|下旬|初))?"
    r"|(?P<half>[上下]半年|第?[一二三四]季度)|(?P<end>年底|年末|底|年内))"
)
_HALVES = {
    "上半年": 6,
    "下半年": 12,
    "四季度": 12,
    "一季度": 3,
    "二季度": 6,
    "三季度": 9,
}  # the last month of each
_PARTS = {"上旬": 10, "初": 10, "中旬": 20}


_CHINESE_DAY_OF_YEAR = re.compile(
    r"([一二三四五六七八九十]{1,2})月(?:(?=底|末|初|[上中下]旬|份|以?前|之前|$)"
    r"|([一二三四五六七八九十]{1,3})日)"
)


def _in_figures(text: str) -> str:
    """五月底前, 十月三十一日前 with the months and days in figures."""

    def figures(match: re.Match[str]) -> str:
        month, day = (int(chinese_number(part) or 0) if part else 0 for part in match.groups())
        return f"{month}月{day}日" if day else f"{month}月"

    return _CHINESE_DAY_OF_YEAR.sub(figures, text)


def read_due(text: str, year: int | None) -> tuple[str | None, str | None]:
    """(last day as ISO, recurrence) of a deadline; `year` serves when the text names none."""
    text = _in_figures(text)
    recurring = next((name for words, name in _RECURRING if re.search(words, text)), None)
    if day := read_day(text):
        return day, recurring
    matches = [m for m in _DUE.finditer(text) if m["month"] or m["end"] or m["half"]]
    if matches and recurring != "yearly":
        match = matches[-1]
        own = int(match["year"]) if match["year"] else year
        if own and own == year and not match["year"] and "明年" in text:
            own += 1
        month = int(match["month"] or _HALVES.get((match["half"] or "")[-3:], 12))
        if own and 1 <= month <= 12:
            last = calendar.monthrange(own, month)[1]
            day_number = int(match["day"] or _PARTS.get(match["part"] or "", last))
            return iso_day(own, month, day_number), recurring
    if recurring is None and (
        whole := re.fullmatch(rf"\s*({YEAR})年?(?:度|底|末|内)?前?\s*", text)
    ):
        return f"{whole[1]}-12-31", None
    return None, recurring
