"""The measures of GB/T 9704-2012, read back from the written file."""

import pytest

from chuangwen.reports.official import OfficialDocument, Paragraph, Table
from chuangwen.reports.official.blocks import Column
from tests.reports.docx_reading import W, WrittenDocx, value

PLAIN = OfficialDocument(title="通知", blocks=(Paragraph("请按要求抓好落实。"),))


def twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def page(section: object) -> dict[str, int]:
    attributes = {**section.find(f"{W}pgSz").attrib, **section.find(f"{W}pgMar").attrib}
    return {key.removeprefix(W): int(v) for key, v in attributes.items() if v.isdigit()}


def test_a4_with_head_margin_37_and_binding_margin_28() -> None:
    (section,) = WrittenDocx(PLAIN).sections()
    measured = page(section)
    assert (measured["w"], measured["h"]) == (twips(210), twips(297)) == (11906, 16838)
    assert measured["top"] == twips(37) == 2098
    assert measured["left"] == twips(28) == 1587
    assert measured["right"] == twips(26) == 1474
    assert measured["bottom"] == twips(35) == 1984


def test_a_turned_page_turns_its_margins_so_that_the_booklet_binds_at_the_same_edge() -> None:
    (section,) = WrittenDocx(
        OfficialDocument(title="表", blocks=PLAIN.blocks, landscape=True)
    ).sections()
    measured = page(section)
    assert section.find(f"{W}pgSz").get(f"{W}orient") == "landscape"
    assert (measured["w"], measured["h"]) == (16838, 11906)
    assert (measured["top"], measured["bottom"]) == (twips(28), twips(26))
    assert (measured["left"], measured["right"]) == (twips(35), twips(37))


def test_22_lines_fill_the_page_without_a_character_grid() -> None:
    docx = WrittenDocx(PLAIN)
    (section,) = docx.sections()
    assert value(section, "docGrid", "type") == "lines"
    assert value(section, "docGrid", "linePitch") == "579"
    body = docx.style("BodyText")
    assert value(body, "pPr/spacing", "line") == "579"
    assert value(body, "pPr/spacing", "lineRule") == "exact"
    assert 22 * 579 <= twips(225) < 23 * 579


def test_28_characters_fill_the_line_and_29_do_not() -> None:
    body = WrittenDocx(PLAIN).style("BodyText")
    character = int(value(body, "rPr/sz")) * 10 + int(value(body, "rPr/spacing"))
    assert 28 * character <= 11906 - 1587 - 1474 < 29 * character


@pytest.mark.parametrize(
    ("style", "half_points", "font"),
    [
        ("BodyText", "32", "仿宋_GB2312"),
        ("DocumentTitle", "44", "方正小标宋简体"),
        ("Heading1", "32", "黑体"),
        ("Heading2", "32", "楷体_GB2312"),
        ("Heading3", "32", "仿宋_GB2312"),
        ("Heading4", "32", "仿宋_GB2312"),
        ("Imprint", "28", "仿宋_GB2312"),
        ("PageNumber", "28", "宋体"),
        ("TableText", "24", "仿宋_GB2312"),
        ("DenseText", "21", "仿宋_GB2312"),
    ],
)
def test_sizes_and_fonts(style: str, half_points: str, font: str) -> None:
    markup = WrittenDocx(PLAIN).style(style)
    assert value(markup, "rPr/sz") == half_points
    assert value(markup, "rPr/rFonts", "eastAsia") == font
    latin = "宋体" if style == "PageNumber" else "Times New Roman"
    assert value(markup, "rPr/rFonts", "ascii") == latin


def test_paragraphs_start_two_characters_in() -> None:
    indent = WrittenDocx(PLAIN).style("BodyText").find(f"{W}pPr/{W}ind")
    assert indent.get(f"{W}firstLineChars") == "200"
    assert indent.get(f"{W}firstLine") == "630"


def test_title_is_centred() -> None:
    assert value(WrittenDocx(PLAIN).style("DocumentTitle"), "pPr/jc") == "center"


def test_page_numbers_stand_at_the_outer_edge_one_character_in() -> None:
    docx = WrittenDocx(PLAIN)
    assert docx.parts["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    odd, even = (docx.parts[f"word/footer{n}.xml"].find(f"{W}p") for n in (1, 2))
    assert (value(odd, "pPr/jc"), value(odd, "pPr/ind", "right")) == ("right", "280")
    assert (value(even, "pPr/jc"), value(even, "pPr/ind", "left")) == ("left", "280")
    for footer in (odd, even):
        shown = "".join(node.text for node in footer.iter(f"{W}t", f"{W}instrText"))
        assert shown == "—  PAGE 1 —"


def test_a_wide_table_turns_its_own_pages_only() -> None:
    table = Table((Column("任务", 225),), (("一",),), landscape=True)
    docx = WrittenDocx(
        OfficialDocument(title="通知", blocks=(Paragraph("前"), table, Paragraph("后")))
    )
    turned = [value(section, "pgSz", "orient") for section in docx.sections()]
    assert turned == [None, "landscape", None]


def test_a_table_wider_than_its_page_is_refused() -> None:
    table = Table((Column("任务", 157),), (("一",),))
    with pytest.raises(ValueError, match="157 mm wide"):
        WrittenDocx(OfficialDocument(title="通知", blocks=(table,)))
