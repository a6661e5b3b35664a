"""The text of a PDF: reading order, paragraphs, what belongs to the page and not to the text."""

import pytest

from chuangwen.plan.reading import UnreadableDocument
from chuangwen.plan.reading.pdf import read_pdf
from tests.plan.reading.pdf_files import Page, pdf

FULL = "持续推进文明城市创建工作落实各项责任确保主次干道整洁"  # 26 characters fill a line


def lines(count: int) -> list[str]:
    """Full lines, none like another: equal objects side by side count as bold print."""
    return [f"{chr(ord('丁') + number)}{FULL[1:]}" for number in range(count)]


A, B, *_ = lines(2)


def read(*pages: Page):
    return read_pdf(pdf(pages), "计划.pdf")


def code_of(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableDocument) as caught:
        read_pdf(data, "计划.pdf")
    return caught.value.code, caught.value.message


def test_wrapped_lines_are_joined_and_indents_begin_paragraphs():
    page = Page().lines(
        f"\u3000\u3000{FULL[:24]}", FULL, "有序。", f"\u3000\u3000{FULL[:24]}", "到位。"
    )
    assert read(page).text == f"{FULL[:24]}{FULL}有序。\n{FULL[:24]}到位。\n"


def test_headings_and_short_lines_stand_alone():
    page = Page().lines("一、工作目标", "（一）环境整洁", f"\u3000\u3000{FULL[:24]}", "有序。")
    assert read(page).text.splitlines()[:2] == ["一、工作目标", "（一）环境整洁"]


def test_paragraphs_without_indent_end_at_a_heading_or_a_gap():
    page = Page().lines(FULL, f"{FULL[:25]}。", f"2.{FULL[:24]}", A)
    page.lines(B, top=740 - 28 * 6)
    assert read(page).text.splitlines() == [f"{FULL}{FULL[:25]}。", f"2.{FULL[:24]}{A}", B]


def test_a_number_that_did_not_fit_the_line_is_joined():
    page = Page().lines(A, B, FULL[:22], "2021—2023年完成。")
    assert read(page).text == f"{A}{B}{FULL[:22]}2021—2023年完成。\n"


def test_reading_order_is_that_of_the_page_and_not_of_the_file():
    page = Page().text(80, 600, "二、措施").text(80, 700, "一、目标").text(240, 700, "（总则）")
    assert read(page).text == "一、目标 （总则）\n二、措施\n"


def test_a_paragraph_runs_over_the_page_end_without_numbers_and_heads():
    def page(number: int, *texts: str) -> Page:
        return (
            Page()
            .text(200, 800, "东区创建办文件汇编", 10)
            .lines(*texts)
            .text(280, 50, f"— {number} —", 14)
        )

    first = page(1, f"\u3000\u3000{FULL[:24]}", *lines(18))
    second = page(2, "有序。", "\u3000\u3000二、措施")
    third = page(3, "\u3000\u3000三、保障")
    assert read(first, second, third).text == (
        f"{FULL[:24]}{''.join(lines(18))}有序。\n二、措施\n三、保障\n"
    )


@pytest.mark.parametrize("number", ["3", "- 3 -", "—3—", "第 3 页 共 9 页", "3/9", "Page 3 of 9"])
def test_ways_to_number_a_page(number):
    page = Page().lines("一、目标", *lines(19)).text(280, 50, number, 12)
    assert number not in read(page).text


def test_a_number_in_the_body_stays():
    page = Page().lines("一、目标", *lines(8), "2021", *lines(18)[8:])
    assert "2021" in read(page).text


@pytest.mark.parametrize(
    ("turn", "place"),
    [("0 1 -1 0", (400, 100)), ("-1 0 0 -1", (500, 400)), ("0 -1 1 0", (100, 700))],
)
def test_pages_printed_sideways(turn, place):
    x, y = place
    below = {"0 1 -1 0": (28, 0), "-1 0 0 -1": (0, 28), "0 -1 1 0": (-28, 0)}[turn]
    page = Page(rotate=90).text(x, y, "1.目标", turn=turn)
    page.text(x + below[0], y + below[1], "2.措施", turn=turn)
    assert read(page).text == "1.目标\n2.措施\n"


def test_slanted_watermarks_are_left_out_and_bold_print_counts_once():
    page = Page().text(200, 300, "内部资料", 40, turn="0.7 0.7 -0.7 0.7")
    page.text(80, 700, "一、目标").text(80.4, 700, "一、目标")
    assert read(page).text == "一、目标\n"


def test_latin_words_keep_their_spaces_and_radicals_become_characters():
    assert read(Page().text(80, 700, "使用 Word Excel")).text == "使用 Word Excel\n"
    assert read(Page().text(80, 700, "⽂明城市")).text == "文明城市\n"


def test_a_scan_is_refused_and_its_pages_are_named():
    text = Page().lines(A, B)
    assert code_of(pdf([Page().picture()]))[0] == "scanned"
    code, message = code_of(pdf([text, Page().picture(), Page().picture().text(280, 50, "3")]))
    assert code == "scanned"
    assert "第 2、3 页" in message


def test_a_picture_behind_text_is_no_scan():
    assert read(Page().picture().lines(A, B)).text == f"{A}{B}\n"


def test_locked_files():
    locked = pdf([Page().lines(FULL)], password="secret")
    assert code_of(locked)[0] == "encrypted"
    assert read_pdf(pdf([Page().lines(FULL)], password=""), "计划.pdf").text == f"{FULL}\n"


def test_other_unusable_files():
    assert code_of(pdf([Page()]))[0] == "empty"
    assert code_of(b"%PDF-1.7\nnothing")[0] == "damaged"
    assert code_of(pdf([Page().lines("\ue001\ue002\ue003\ue004一")]))[0] == "garbled"
    code, message = code_of(pdf([Page().lines("一")] * 501))
    assert code == "too_large"
    assert "501 页" in message
