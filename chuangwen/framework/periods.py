"""The span that a value speaks of: a year, half-year, quarter or month. No database here.

A period's code sorts and is stored: 2021, 2021-H1, 2021-Q3, 2021-08.
"""

import calendar
import datetime
import re
import unicodedata
from dataclasses import dataclass

from chuangwen.kit.errors import Invalid

EARLIEST_YEAR, LATEST_YEAR = 1949, 2199
_MONTHS = {"": 12, "H": 6, "Q": 3, "M": 1}
_CODE = re.compile(r"(?P<year>\d{4})(?:-?(?P<kind>[HQ])(?P<part>\d)|-(?P<month>\d{1,2}))?")
_WORDS = re.compile(
    r"(?P<year>\d{4})年(?:度)?"
    r"(?:(?P<half>[上下])半年(?:度)?|第?(?P<quarter>[1-4一二三四])季度|(?P<month>\d{1,2})月(?:份)?)?"
)
_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}


@dataclass(frozen=True)
class Period:
    """A year and, within it, part `part` (from 1) of kind H, Q or M; a whole year has neither."""

    year: int
    kind: str = ""
    part: int = 1

    @property
    def code(self) -> str:
        """The stored form, unique per period."""
        if not self.kind:
            return str(self.year)
        return (
            f"{self.year}-{self.part:02}"
            if self.kind == "M"
            else f"{self.year}-{self.kind}{self.part}"
        )

    @property
    def label(self) -> str:
        """The form people read."""
        if self.kind == "H":
            return f"{self.year}年{'上下'[self.part - 1]}半年"
        if self.kind == "Q":
            return f"{self.year}年第{self.part}季度"
        return f"{self.year}年{self.part}月" if self.kind == "M" else f"{self.year}年"

    @property
    def first_day(self) -> datetime.date:
        """The day on which the period begins."""
        return datetime.date(self.year, (self.part - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def last_day(self) -> datetime.date:
        """The day on which the period ends."""
        month = self.part * _MONTHS[self.kind]
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def whole_year(self) -> "Period":
        """The year around the period."""
        return Period(self.year)

    @property
    def year_before(self) -> "Period":
        """The same period of the previous year (逐年提升 compares with it)."""
        return Period(self.year - 1, self.kind, self.part)


def parse_period(text: str) -> Period:
    """Read 2021, 2021-H1, 2021-Q3, 2021-08 or the Chinese forms (2021年第三季度).

    Raises Invalid with the forms that are possible.
    """
    squeezed = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    period = _from_code(squeezed) or _from_words(squeezed)
    if period is None or not _exists(period):
        raise Invalid(
            f"“{text.strip()[:20]}”不是可用的期间。"
            "请写成 2021、2021-H1（上半年）、2021-Q3（第三季度）或 2021-08（月）。",
            field="period",
        )
    return period


def _from_code(text: str) -> Period | None:
    match = _CODE.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if match["month"]:
        return Period(year, "M", int(match["month"]))
    return Period(year, match["kind"], int(match["part"])) if match["kind"] else Period(year)


def _from_words(text: str) -> Period | None:
    match = _WORDS.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if match["half"]:
        return Period(year, "H", _CHINESE[match["half"]])
    if match["quarter"]:
        return Period(year, "Q", _CHINESE.get(match["quarter"]) or int(match["quarter"]))
    return Period(year, "M", int(match["month"])) if match["month"] else Period(year)


def _exists(period: Period) -> bool:
    parts = 12 // _MONTHS[period.kind]
    return EARLIEST_YEAR <= period.year <= LATEST_YEAR and 1 <= period.part <= parts
