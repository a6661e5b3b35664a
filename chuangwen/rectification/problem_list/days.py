"""Days as offices write them: 2021.9.15, 9月15日前, 3个工作日内, 立行立改."""

import datetime
import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from typing import Any

import cn2an

from chuangwen.kit.calendar import add_working_days
from chuangwen.kit.typed import is_near

EPOCH = datetime.date(1899, 12, 30)  # day 0 of a spreadsheet
SERIALS = range(36_526, 73_051)  # 2000 to 2099
MOST_DAYS = 1_000
_FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)[日号]?")
_MONTH = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})月(上旬|中旬|下旬|[上中初])?")
_TENS = {"上旬": 10, "中旬": 20}
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})(?!\d|[个天周]|日内|工作)[日号]?")
_PACKED = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_SPAN = re.compile(
    r"(?:自?(?:发现|交办|接到|收到|即日)[^\d一二两三四五六七八九十]{0,6})?"
    r"(\d{1,4}|[一二两三四五六七八九十百]{1,5}|半)个?"
    r"(工作日|自然日|日历天|天|日|小时|周|星期|礼拜|月)(?:之?内|以内)?"
)
_AROUND = re.compile(
    r"^(?:请|须|应|要求|务必|必须|限|限期|限时|于|在|截至|截止到?|整改时限|时限|期限)*[:]?|"
    r"(?:之前|以前|前|之内|以内|内)?(?:须|要|必须)?(?:整改|完成|办结|到位|整改到位|完成整改|报送|反馈)*[。.!！]?$"
)
_CLOCK = re.compile(
    r"[T]?(?:上午|下午|中午|早上|晚上)?\d{1,2}[:时点]\d{0,2}(?:[:分]\d{0,2})?(?:\.\d+)?秒?分?$"
)
_UNDATED = re.compile(
    r"立行|立改|立即|马上|即知|即改|即刻|即时|随时|长期|持续|常态|坚持|按要求|按时|尽快|待定|"
    r"另行|已完成|已整改|已解决|完成整改$|未定|不定期|近期|逐步|分步|结合实际"
)
_TODAY = re.compile(r"^(当天|当日|今天|今日)")
_BETWEEN = re.compile(r"[~～—–−至]+|到(?!位)|^-+")
_ALONE = re.compile(r"(\d{1,2})(?!\d|[个天周月]|日内|工作)[日号]?")
# 本月20日前, 15日前: days of a month, not so many days.
_OF_MONTH = re.compile(
    r"(?<![\d月起后])(?:(本月|当月|这个月)|(下月|下个月|次月))?(\d{1,2})[日号]"
    r"((?:之|以)?前|(?=[-~～—–−至到]+\d))?"
)
_BEFORE = re.compile(r"\d[日号](?:之|以)?前")
_WITHIN = "(?:之|以)?内"
_NUMERALS = re.compile(
    r"(?P<year>[〇○零一二三四五六七八九]{4})(?=年)|"
    rf"(?P<number>[一二三四五六七八九十]{{1,3}}(?=[月日号](?!{_WITHIN}))|"
    r"(?<=月)[一二三四五六七八九十]{1,3}(?![一二三四五六七八九十个天周次工]))"
)
_YEAR = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SEVERAL = re.compile("[一二两三四五六七八九]{2}")  # 三五天 are three to five, not 35


@dataclass(frozen=True)
class FoundDay:
    """What a cell says of a day. `day` None and no `problem`: a deadline without a date.

    `note`: what was supposed, for whoever looks at the preview.
    """

    day: datetime.date | None = None
    note: str = ""
    problem: str = ""


UNREADABLE = FoundDay(problem="看不出是哪一天")
NO_DAY = FoundDay(problem="不像日期")
NO_SUCH_DAY = FoundDay(problem="没有这一天")


def read_found_on(value: Any, usual: datetime.date, today: datetime.date) -> FoundDay:
    """Return the day on which a problem was found; a day without a year is the last such one up to
    today. Of several days it is the first."""
    found = _plain_day(value, first=True)
    if found is None:
        short = _SHORT.search(_bare(value)) if isinstance(value, str) else None
        if short and (day := _on(usual.year, short[1], short[2])):
            if day > today:
                day = _on(day.year - 1, short[1], short[2]) or day
            return FoundDay(day, f"“{_shown(value)}”没有写年份，按 {day} 读取")
        return UNREADABLE
    if not is_near(found):
        return NO_DAY
    return FoundDay(found)


def read_deadline(value: Any, title: str, found_on: datetime.date) -> FoundDay:
    """Return a deadline, counted from the day of finding where it is a number of days.

    A number alone is days when the `title` says so: 整改时限（工作日）.
    """
    if (day := _plain_day(value, first=False)) is not None:
        return FoundDay(day) if is_near(day) else NO_DAY
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, title, found_on)
    text = _bare(value)
    if text.isdecimal() and len(text) <= 3:
        return _number(int(text), title, found_on)
    if full := list(_FULL.finditer(text)):  # with a day or an end that cannot be
        return UNREADABLE if all(_on(*one.groups()) for one in full) else NO_SUCH_DAY
    return _words(text, _shown(value), found_on)


def _words(text: str, shown: str, found_on: datetime.date) -> FoundDay:
    bare = _AROUND.sub("", text)
    shorts = list(_SHORT.finditer(bare))
    found: FoundDay | None = None
    if shorts:
        day = _after(found_on, shorts[-1][1], shorts[-1][2])
        if day is None:
            return NO_SUCH_DAY
        day = _end(day, bare[shorts[-1].end() :])
        found = FoundDay(day, f"“{shown}”没有写年份，按 {day} 读取") if day else UNREADABLE
    elif _MONTH.match(bare):
        found = _end_of_month(list(_MONTH.finditer(bare)), shown, found_on)
    elif (one := _OF_MONTH.search(text)) and (one[1] or one[2] or one[4] is not None):
        found = _of_month(one, text, shown, found_on)
    elif _BEFORE.search(text):
        found = None
    elif _TODAY.match(bare):
        found = FoundDay(found_on, f"“{shown}”按发现日期 {found_on} 读取")
    elif span := _SPAN.search(bare):
        found = _counted(span, shown, found_on)
    if found is None and _UNDATED.search(text):
        found = FoundDay(note=f"时限“{shown}”没有日期")
    return found or UNREADABLE


def _plain_day(value: Any, *, first: bool) -> datetime.date | None:
    """Return a day that is written out with its year; None for everything else."""
    if isinstance(value, datetime.date):
        return value.date() if isinstance(value, datetime.datetime) else value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        is_day = SERIALS.start <= value < SERIALS.stop  # with its time of day as a fraction
        value = str(int(value)) if is_day or float(value).is_integer() else ""
    text = _bare(value) if isinstance(value, str) else ""
    if text.isdecimal() and len(text) == 5 and int(text) in SERIALS:
        return EPOCH + datetime.timedelta(days=int(text))
    if packed := _PACKED.fullmatch(text):
        return _on(*packed.groups())
    full = list(_FULL.finditer(text))
    days = [day for match in full if (day := _on(*match.groups()))]
    if first or not days:
        return days[0] if days else None
    return _end(days[-1], text[full[-1].end() :]) if len(days) == len(full) else None


def _end(start: datetime.date, rest: str) -> datetime.date | None:
    """Return the end of a range of which `rest` follows its first day, and has no year of its own:
    2021年9月1日至9月15日. Without a range it is `start`; None for an end that cannot be read."""
    parts = _BETWEEN.split(rest, maxsplit=1)
    if len(parts) < 2:
        return start
    if short := _SHORT.search(parts[1]):
        return _after(start, short[1], short[2])
    if alone := _ALONE.match(parts[1]):
        found = _on(start.year, start.month, alone[1])
        return found if found and found >= start else None
    return None if parts[1] and not parts[0] else start


def _of_month(match: re.Match[str], text: str, shown: str, found_on: datetime.date) -> FoundDay:
    base = _months_on(found_on.replace(day=1), 1 if match[2] else 0)
    day = _on(base.year, base.month, match[3])
    if not (match[1] or match[2]) and day is not None and day < found_on:
        base = _months_on(base, 1)  # the next such day
        day = _on(base.year, base.month, match[3])
    if day is None:
        return NO_SUCH_DAY
    day = _end(day, text[match.end() :])
    return FoundDay(day, f"“{shown}”没有写年月，按 {day} 读取") if day else UNREADABLE


def _number(value: float, title: str, found_on: datetime.date) -> FoundDay:
    is_whole = float(value).is_integer() and 1 <= value <= MOST_DAYS
    if is_whole and "工作日" in title:
        day = add_working_days(found_on, int(value))
        return FoundDay(day, f"{int(value)} 个工作日，从 {found_on} 起算到 {day}")
    if is_whole and re.search(r"[（(]?(天|日)[)）]?$|天数|日数", title) and "日期" not in title:
        day = found_on + datetime.timedelta(days=int(value))
        return FoundDay(day, f"{int(value)} 天，从 {found_on} 起算到 {day}")
    return UNREADABLE


def _counted(span: re.Match[str], shown: str, found_on: datetime.date) -> FoundDay | None:
    number = _whole(span[1])
    if number is None or not 0 < number <= MOST_DAYS:
        return None
    match span[2]:
        case "工作日":
            day = add_working_days(found_on, number)
        case "小时":
            day = found_on + datetime.timedelta(days=-(-number // 24))
        case "周" | "星期" | "礼拜":
            day = found_on + datetime.timedelta(weeks=number)
        case "月":
            day = (
                _months_on(found_on, number)
                if span[1] != "半"
                else found_on + datetime.timedelta(days=15)
            )
        case _:
            day = found_on + datetime.timedelta(days=number)
    return FoundDay(day, f"“{shown}”从 {found_on} 起算到 {day}")


def _whole(written: str) -> int | None:
    if written.isdecimal():
        return int(written)
    if written == "半":
        return 1
    if _SEVERAL.search(written):
        return None
    try:
        return int(cn2an.cn2an(written.replace("两", "二"), "smart"))
    except (ValueError, KeyError):  # 十十一
        return None


def _end_of_month(
    months: list[re.Match[str]], shown: str, found_on: datetime.date
) -> FoundDay | None:
    """Return the end of the last month that is written, or of its 上旬 or 中旬."""
    match = months[-1]
    month = int(match[2])
    if not 1 <= month <= 12:
        return FoundDay(problem="没有这个月")
    if match[3] and len(match[3]) == 1:
        return None
    if match[1]:
        year = int(match[1])
    elif months[0][1]:  # 2021年11月至1月
        year = int(months[0][1]) + (month < int(months[0][2]))
    else:
        year = found_on.year + (month < found_on.month)
    if not is_near(datetime.date(min(max(year, 1), 9999), 1, 1)):
        return NO_DAY
    day = datetime.date(year, month, _TENS.get(match[3]) or monthrange(year, month)[1])
    return FoundDay(day, f"“{shown}”按 {day} 读取")


def _months_on(day: datetime.date, number: int) -> datetime.date:
    month = day.month - 1 + number
    year, month = day.year + month // 12, month % 12 + 1
    return datetime.date(year, month, min(day.day, monthrange(year, month)[1]))


def _after(since: datetime.date, month: str, day: str) -> datetime.date | None:
    """Return such a day of the year of `since`, or of the next one when it was before."""
    found = _on(since.year, month, day)
    if found is not None and (since - found).days > 180:
        return _on(since.year + 1, month, day)
    return found


def _on(year: str | int, month: str | int, day: str | int) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _bare(value: Any) -> str:
    """Return a text without blanks and the time of day; 九月十五日 becomes 9月15日."""
    text = unicodedata.normalize("NFKC", str(value))
    text = re.sub(r"(?<=\d)\s+(?=\d{1,2}[:时点])", "T", text.strip())
    return _CLOCK.sub("", _NUMERALS.sub(_in_digits, "".join(text.split())))


def _in_digits(match: re.Match[str]) -> str:
    if match["year"]:
        return match["year"].translate(_YEAR)
    number = _whole(match["number"])
    return match["number"] if number is None else str(number)


def _shown(value: Any) -> str:
    return str(value).strip()[:30]
