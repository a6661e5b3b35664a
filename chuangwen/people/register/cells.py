"""What a single cell may hold, and what to tell the clerk when it does not."""

import datetime
import re
from typing import Any

from chuangwen.kit.errors import Problems
from chuangwen.people.enums import UnitKind
from chuangwen.people.register.rows import (
    ALIASES,
    CODE,
    KIND,
    NAME,
    VALID_FROM,
    VALID_UNTIL,
    RegisterRow,
)

KINDS = {kind.label: kind.value for kind in UnitKind}
LONGEST_NAME, LONGEST_CODE = 100, 40
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_BETWEEN_NAMES = re.compile(r"[、,，;；\n]")


def text(value: Any) -> str:
    """Return a cell as one line of text; a code that a spreadsheet took for a number is whole."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def kind(row: RegisterRow, value: Any, problems: Problems) -> str | None:
    """Return the stored value of a kind's Chinese name; None when the cell is empty."""
    label = text(value) if value is not None else ""
    if label and label not in KINDS:
        problems.add(row.place(KIND), f"没有类别“{label}”。", f"请改为：{'、'.join(KINDS)}。")
    return KINDS.get(label, label) if label else None


def names(row: RegisterRow, value: Any, problems: Problems) -> tuple[str, ...]:
    """Return the names in a cell, divided by 、 or a comma, semicolon or new line."""
    if not value:
        return ()
    found = tuple(text(part) for part in _BETWEEN_NAMES.split(str(value)) if part.strip())
    for name in found:
        if len(name) > LONGEST_NAME:
            what = f"“{name[:20]}…”有 {len(name)} 字，最多 {LONGEST_NAME} 字。"
            problems.add(row.place(ALIASES), what, "请缩短，多个别名用“、”分开。")
    return found


def day(row: RegisterRow, column: str, value: Any, problems: Problems) -> datetime.date | None:
    """Return a date cell, or one written as 2021-03-01, 2021/3/1 or 2021年3月1日."""
    if value is None or isinstance(value, datetime.date):
        return value.date() if isinstance(value, datetime.datetime) else value
    written = text(value)
    match = _DAY.fullmatch(written)
    try:
        if match:
            return datetime.date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    problems.add(row.place(column), f"“{written}”不是日期。", "请写成 2021-03-01 的样子。")
    return None


def check_lengths(row: RegisterRow, problems: Problems) -> None:
    """Note an empty or endless name, an endless code, and an end before the beginning."""
    if not row.name:
        problems.add(row.place(NAME), "是空的。", "请填写单位名称，或删除这一行。")
    elif len(row.name) > LONGEST_NAME:
        problems.add(
            row.place(NAME), f"有 {len(row.name)} 字，最多 {LONGEST_NAME} 字。", "请缩短。"
        )
    if row.code and len(row.code) > LONGEST_CODE:
        problems.add(
            row.place(CODE), f"有 {len(row.code)} 位，最多 {LONGEST_CODE} 位。", "请缩短。"
        )
    if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
        what = f"{row.valid_until} 早于“{VALID_FROM}”{row.valid_from}。"
        problems.add(row.place(VALID_UNTIL), what, "请改正其中一个。")
