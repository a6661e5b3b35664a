"""Automatic numbers: not in the text of the file, yet on the page that people read."""

import pytest

from chuangwen.plan.reading import read_document
from chuangwen.plan.reading.word.numerals import write_number
from tests.plan.reading.word_files import docx, listed, numbering, p

PLAN = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def lines(body: str, levels: str = PLAN, **parts) -> list[str]:
    return read_document(docx(body, numbering=levels, **parts), "计划.docx").text.splitlines()


def test_levels_count_and_restart_below_a_new_heading():
    body = "".join(
        listed(text, level)
        for text, level in [("总则", 0), ("思想", 1), ("甲", 2), ("乙", 2), ("目标", 1), ("丙", 2)]
    )
    assert lines(body + listed("任务", 0) + listed("环境", 1)) == [
        "一、总则", "（一）思想", "1. 甲", "2. 乙", "（二）目标", "1. 丙", "二、任务", "（一）环境",
    ]  # fmt: skip


def test_plain_paragraphs_between_do_not_disturb_the_count():
    assert lines(listed("甲") + p("正文") + listed("乙")) == ["一、甲", "正文", "二、乙"]


def test_a_number_of_several_levels():
    levels = numbering(("decimal", "%1"), ("decimal", "%1.%2"), suffix="space")
    assert lines(listed("甲") + listed("乙", 1) + listed("丙", 1), levels)[2] == "1.2 丙"


def test_bullets_leave_no_sign_and_no_suffix_no_space():
    assert lines(listed("甲"), numbering(("bullet", "\uf06c"))) == ["甲"]
    assert lines(listed("甲"), numbering(("decimal", "%1."), suffix="nothing")) == ["1.甲"]


def test_a_second_list_of_the_same_definition_continues_unless_it_starts_over():
    again = '<w:num w:numId="2"><w:abstractNumId w:val="7"/>{}</w:num>'
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = listed("甲") + listed("乙", key=2) + listed("丙", key=2)
    levels = [("decimal", "%1.")]
    assert lines(body, numbering(*levels, extra=again.format("")))[1:] == ["2. 乙", "3. 丙"]
    assert lines(body, numbering(*levels, extra=again.format(start)))[1:] == ["1. 乙", "2. 丙"]


def test_a_style_brings_its_number_and_zero_takes_it_away():
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h"><w:basedOn w:val="base"/></w:style>'
    )
    off = '<w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("思想", '<w:pStyle w:val="h"/>') + p("无号", off)
    assert lines(body, styles=styles) == ["（一）思想", "无号"]


def test_a_deleted_paragraph_is_not_counted():
    gone = listed("").replace("</w:numPr>", "</w:numPr><w:rPr><w:del/></w:rPr>")
    assert lines(listed("甲") + gone + listed("乙")) == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("chineseCountingThousand", "二十三"), ("ideographDigital", "二三"), ("decimalZero", "23"),
        ("decimalFullWidth", "２３"), ("lowerLetter", "w"), ("upperRoman", "XXIII"),
        ("decimalEnclosedCircleChinese", "23"), ("chineseLegalSimplified", "贰拾叁"),
        ("somethingNew", "23"),
    ],
)  # fmt: skip
def test_number_formats(number_format, expected):
    assert write_number(23, number_format) == expected


def test_circled_numbers():
    assert write_number(3, "decimalEnclosedCircleChinese") == "③"
