from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from chuangwen.reports.text import chinese_date, clean_text, em_width, has_long_word, one_line


@given(st.text(st.characters(), max_size=200))
def test_cleaned_text_is_always_valid_xml(text: str) -> None:
    element = etree.Element("t")
    element.text = clean_text(text)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (
        clean_text(text) or None
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"),
        ("序号\t单位", "序号 单位"),
        ("区\x00城\x07管\ufffe局", "区城管局"),
        ("半个\ud83d表情", "半个表情"),
        ("付款\u202e元001", "付款元001"),
        ("𠮷野家😀👨‍👩‍👧", "𠮷野家😀👨‍👩‍👧"),
    ],
)
def test_only_what_cannot_be_printed_is_removed(text: str, expected: str) -> None:
    assert clean_text(text) == expected


def test_one_line_joins_lines_and_runs_of_white_space() -> None:
    assert one_line(" 区发改局\n （牵头）\t ") == "区发改局 （牵头）"


def test_widths_follow_chinese_and_latin_characters() -> None:
    assert em_width("道路照明亮灯率") == 7
    assert em_width("2021年") == 3
    assert em_width("𠮷") == 1
    assert em_width("e\u0301") == 0.5


def test_dates_have_no_leading_zeros() -> None:
    assert chinese_date(date(2021, 8, 6)) == "2021年8月6日"


def test_an_address_counts_as_a_long_word_and_a_name_does_not() -> None:
    assert has_long_word("见https://example.org/notice/2021")
    assert not has_long_word("GDP占比 Times New Roman")
