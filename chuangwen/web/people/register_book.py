"""The register of units as a workbook whose first sheet the import reads back."""

import datetime
from collections.abc import Iterable

from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.register.rows import ALIAS_SEPARATOR, COLUMNS
from chuangwen.reports.sheets import Book, Column, Kind, Sheet

WIDTHS = (30, 14, 30, 16, 40, 12, 12)
DATES = COLUMNS[-2:]
NOTES = (
    ("名称", "必填。同一名称只能有一个在用单位；全角半角、空格不同视为同名。"),
    ("类别", f"新单位必填，为下列之一：{'、'.join(UnitKind.labels)}。"),
    ("上级单位", "写上级的名称或别名；可以是本文件中的单位。空格不改动。"),
    ("编码", "选填。有编码的行按编码找到已有单位（可用来改名），否则按名称。"),
    ("别名", f"多个用“{ALIAS_SEPARATOR}”分开。只增加，不删除。"),
    ("启用日期", "选填，如 2021-03-01。"),
    ("停用日期", "选填。填写后该单位次日起停用，其中的任职同日结束。"),
)


def register_book(units: Iterable[Unit], day: datetime.date) -> Book:
    """Return the units, one a row, in the order given."""
    return _book("单位名录", day, (_row(unit) for unit in units))


def template_book(day: datetime.date) -> Book:
    """Return the empty register."""
    return _book("单位名录模板", day, ())


def _book(
    title: str, day: datetime.date, rows: Iterable[tuple[str | datetime.date | None, ...]]
) -> Book:
    columns = tuple(
        Column(name, width, Kind.DATE if name in DATES else Kind.TEXT)
        for name, width in zip(COLUMNS, WIDTHS, strict=True)
    )
    return Book(title=title, as_of=day, sheets=(Sheet("单位名录", columns, rows),), notes=NOTES)


def _row(unit: Unit) -> tuple[str | datetime.date | None, ...]:
    return (
        unit.name,
        UnitKind(unit.kind).label,
        unit.parent.name if unit.parent else None,
        unit.code or None,
        ALIAS_SEPARATOR.join(sorted(alias.name for alias in unit.aliases.all())) or None,
        unit.valid_from,
        unit.valid_until,
    )
