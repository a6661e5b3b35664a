"""Working days of the Chinese calendar, with 调休 (holidays moved onto weekends).

Source: the State Council's yearly notices, as packaged by `chinesecalendar`. For a year that the
package does not know yet, Monday to Friday count as working days and `is_certain` says so.
"""

import datetime
from functools import lru_cache

import chinese_calendar

DAY = datetime.timedelta(days=1)
KEPT = 8192  # lists and reminders ask for the same days again and again


@lru_cache(maxsize=KEPT)
def is_certain(day: datetime.date) -> bool:
    """Tell whether the official arrangement of this day's year is known to us."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=KEPT)
def is_working_day(day: datetime.date) -> bool:
    """Tell whether offices are open on `day`."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def add_working_days(start: datetime.date, count: int) -> datetime.date:
    """Return the day `count` working days after `start` (before it when negative).

    The starting day itself does not count. Zero returns `start`.
    """
    step = DAY if count >= 0 else -DAY
    day, remaining = start, abs(count)
    while remaining:
        day += step
        if is_working_day(day):
            remaining -= 1
    return day


@lru_cache(maxsize=KEPT)
def working_days_between(start: datetime.date, end: datetime.date) -> int:
    """Count working days after `start` up to and including `end`; negative if `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + DAY * offset) for offset in range(1, (end - start).days + 1))


def unpublished_years(start: datetime.date, end: datetime.date) -> list[int]:
    """Return the years from `start` to `end` whose arrangement is unknown: pages must say so."""
    years = range(start.year, end.year + 1)
    return [year for year in years if not is_certain(datetime.date(year, 1, 1))]


@lru_cache(maxsize=KEPT)
def caveat(start: datetime.date, end: datetime.date) -> str:
    """Say in words that days between the two are guessed; empty when all of them are known."""
    years = unpublished_years(start, end)
    if not years:
        return ""
    named = "、".join(str(year) for year in years)
    return f"{named} 年的放假调休安排尚未收录，按周一至周五为工作日计算。"


HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利日",
}


def mark_of(day: datetime.date) -> tuple[str, str]:
    """Return how a day differs from an ordinary week: 休 with the feast, 班, or nothing.

    Nothing is said of a day whose year is not known.
    """
    if not is_certain(day):
        return "", ""
    works, is_weekday = is_working_day(day), day.weekday() < 5
    if works and not is_weekday:
        return "班", "调休上班"
    name = HOLIDAYS.get(chinese_calendar.get_holiday_detail(day)[1] or "", "")
    if not works and (name or is_weekday):
        return "休", name or "放假"
    return "", ""
