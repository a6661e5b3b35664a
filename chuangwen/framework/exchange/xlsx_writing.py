"""Writing a document as a workbook: one sheet a table, every cell text."""

import datetime
from io import BytesIO

import xlsxwriter

from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.enums import (
    IndicatorKind,
    Level,
    LineShape,
    Method,
    Operator,
    PassRule,
    PhotoRule,
    ReferenceKind,
    SiteShape,
    Standing,
)
from chuangwen.framework.exchange.flattening import FlatRow, flatten
from chuangwen.framework.exchange.layout import Table

GUIDE = "说明"
_CREATED = datetime.datetime(2021, 1, 1)  # noqa: DTZ001 - a fixed date keeps the bytes the same
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(document: FrameworkDocument) -> bytes:
    """Return the file's bytes. The same document gives the same bytes."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": document.name[:255], "created": _CREATED})
    body = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    head = book.add_format({"bold": True, "bg_color": "#E7EDF3", "border": 1, "text_wrap": True})
    for table, rows in flatten(document):
        _write_table(book.add_worksheet(table.title), table, rows, body, head)
    guide = book.add_worksheet(GUIDE)
    guide.set_column(0, 0, 16)
    guide.set_column(1, 1, 96)
    for number, (name, words) in enumerate(_guide()):
        guide.write_string(number, 0, name, head)
        guide.write_string(number, 1, words, body)
    book.close()
    return buffer.getvalue()


def _write_table(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: Table,
    rows: list[FlatRow],
    body: xlsxwriter.format.Format,
    head: xlsxwriter.format.Format,
) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width, body)
        sheet.write_string(0, place, column.title, head)
    for number, row in enumerate(rows, start=1):
        for place, words in enumerate(row):
            if words:
                sheet.write_string(number, place, words, body)


def _guide() -> list[tuple[str, str]]:
    return [
        ("导入", "每个工作表第一行是标题，不能改名；一个标准有几种测评方法就写几行。"),
        ("权重、时限", "不知道的留空，不要填估计数。"),
        ("性质", "、".join(Standing.labels)),
        ("层级", "、".join(Level.labels)),
        ("测评方法", "、".join(Method.labels)),
        ("类别", "、".join(IndicatorKind.labels)),
        ("比较", "、".join(Operator.labels) + "（>98% 时，98% 不算达标）"),
        ("参照", "、".join(ReferenceKind.labels) + "；写几种时，满足任何一种即可"),
        ("形态", "、".join(SiteShape.labels)),
        ("达标规则", "、".join(PassRule.labels) + "；按得分达标的写合格线"),
        ("记录方式", "、".join(LineShape.labels)),
        (
            "要求",
            "数量、密度写最少数，比例写最低的百分数，行为观察写不文明的最高百分数，其他留空；"
            "密度另写每多少米或平方米。",
        ),
        ("照片", "、".join(PhotoRule.labels) + "；留空即不达标须拍照"),
        ("是否", "一票否决留空即否，可不适用留空即是，测评项的权重留空即 1。"),
        ("名单", "责任单位提示、参照等处，几项之间用“、”隔开。"),
    ]
