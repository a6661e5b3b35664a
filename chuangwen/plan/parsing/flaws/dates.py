"""Dates that lost their 年, 月 and 日."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import dates
from ..model import Anomaly
from ..quantities import GLUED

_NUMBER = re.compile(r"\[?(20\d{2})\]?(\d{1,3})(?=\s|$)")
_FILE = re.compile(r"(?<=[\u4e00-\u9fff])\[(20\d{2})(\d{1,3})(?=\s|\n|$)")


def find(folded: str, start: int, end: int) -> Iterator[Anomaly]:
    """Damaged days, periods and shares of one document."""
    yield from _days(folded, start, end)
    for match in dates.PERIOD.finditer(folded, start, end):
        first, last = int(match["first"]), int(match["last"])
        if match["year"] and not match["mark"] and 1 <= first <= 12 and 1 <= last <= 12:
            reading = f"{match['year']}年{first}月至{last}月"
            yield Anomaly(
                kind="damaged_date", start=match.start(), end=match.end(), reading=reading,
                reason=f"“{match[0]}”中年份与月份连写，缺“年”字。",
            )  # fmt: skip
    for match in GLUED.finditer(folded, start, end):
        if float(match[2]) > 100:
            continue
        stop = match.end() + 1
        if folded.startswith(("以上", "以下"), stop):
            stop += 2
        rest = folded[match.start(2) : stop]
        yield Anomaly(
            kind="damaged_date", start=match.start(), end=stop, reading=f"{match[1]}年，{rest}",
            reason=f"“{match[0]}%”中年份与百分数连写，缺“年”字。",
        )  # fmt: skip
    for match in _FILE.finditer(folded, start, end):
        yield Anomaly(
            kind="damaged_date", start=match.start(), end=match.end(),
            reading=f"〔{match[1]}〕{match[2]}号", reason="发文字号缺“〕”与“号”。",
        )  # fmt: skip


def _days(folded: str, start: int, end: int) -> Iterator[Anomaly]:
    """202186 alone on a line or at the end of a signature."""
    for match in dates.GLUED_DAY.finditer(folded, start, end):
        before = folded[max(start, match.start() - 12) : match.start()].rstrip(" \t")
        alone = (
            not before or before[-1] == "\n" or re.search(r"(?:府|会|办|部|委|局|室|组)$", before)
        )
        after = folded[match.end() : match.end() + 1]
        if (
            not alone
            or (after in "-—.0123456789%号" and after)
            or folded[match.start() - 1 : match.start()] == ":"
        ):
            continue
        if dates.PERIOD.match(folded, match.start()) or folded.startswith("次", match.end()):
            continue
        days = dates.glued_days(match[1], match[2])
        if days:
            reading = " 或 ".join(dates.spoken(day) for day in days)
            yield Anomaly(
                kind="damaged_date", start=match.start(), end=match.end(), reading=reading,
                reason=f"“{match[0]}”应为日期，缺“年、月、日”。",
            )  # fmt: skip
