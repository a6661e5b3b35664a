"""Cell values as they are shown, as far as number formats matter to a plan: %, dates, units."""

from __future__ import annotations

import datetime
import re

Value = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)
# Built-in formats that depend on the Chinese locale (ISO/IEC 29500-1, 18.8.30 numFmt).
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy/m/d", 17: "yyyy/m", 22: "yyyy/m/d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m/d/yyyy", 31: "yyyy年m月d日",
    36: "yyyy年m月", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日",
    57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_WITH_UNIT = re.compile(r'(?:"([^"]*)")?[#0,]+(\.0+)?(?:"([^"]*)")?(?:_.)?')
_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - dates of a sheet have no zone


def write_value(value: Value, code: str = "") -> str:
    """Text of a value; `code` is its number format when that is known, else empty."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value.replace("_x000D_", "")
    if isinstance(value, int | float):
        return _number(value, code.partition(";")[0])
    if isinstance(value, datetime.datetime):
        return _date(value, code)
    if isinstance(value, datetime.date):
        return _date(datetime.datetime(value.year, value.month, value.day), code)  # noqa: DTZ001
    return str(value)


def is_date(code: str) -> bool:
    """Whether a format shows a year, or a month with a day."""
    bare = _LITERAL.sub("", code).lower()
    return "y" in bare or ("m" in bare and "d" in bare)


def _number(value: float, code: str) -> str:
    if is_date(code) and 0 < value < 2_958_466:
        return _date(_EPOCH + datetime.timedelta(days=value), code)
    if "%" in _LITERAL.sub("", code):
        decimals = re.search(r"\.([0#]+)%", code)
        return f"{value * 100:.{min(10, len(decimals[1])) if decimals else 0}f}%"
    if '"' in code and (match := _WITH_UNIT.fullmatch(code)):
        return f"{match[1] or ''}{_plain(value)}{match[3] or ''}"
    return _plain(value)


def _plain(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return f"{value:.15g}"


def _date(value: datetime.datetime, code: str) -> str:
    """In the words of official documents; parts that the format leaves out stay out."""
    bare = _LITERAL.sub("", code).lower()
    year = f"{value.year}年" if not bare or "y" in bare else ""
    day = f"{value.day}日" if not bare or "d" in bare else ""
    time = f" {value:%H:%M}" if value.hour or value.minute else ""
    return f"{year}{value.month}月{day}{time}"
