"""Tables drawn with rules: merged cells, wrapped cells, page ends."""

from itertools import pairwise

from chuangwen.plan.reading.pdf import read_pdf
from tests.plan.reading.pdf_files import Page, pdf

XS = [80, 130, 330, 530]


def ruled(page: Page, ys: list[float], xs: list[float] = XS) -> Page:
    """All rules of a grid, cell by cell, as word processors draw them."""
    for y in ys:
        for left, right in pairwise(xs):
            page.rule(left, y, right, y)
    for x in xs:
        for top, bottom in pairwise(ys):
            page.rule(x, top, x, bottom)
    return page


def fill(page: Page, row: float, *texts: str, xs: list[float] = XS) -> Page:
    """Texts of a row, 14 points high; a line feed in a text starts the next printed line."""
    for x, text in zip(xs, texts, strict=False):
        for index, line in enumerate(text.split("\n")):
            page.text(x + 4, row - 20 - 18 * index, line, 14)
    return page


def read(*pages: Page):
    return read_pdf(pdf(pages), "责任表.pdf")


def cells(found):
    return [
        (c.row, c.column, c.row_span, c.column_span, found.text[c.start : c.end])
        for line in found.tables[0].rows
        for c in line
    ]


def test_a_row_is_a_line_although_its_cells_wrap():
    page = ruled(Page().text(200, 760, "责任分解表"), [740, 700, 640])
    fill(page, 740, "序号", "工作任务", "责任单位")
    fill(page, 700, "1", "整治城区主次干道占道经营\n行为", "区住建局\n区民政局")
    page.text(80, 600, "注：按月报送。")
    found = read(page)
    assert found.text == (
        "责任分解表\n序号\t工作任务\t责任单位\n"
        "1\t整治城区主次干道占道经营 行为\t区住建局 区民政局\n注：按月报送。\n"
    ).replace("经营 行为", "经营行为")
    assert len(found.tables) == 1


def test_merged_cells():
    page = Page()
    for y in (740, 700, 620):
        page.rule(80, y, 530, y)
    page.rule(130, 660, 530, 660)
    for x in (80, 130, 530):
        page.rule(x, 740, x, 620)
    page.rule(330, 700, 330, 620)
    fill(page, 740, "序号", "任务和单位")
    fill(page, 700, "1", "整治", "区住建局")
    fill(page, 660, "", "清扫", "区民政局")
    assert cells(read(page)) == [
        (0, 0, 1, 1, "序号"), (0, 1, 1, 2, "任务和单位"),
        (1, 0, 2, 1, "1"), (1, 1, 1, 1, "整治"), (1, 2, 1, 1, "区住建局"),
        (2, 1, 1, 1, "清扫"), (2, 2, 1, 1, "区民政局"),
    ]  # fmt: skip


def test_a_table_open_at_its_sides():
    page = Page()
    for y in (740, 700, 660):
        page.rule(80, y, 530, y)
    page.rule(330, 740, 330, 660)
    fill(page, 740, "工作任务", "", "责任单位", xs=[80, 200, 330])
    fill(page, 700, "整治", "", "区住建局", xs=[80, 200, 330])
    assert read(page).text == "工作任务\t责任单位\n整治\t区住建局\n"


def test_a_table_runs_over_the_page_end():
    head = ("序号", "工作任务", "责任单位")
    first = fill(ruled(Page(), [200, 160, 120]), 200, *head)
    fill(first, 160, "1", "整治占道经营，确保市容", "区住建局")
    second = fill(ruled(Page(), [740, 700, 660, 620]), 740, *head)
    fill(second, 700, "", "整洁。")
    fill(second, 660, "2", "清扫。", "区民政局")
    found = read(first.text(280, 50, "— 1 —", 12), second.text(280, 50, "— 2 —", 12))
    assert found.text == (
        "序号\t工作任务\t责任单位\n1\t整治占道经营，确保市容整洁。\t区住建局\n2\t清扫。\t区民政局\n"
    )


def test_a_merged_cell_goes_on_after_the_page_end():
    first = fill(ruled(Page(), [160, 120]), 160, "环境", "整治占道经营。", "区住建局")
    second = fill(ruled(Page(), [740, 700]), 740, "", "清扫街道。", "区民政局")
    assert cells(read(first, second))[0] == (0, 0, 2, 1, "环境")


def test_tables_of_different_columns_stay_apart():
    first = fill(ruled(Page(), [160, 120]), 160, "1", "整治", "区住建局")
    second = fill(ruled(Page(), [740, 700], [80, 300, 530]), 740, "清扫", "区民政局", xs=[80, 300])
    assert len(read(first, second).tables) == 2


def test_underlines_boxes_and_drawings_are_no_tables():
    page = Page().lines("一、目标", "二、措施").rule(80, 735, 200, 735).rule(80, 700, 200, 700)
    for x0, y0, x1, y1 in [(40, 40, 560, 40), (40, 800, 560, 800), (40, 40, 40, 800)]:
        page.rule(x0, y0, x1, y1)
    page.rule(560, 40, 560, 800)
    assert read(page).tables == ()


def test_a_crowded_drawing_is_read_as_text():
    page = Page().lines("一、目标")
    for index in range(500):
        page.rule(
            80 + index % 25 * 18,
            100 + index // 25 * 20,
            84 + index % 25 * 18,
            100 + index // 25 * 20,
        )
    assert read(page).text == "一、目标\n"
