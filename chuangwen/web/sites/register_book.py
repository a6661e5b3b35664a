"""The register of sites as a workbook whose first sheet the import reads back."""

import datetime
from collections.abc import Iterable

from chuangwen.reports.sheets import Book, Kind, Sheet
from chuangwen.reports.sheets import Column as SheetColumn
from chuangwen.sites.enums import Datum, Importance
from chuangwen.sites.register.columns import Column, datum_name
from chuangwen.sites.register.exporting import FURTHER, Cell, titles

NUMBERS = (Column.LONGITUDE, Column.LATITUDE, Column.LENGTH, Column.GROUND)
WIDE = (Column.NAME, Column.ADDRESS, Column.GEOMETRY, Column.NOTE, Column.OWNER)
NOTES = (
    (Column.CODE.title, "按编号找到已有点位并更新；留空的按名称和类型找，找不到即新建并自动编号。"),
    (Column.NAME.title, "新点位必填。"),
    (Column.TYPE.title, "新点位必填，写测评体系中的类型名称或编号。"),
    (Column.AREA.title, "写单位名录中的名称或别名；主管单位、点位长单位同此。"),
    (Column.HEAD.title, "姓名和职务；点位长单位留空时，认作主管单位的人。"),
    (Column.LONGITUDE.title, "十进制度或度分秒。表头可写明坐标系，如 经度（GCJ-02）。"),
    (Column.GEOMETRY.title, "街路、线路、场地：101.71,26.58; 101.72,26.59（经度在前）。"),
    (Column.IMPORTANCE.title, f"为下列之一：{'、'.join(map(str, Importance.labels))}。"),
    (Column.DEMONSTRATION.title, "填“是”或“否”。"),
    ("空格", "不改动已有内容。状态、演示数据两列导入时不看。"),
)


def register_book(rows: Iterable[tuple[Cell, ...]], datum: Datum, day: datetime.date) -> Book:
    """Return the register; its header names the datum."""
    return _book(f"测评点位名录（{datum_name(datum)}）", titles(datum), rows, day)


def template_book(day: datetime.date) -> Book:
    """Return the empty register."""
    header = tuple(column.title for column in Column)
    return _book("测评点位名录模板", header, (), day)


def _book(
    title: str, header: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], day: datetime.date
) -> Book:
    kinds = [*Column, *FURTHER][: len(header)]
    columns = tuple(
        SheetColumn(name, 30 if kind in WIDE else 14, Kind.NUMBER if kind in NUMBERS else Kind.TEXT)
        for name, kind in zip(header, kinds, strict=True)
    )
    sheet = Sheet("点位名录", columns, rows, is_flat=True)
    return Book(title=title, as_of=day, sheets=(sheet,), notes=NOTES)
