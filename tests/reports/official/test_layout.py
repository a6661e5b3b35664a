"""Pages as LibreOffice lays them out: sizes, lines, characters, places and text."""

from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from chuangwen.reports.duty_sheet import ActionDuties, ActionTask
from chuangwen.reports.official import (
    Imprint,
    OfficialDocument,
    Paragraph,
    responsibility_table_document,
    unit_duty_document,
)
from tests.reports import notice

pytestmark = pytest.mark.office
Pages = Callable[[OfficialDocument], pypdfium2.PdfDocument]
MM = 72 / 25.4


def text_on(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_bounded().replace("\r\n", "\n")


def joined(document: pypdfium2.PdfDocument) -> str:
    return "".join("".join(text_on(page).split()) for page in document)


def places(page: pypdfium2.PdfPage, wanted: str) -> list[tuple[float, float, float, float]]:
    """Return left, bottom, right, top in mm of each character of `wanted` on the page."""
    text = page.get_textpage()
    found = range(text.count_chars())
    boxes = [text.get_charbox(i) for i in found if text.get_text_range(i, 1) in wanted]
    return [tuple(side / MM for side in box) for box in boxes]


def test_a_page_holds_22_lines_of_28_characters(pages_of: Pages) -> None:
    body = OfficialDocument(title="通知", blocks=(Paragraph("文" * 28 * 60, indented=False),))
    second = text_on(pages_of(body)[1]).strip().split("\n")
    lines = [line for line in second if line.startswith("文")]
    assert [len(line) for line in lines] == [28] * 22


def test_paper_text_area_and_page_number(pages_of: Pages) -> None:
    body = OfficialDocument(title="通知", blocks=(Paragraph("文" * 28 * 60, indented=False),))
    pages = pages_of(body)
    assert [round(side / MM) for side in pages[0].get_size()] == [210, 297]
    left, bottom, right, top = zip(*places(pages[1], "文"), strict=True)
    assert min(left) == pytest.approx(28, abs=1)
    assert max(right) == pytest.approx(184, abs=1)
    # A line is 10.2 mm high and its characters 5 mm: where in the line they stand is the program's.
    assert 260 - 5.3 < max(top) < 260.2
    assert 34.8 < min(bottom) < 35 + 5.3
    odd, even = places(pages[2], "—"), places(pages[1], "—")
    assert max(box[2] for box in odd) == pytest.approx(184 - 4.9, abs=1.5)
    assert min(box[0] for box in even) == pytest.approx(28 + 4.9, abs=1.5)
    for box in (*odd, *even):
        assert 35 - (box[1] + box[3]) / 2 == pytest.approx(7, abs=1)


def test_imprint_ends_at_the_foot_of_the_text_area(pages_of: Pages) -> None:
    imprint = Imprint(copies_to=("市创文办",), printed_by="区创文办", printed_on=date(2021, 8, 9))
    pages = pages_of(OfficialDocument(title="通知", blocks=(Paragraph("文"),), imprint=imprint))
    assert len(pages) == 1
    (printed,) = (box for box in places(pages[0], "印"))
    assert printed[1] == pytest.approx(36.5, abs=1.5)


def test_responsibility_table_turned_with_numbers_at_the_left(pages_of: Pages) -> None:
    pages = pages_of(responsibility_table_document(notice.responsibility_table()))
    assert {tuple(round(side / MM) for side in page.get_size()) for page in pages} == {(297, 210)}
    assert 3 <= len(pages) <= 6
    assert all("牵头单位" in text_on(page) for page in list(pages)[:-1])
    everything = joined(pages)
    for action in notice.ACTIONS:
        assert action.title in everything
        assert all("".join(task.text.split()) in everything for task in action.tasks)
    odd, even = places(pages[0], "—"), places(pages[1], "—")
    assert all(box[2] < 35 for box in (*odd, *even))
    assert max(box[3] for box in odd) < 105 < min(box[1] for box in even)


def test_2000_rows_become_pages_with_a_header_each(pages_of: Pages) -> None:
    tasks = tuple(ActionTask(number=f"1.{n}", text=f"第{n}项：开展集中整治。") for n in range(2000))
    actions = (ActionDuties(number=1, title="公共环境提升行动", tasks=tasks),)
    pages = pages_of(responsibility_table_document(notice.responsibility_table(actions)))
    everything = joined(pages)
    assert everything.count("重点任务") >= len(pages) - 1
    assert all(f"第{n}项" in everything for n in (0, 999, 1999))
    assert len(pages) < 250


def test_very_long_and_rare_text_stays_on_the_page(pages_of: Pages) -> None:
    task = ActionTask(number="1.1", text="𠮷野家😀" + "抓好落实，" * 800 + "x" * 300 + "完")
    actions = (ActionDuties(number=1, title="公共环境提升行动", tasks=(task,)),)
    pages = pages_of(responsibility_table_document(notice.responsibility_table(actions)))
    everything = joined(pages)
    assert everything.count("抓") == 800
    assert everything.count("x") == 300
    assert "𠮷" in everything
    for page in pages:
        assert all(box[2] <= 262 for box in places(page, "抓落实x完"))


def test_a_units_sheet_is_upright_and_its_lines_to_sign_stay_together(pages_of: Pages) -> None:
    pages = pages_of(unit_duty_document(notice.duty_sheet_of_development_bureau()))
    assert {tuple(round(side / MM) for side in page.get_size()) for page in pages} == {(210, 297)}
    assert len(pages) <= 4
    (signing,) = [text_on(page) for page in pages if "签收人" in text_on(page)]
    assert "签收日期" in signing
    assert "签收单位" in signing
