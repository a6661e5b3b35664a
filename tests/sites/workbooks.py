"""Makes the spreadsheets that cities send."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

HEADER = ("点位编号", "名称", "点位类型", "所属街道或社区", "主管单位", "地址", "经度", "纬度")
MARKET = (
    "A1", "炳草岗农贸市场", "农贸市场", "炳草岗街道", "区城市管理局", "人民街12号",
    101.71873, 26.58734,
)  # fmt: skip


def workbook(rows: Iterable[Sequence[object]], *, header: Sequence[str] = HEADER) -> bytes:
    """Return an .xlsx with one sheet: the header, then the rows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
    )
    sheet = book.add_worksheet("点位名录")
    for number, row in enumerate([header, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()
