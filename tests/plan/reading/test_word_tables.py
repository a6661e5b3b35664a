"""Tables of a .docx: merged, nested, deleted, and tables that are only a frame."""

from chuangwen.plan.reading import read_document
from tests.plan.reading.word_files import cell, docx, p, row, table


def read(body: str):
    return read_document(docx(body), "计划.docx")


def places(found):
    return [
        (c.row, c.column, c.row_span, c.column_span, found.text[c.start : c.end])
        for line in found.tables[0].rows
        for c in line
    ]


def test_merged_cells_appear_once_with_their_spans():
    found = read(
        table(
            row("序号", cell("责任", span=2)),
            row(cell("1", merge="restart"), "区民政局", "区教体局"),
            row(cell("", merge="continue"), "区司法局", "区卫健局"),
        )
    )
    assert found.text == "序号\t责任\t\n1\t区民政局\t区教体局\n\t区司法局\t区卫健局\n"
    assert places(found) == [
        (0, 0, 1, 1, "序号"), (0, 1, 1, 2, "责任"),
        (1, 0, 2, 1, "1"), (1, 1, 1, 1, "区民政局"), (1, 2, 1, 1, "区教体局"),
        (2, 1, 1, 1, "区司法局"), (2, 2, 1, 1, "区卫健局"),
    ]  # fmt: skip


def test_the_range_of_a_table_is_its_lines():
    found = read(p("前") + table(row("甲", "乙"), row("丙", "丁")) + p("后"))
    only = found.tables[0]
    assert found.text[only.start : only.end] == "甲\t乙\n丙\t丁"


def test_paragraphs_of_a_cell_are_one_line():
    found = read(table(row(cell("区民政局", "区教体局"), "6月")))
    assert found.text == "区民政局 区教体局\t6月\n"


def test_rows_deleted_under_tracking_are_left_out():
    found = read(table(row("甲", "乙"), row("丙", "丁", properties="<w:del/>"), row("戊", "己")))
    assert found.text == "甲\t乙\n戊\t己\n"


def test_rows_that_begin_later_keep_their_columns():
    found = read(table(row("甲", "乙"), row("丁", properties='<w:gridBefore w:val="1"/>')))
    assert places(found)[-1] == (1, 1, 1, 1, "丁")


def test_a_small_table_in_a_cell_stays_in_the_cell():
    inner = table(row("上", "下"))
    found = read(table(row("任务说明文字", "单位名称文字"), row(cell(inner, "备注"), "城管局")))
    assert found.text.splitlines()[1] == "上 下 备注\t城管局"
    assert len(found.tables) == 1


def test_a_table_around_a_table_is_only_a_frame():
    inner = table(row("任务", "责任单位"), row("整治占道经营", "区综合行政执法局"))
    found = read(table(row(cell("责任表"), cell(inner))))
    assert found.text == "责任表\n任务\t责任单位\n整治占道经营\t区综合行政执法局\n"
    assert places(found)[3][4] == "区综合行政执法局"


def test_a_table_of_one_column_is_a_list_of_lines():
    found = read(table(row("一、目标"), row("二、措施")))
    assert (found.text, found.tables) == ("一、目标\n二、措施\n", ())
