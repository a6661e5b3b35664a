"""The empty 问题清单 that the import reads: its columns, with what each may hold."""

import datetime

from chuangwen.rectification.enums import Source
from chuangwen.rectification.problem_list.columns import Column as Meaning
from chuangwen.rectification.problem_list.reading import MOST_ROWS
from chuangwen.reports.sheets.book import Book, Column, Sheet

TITLE = "问题清单"
COLUMNS = (
    (Meaning.SERIAL.value, 6, "可以不填。"),
    (Meaning.PROBLEM.value, 48, "必填，一行一个问题。超过 200 字的，标题取前一段，全文留在详情。"),
    (Meaning.DETAIL.value, 30, "可以不填。"),
    (Meaning.SITE.value, 20, "点位编号或名称；名录里没有的只写为地点。"),
    (Meaning.PLACE.value, 30, "在哪里看到的。"),
    (Meaning.CATEGORY.value, 14, "“问题类别”里的名称或编号；没有的留在详情。"),
    (Meaning.SOURCE.value, 16, f"不填按导入时选的；可填：{'、'.join(map(str, Source.labels))}。"),
    (Meaning.FOUND.value, 13, "不填按导入时选的；写成 2021-09-15、2021年9月15日都可以。"),
    (Meaning.LEAD.value, 20, "单位名录里的名称或别名。写了几个的，第一个牵头，其余配合。"),
    (Meaning.SUPPORTING.value, 24, "几个单位用“、”分开。"),
    (Meaning.DEADLINE.value, 16, "日期，或“9月15日前”“5个工作日内”“立行立改”。"),
    ("整改要求", 30, "和别的列一起，连同列名写入案卷的详情。"),
)


def problem_list_template(day: datetime.date) -> Book:
    """Return the empty list to fill in."""
    columns = tuple(Column(title, width) for title, width, _ in COLUMNS)
    notes = (
        *((title, said) for title, _, said in COLUMNS),
        ("其他的列", "可以自己加，连同列名写入案卷的详情。"),
        ("行数", f"一次最多 {MOST_ROWS} 个问题。"),
    )
    return Book(title=TITLE, as_of=day, sheets=(Sheet(TITLE, columns, ()),), notes=notes)
