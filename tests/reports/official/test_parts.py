"""版头, addressees, attachments, signature and 版记 in their places."""

from datetime import date

import pytest

from chuangwen.reports.official import (
    Attachment,
    Heading,
    Imprint,
    OfficialDocument,
    Paragraph,
    RedHead,
)
from tests.reports import notice
from tests.reports.docx_reading import W, WrittenDocx, style_of, text_of, value

TEXT = (Paragraph("请按要求抓好落实。"),)


def test_red_head_is_red_and_ends_in_a_red_rule_under_the_number() -> None:
    docx = WrittenDocx(
        OfficialDocument(
            title="通知",
            number="攀东创文指〔2021〕6号",
            blocks=TEXT,
            red_head=RedHead(mark="攀枝花市东区创建全国文明城市指挥部文件", urgency="特急"),
        )
    )
    assert value(docx.style("IssuerMark"), "rPr/color") == "FF0000"
    (mark,) = docx.paragraphs("IssuerMark")
    points, scale = int(value(mark, "r/rPr/sz")) / 2, int(value(mark, "r/rPr/w")) / 100
    assert points * scale * len(text_of(mark)) <= 156 / 25.4 * 72
    (number,) = docx.paragraphs("DocumentNumber")
    assert text_of(number) == "攀东创文指〔2021〕6号"
    assert value(number, "pPr/pBdr/bottom", "color") == "FF0000"
    assert docx.texts("HeadItem") == ["", "", "特急"]


def test_red_head_starts_35_mm_below_the_text_area() -> None:
    docx = WrittenDocx(OfficialDocument(title="通知", blocks=TEXT, red_head=RedHead(mark="文件")))
    (mark,) = docx.paragraphs("IssuerMark")
    above = len(docx.paragraphs("HeadItem")) * 579 + int(value(mark, "pPr/spacing", "before"))
    assert above == round(35 / 25.4 * 1440)


def test_a_document_to_a_superior_names_its_signer_beside_the_number() -> None:
    docx = WrittenDocx(
        OfficialDocument(
            title="请示", number="攀东府〔2021〕9号", red_head=RedHead(mark="文件", signer="王芳")
        )
    )
    assert docx.texts("DocumentNumber") == ["　攀东府〔2021〕9号\t签发人：王芳"]


def test_addressees_end_in_one_colon() -> None:
    for given in (
        "各街道办事处、区级各部门",
        "各街道办事处、区级各部门：",
        "各街道办事处、区级各部门:",
    ):
        docx = WrittenDocx(OfficialDocument(title="通知", addressees=given, blocks=TEXT))
        assert docx.texts("Addressee") == ["各街道办事处、区级各部门："]


def test_headings_are_numbered_and_run_in_text_keeps_the_body_style() -> None:
    docx = WrittenDocx(
        OfficialDocument(
            title="通知",
            blocks=(
                Heading(1, "工作要求"),
                Heading(2, "加强组织领导。", "区委、区政府定期研究。"),
                Heading(3, "落实责任"),
                Heading(1, "第三部分", numbered=False),
            ),
        )
    )
    assert docx.texts("Heading1") == ["一、工作要求", "第三部分"]
    assert docx.texts("Heading3") == ["1.落实责任"]
    (run_in,) = docx.paragraphs("BodyText")
    assert text_of(run_in) == "（一）加强组织领导。区委、区政府定期研究。"
    assert value(run_in, "r/rPr/rFonts", "eastAsia") == "楷体_GB2312"


def test_headings_never_stand_alone_at_the_foot_of_a_page() -> None:
    docx = WrittenDocx(OfficialDocument(title="通知", blocks=TEXT))
    for level in (1, 2, 3, 4):
        style = docx.style(f"Heading{level}")
        assert style.find(f"{W}pPr/{W}keepNext") is not None
        assert value(style, "pPr/outlineLvl") == str(level - 1)


def test_date_is_four_characters_in_and_the_issuer_is_centred_on_it() -> None:
    docx = WrittenDocx(
        OfficialDocument(title="通知", issuer="区创文办", dated=date(2021, 8, 6), blocks=TEXT)
    )
    issuer, day = docx.paragraphs("Signature")[-2:]
    assert text_of(day) == "2021年8月6日"
    assert value(day, "pPr/ind", "rightChars") == "400"
    assert value(day, "pPr/ind", "right") == str(4 * 315)
    day_width, issuer_width = 6 * 320 - 9 * 5, 4 * 320 - 4 * 5
    issuer_inset = int(value(issuer, "pPr/ind", "right"))
    assert issuer_inset + issuer_width / 2 == pytest.approx(4 * 315 + day_width / 2, abs=1)


def test_a_long_issuer_does_not_leave_the_page() -> None:
    docx = WrittenDocx(
        OfficialDocument(
            title="通知", issuer=notice.ISSUER * 2, dated=date(2021, 8, 6), blocks=TEXT
        )
    )
    assert value(docx.paragraphs("Signature")[-2], "pPr/ind", "right") == "0"


def test_the_signature_never_stands_on_a_page_without_text() -> None:
    docx = WrittenDocx(
        OfficialDocument(
            title="通知",
            issuer="区创文办",
            dated=date(2021, 8, 6),
            blocks=TEXT,
            attachments=(Attachment(title="名单"),),
        )
    )
    (last_text,) = docx.paragraphs("BodyText")
    assert last_text.find(f"{W}pPr/{W}keepNext") is not None
    for style in ("AttachmentList", "Signature"):
        assert docx.style(style).find(f"{W}pPr/{W}keepNext") is not None
    assert value(docx.paragraphs("Signature")[-1], "pPr/keepNext") == "0"


def test_one_attachment_has_no_figure_and_several_have() -> None:
    one = WrittenDocx(
        OfficialDocument(title="通知", blocks=TEXT, attachments=(Attachment(title="名单。"),))
    )
    assert one.texts("AttachmentList") == ["", "附件：名单"]
    two = WrittenDocx(
        OfficialDocument(
            title="通知",
            blocks=TEXT,
            attachments=(Attachment(title="工作安排"), Attachment(title="责任分解表", blocks=TEXT)),
        )
    )
    assert two.texts("AttachmentList") == ["", "附件：1.\t工作安排", "2.\t责任分解表"]
    assert two.texts("AttachmentMark")[0] == "附件2"
    assert len(two.sections()) == 2


def test_imprint_lies_on_the_foot_of_the_text_area() -> None:
    docx = WrittenDocx(
        OfficialDocument(
            title="通知",
            blocks=TEXT,
            imprint=Imprint(
                copies_to=("市创文办", "区法院"),
                printed_by="区创文办",
                printed_on=date(2021, 8, 9),
            ),
        )
    )
    assert docx.texts("Imprint") == ["抄送：市创文办，区法院。", "区创文办\t2021年8月9日印发"]
    (table,) = docx.body.iter(f"{W}tbl")
    assert value(table, "tblPr/tblpPr", "tblpYSpec") == "bottom"
    sizes = [
        value(table, f"tblPr/tblBorders/{edge}", "sz") for edge in ("top", "insideH", "bottom")
    ]
    assert sizes == ["8", "6", "8"]


def test_control_characters_never_reach_the_file() -> None:
    bad = "区\x00城\x0b管\x1b局\ufffe\ud800𠮷😀\t<b>&"
    docx = WrittenDocx(
        OfficialDocument(title=bad, issuer=bad, addressees=bad, note=bad, blocks=(Paragraph(bad),))
    )
    (body, note) = docx.texts("BodyText")
    assert body == "区城\n管局𠮷😀 <b>&"
    assert note == "（区城 管局𠮷😀 <b>&）"


def test_a_long_address_may_break_anywhere_and_ordinary_words_may_not() -> None:
    docx = WrittenDocx(
        OfficialDocument(
            title="通知",
            blocks=(Paragraph("见https://example.org/2021/08"), Paragraph("占GDP比重")),
        )
    )
    address, ordinary = docx.paragraphs("BodyText")
    assert value(address, "pPr/wordWrap") == "0"
    assert ordinary.find(f"{W}pPr/{W}wordWrap") is None
    assert style_of(address) == "BodyText"
