"""Slips of the pen and of scanners: doubled words and marks, days that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import dates
from ..model import Anomaly, Indicator

_WORD = re.compile(r"([\u4e00-\u9fff]{2,6})\1(?!\1)")
_MARK = re.compile(r"([、,;:%])\1|(?<![。.])([。])\2(?![。.])")
# 一户一户 counts, 阳光社区社区工作站 is a name; 重点重点 is a slip.
_SPOKEN = re.compile(
    r"(?:社区|街道|学校){2}|一.一.|.一.一|[一二三四五六七八九十百千零○]+|[年月日号]+"
)
_DAY = re.compile(rf"(?<!\d)(?:({dates.YEAR})年)?(\d{{1,2}})月(\d{{1,3}})日")
_MONTH = re.compile(rf"(?<!\d)(?:{dates.YEAR})年\s?(\d{{1,2}})月")
_GLUED_MONTH = re.compile(rf"(?<!\d)({dates.YEAR})(1[0-2]|[1-9])月")


def find(folded: str, start: int, end: int) -> Iterator[Anomaly]:
    """Slips in one document."""
    for match in _WORD.finditer(folded, start, end):
        if not _SPOKEN.fullmatch(match[0]) and not _overlaps_a_name(match[1]):
            yield Anomaly(
                kind="doubled", start=match.start(), end=match.end(), reading=match[1],
                reason=f"“{match[1]}”重复。",
            )  # fmt: skip
    for match in _MARK.finditer(folded, start, end):
        mark = match[0][0]
        yield Anomaly(
            kind="doubled", start=match.start(), end=match.end(), reading=mark,
            reason=f"“{mark}”重复。", severity="notice",
        )  # fmt: skip
    yield from _impossible(folded, start, end)
    for match in _GLUED_MONTH.finditer(folded, start, end):
        if dates.PERIOD.match(folded, match.start()):
            continue  # 20212—7月 is a damaged period
        stop = match.end() + (folded[match.end() : match.end() + 1] in ("底", "末", "初"))
        yield Anomaly(
            kind="damaged_date", start=match.start(), end=stop,
            reading=f"{match[1]}年{match[2]}月{folded[match.end() : stop]}",
            reason=f"“{match[0]}”中年份与月份连写，缺“年”字。",
        )  # fmt: skip


def _overlaps_a_name(word: str) -> bool:
    """公公 … of one character only is no word; 各县各县 would be."""
    return len(set(word)) == 1


def _impossible(folded: str, start: int, end: int) -> Iterator[Anomaly]:
    """2月30日, 13月: an ordinary year is taken where none is written."""
    for match in _DAY.finditer(folded, start, end):
        year, month, day = int(match[1] or 2024), int(match[2]), int(match[3])
        if dates.iso_day(year, month, day) is None:
            yield Anomaly(
                kind="impossible_date", start=match.start(), end=match.end(),
                reading=_last_day(match, year, month, day),
                reason=f"日历上没有“{match[0]}”。",
            )  # fmt: skip
    for match in _MONTH.finditer(folded, start, end):
        if not 1 <= int(match[1]) <= 12 and not _DAY.match(folded, match.start()):
            yield Anomaly(
                kind="impossible_date", start=match.start(), end=match.end(), reading=None,
                reason=f"没有{match[1]}月。",
            )  # fmt: skip


def _last_day(match: re.Match[str], year: int, month: int, day: int) -> str | None:
    """2月30日 most likely means the last day of the month."""
    if not 1 <= month <= 12 or not 29 <= day <= 31:
        return None
    last = next(number for number in (30, 29, 28) if dates.iso_day(year, month, number))
    return f"{match[1]}年{month}月{last}日" if match[1] else f"{month}月{last}日"


def changes(indicators: list[Indicator]) -> Iterator[Anomaly]:
    """降低3.5%: nothing says against what."""
    for item in indicators:
        if item.kind == "relative" and item.reference is None:
            yield Anomaly(
                kind="missing_reference", start=item.start, end=item.end, reading=None,
                document=item.document, severity="notice",
                reason=f"“{item.name}”只写升降幅度，没有写与什么相比（上年、同期、某年），请写明。",
            )  # fmt: skip
