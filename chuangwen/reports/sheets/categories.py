"""问题类别 as a workbook whose first sheet the import reads back."""

import datetime
from collections.abc import Iterable

from chuangwen.rectification.category_sheet import ACTIVE, CODE, COLUMNS, DAYS, KIND, KINDS, NAME
from chuangwen.rectification.models import Category
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet

WIDTHS = (12, 24, 8, 20, 14, 40, 40, 8)
NOTES = (
    (CODE, "必填。按编号找到已有类别并更新，找不到即新增。"),
    (NAME, "新类别必填。测评项的“问题类别”与它同名的，转为案卷时自动归入。"),
    (KIND, f"新类别必填，为下列之一：{'、'.join(KINDS)}。"),
    (DAYS, "按本市的规定填写整数；没有规定的留空，派遣时逐个定。"),
    (ACTIVE, "填“是”或“否”；停用的不再用于登记。"),
    ("空格", "不改动已有内容。"),
)


def categories_book(categories: Iterable[Category], day: datetime.date) -> Book:
    """Return the categories, one a row, in the order given."""
    columns = tuple(
        Column(title, width, Kind.NUMBER if title == DAYS else Kind.TEXT)
        for title, width in zip(COLUMNS, WIDTHS, strict=True)
    )
    rows = (_row(one) for one in categories)
    sheet = Sheet("问题类别", columns, rows, is_flat=True)
    return Book(title="问题类别", as_of=day, sheets=(sheet,), notes=NOTES)


def _row(one: Category) -> tuple[Cell, ...]:
    return (
        one.code,
        one.name,
        one.get_kind_display(),
        one.group or None,
        one.working_days,
        one.filing_condition or None,
        one.closing_condition or None,
        "是" if one.is_active else "否",
    )
