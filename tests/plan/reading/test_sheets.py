"""Workbooks: titles above, the table, notes below; merged cells; values as they are shown."""

import datetime

import pytest

from chuangwen.plan.reading import UnreadableDocument, read_document
from tests.plan.reading.sheet_files import ods, rows_xlsx, xls, xlsx
from tests.spreadsheets import failing

MORNING = datetime.datetime(2021, 8, 6, 9, 30)  # noqa: DTZ001 - a sheet knows no zone
HEAD = ["序号", "任务", "责任单位"]


def read(data: bytes, filename: str = "责任表.xlsx"):
    return read_document(data, filename)


def cells(found, table=0):
    return [
        (c.row, c.column, c.row_span, c.column_span, found.text[c.start : c.end])
        for line in found.tables[table].rows
        for c in line
    ]


def test_a_title_above_and_a_note_below_are_no_rows_of_the_table():
    found = read(
        rows_xlsx(["2021年责任分解表"], [], HEAD, [1, "整治", "城管局"], [], ["注：按月报送"])
    )
    assert found.text == "2021年责任分解表\n序号\t任务\t责任单位\n1\t整治\t城管局\n注：按月报送\n"
    assert [len(table.rows) for table in found.tables] == [2]


def test_a_banner_row_stays_in_the_table():
    found = read(rows_xlsx(HEAD, ["一、环境"], [1, "整治", "城管局"]))
    assert [len(table.rows) for table in found.tables] == [3]


def test_two_tables_with_a_title_between_are_two():
    found = read(rows_xlsx(HEAD, [1, "甲", "乙"], [], ["附表2"], HEAD, [1, "丙", "丁"]))
    assert [len(table.rows) for table in found.tables] == [2, 2]
    assert "附表2\n序号" in found.text


def test_a_document_typed_into_one_column_is_lines():
    found = read(rows_xlsx(["行动计划"], ["一、目标"], [], ["二、措施\n加强领导"]))
    assert (found.text, found.tables) == ("行动计划\n一、目标\n二、措施\n加强领导\n", ())


def test_merged_cells():
    def write(book):
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "责任分解表")
        sheet.write_row("A2", HEAD)
        sheet.merge_range("A3:A4", "1")
        sheet.write_row("B3", ["整治\n摊点", "区城管局"])
        sheet.merge_range("B4:C4", "区民政局")

    found = read(xlsx(write))
    assert found.text.startswith("责任分解表\n序号\t")
    assert cells(found)[3:] == [
        (1, 0, 2, 1, "1"), (1, 1, 1, 1, "整治 摊点"), (1, 2, 1, 1, "区城管局"),
        (2, 1, 1, 2, "区民政局"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (0.705, "0.0%", "70.5%"),
        (12, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567, "#,##0", "1234567"),
        (30, '0"天"', "30天"),
        (datetime.date(2021, 8, 6), "yyyy/m/d", "2021年8月6日"),
        (datetime.date(2021, 8, 1), 'yyyy"年"m"月"', "2021年8月"),
        (datetime.date(2021, 8, 6), 'm"月"d"日"', "8月6日"),
        (MORNING, "yyyy/m/d h:mm", "2021年8月6日 09:30"),
        (True, "General", "TRUE"),
    ],
)
def test_values_read_as_they_are_shown(value, code, shown):
    def write(book):
        sheet = book.add_worksheet()
        sheet.write(0, 0, "目标值")
        sheet.write(0, 1, value, book.add_format({"num_format": code}))

    assert read(xlsx(write)).text == f"目标值\t{shown}\n"


def test_built_in_chinese_date_formats():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write(0, 0, "期限")
        sheet.write(0, 1, 44409, book.add_format({"num_format": 57}))

    assert read(xlsx(write)).text == "期限\t2021年8月\n"


def test_sheets_are_named_when_there_are_several_and_hidden_ones_are_left_out():
    def write(book):
        for title, text in [
            ("区教体局", "甲"),
            ("Sheet2", "乙"),
            ("下拉选项", "丙"),
            ("空表", None),
        ]:
            sheet = book.add_worksheet(title)
            if text:
                sheet.write_row(0, 0, [text, text])
            if title == "下拉选项":
                sheet.hide()

    assert read(xlsx(write)).text == "区教体局\n甲\t甲\n乙\t乙\n"


@pytest.mark.parametrize("far", [(1_048_575, 0), (3000, 16_383)])
def test_a_stray_cell_far_away_is_named_instead_of_filling_the_memory(far):
    def write(book):
        sheet = book.add_worksheet("任务表")
        sheet.write_row(0, 0, HEAD)
        sheet.write(*far, " 空格")
        sheet.write(0, 16_000, "边")

    with pytest.raises(UnreadableDocument, match=r"任务表.*区域过大") as caught:
        read(xlsx(write))
    assert caught.value.code == "too_large"


def test_a_formatted_but_empty_area_does_no_harm():
    def write(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["甲", "乙"])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert read(xlsx(write)).text == "甲\t乙\n"


def ods_cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_ods_shows_text_merges_and_repetitions():
    body = (
        '<table:table table:name="表"><table:table-row>'
        + ods_cell("目标", 'table:number-rows-spanned="2"')
        + ods_cell("95%", 'office:value="0.95"')
        + "</table:table-row><table:table-row><table:covered-table-cell/>"
        + ods_cell("同<text:s text:c='2'/>上", 'table:number-columns-repeated="2"')
        + '</table:table-row><table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    found = read(ods(body), "表.ods")
    assert (found.format, found.text) == ("ods", "目标\t95%\t\n\t同 上\t同 上\n")
    assert cells(found)[0] == (0, 0, 2, 1, "目标")


def test_ods_dates_in_figures_are_written_out():
    date = ods_cell("8/1/2021", 'office:value-type="date" office:date-value="2021-08-01"')
    month = ods_cell("2021年8月", 'office:value-type="date" office:date-value="2021-08-01"')
    row = f"<table:table-row>{date}{month}</table:table-row>"
    body = f'<table:table table:name="表">{row}</table:table>'
    assert read(ods(body), "表.ods").text == "2021年8月1日\t2021年8月\n"


def test_ods_hidden_sheets_and_endless_repetitions():
    styles = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    )
    row = f"<table:table-row>{ods_cell('甲')}</table:table-row>"
    hidden = f'<table:table table:name="a" table:style-name="h">{row}</table:table>'
    shown = f'<table:table table:name="b">{row.replace("甲", "乙")}</table:table>'
    assert read(ods(hidden + shown, styles), "表.ods").text == "乙\n"
    endless = ods(shown.replace("table-row>", 'table-row table:number-rows-repeated="900000">', 1))
    with pytest.raises(UnreadableDocument, match="区域过大"):
        read(endless, "表.ods")


def test_xls():
    head = [(0, 0, "任务"), (0, 1, "责任单位")]
    body = [(1, 0, "整治"), (1, 1, "城管局"), (2, 1, "民政局")]
    found = read(xls(head + body, merged=[(1, 2, 0, 0)]), "责任表.xls")
    assert (found.format, found.text) == ("xls", "任务\t责任单位\n整治\t城管局\n\t民政局\n")
    assert cells(found)[2] == (1, 0, 2, 1, "整治")


def test_xls_values_read_as_they_are_shown():
    cells = [(0, 0, "目标值"), (0, 1, 0.95), (0, 2, 44409.0), (0, 3, 12.0)]
    formats = ["General", "0%", 'yyyy"年"m"月"']
    data = xls(cells, formats=formats, styles={(0, 1): 1, (0, 2): 2})
    assert read(data, "指标.xls").text == "目标值\t95%\t2021年8月\t12\n"


def test_a_broken_workbook_is_damaged():
    data = bytearray(xls([(0, 0, "任务")]))
    data[1536:1552] = b"\xff" * 16
    with pytest.raises(UnreadableDocument) as caught:
        read(bytes(data), "责任表.xls")
    assert caught.value.code in ("damaged", "empty")


def test_errors_of_formulas_are_shown_and_do_not_read_as_empty():
    data = failing(rows_xlsx(["任务", "时限"], ["清理河道", "x"]), {"B2": "#REF!"})
    assert "#REF!" in str(read_document(data, "计划.xlsx").text)
