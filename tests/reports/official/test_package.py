"""The container: fonts by name, no traces of people or machines, the same bytes each time."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from chuangwen.reports.official import (
    Attachment,
    Imprint,
    OfficialDocument,
    Paragraph,
    RedHead,
    responsibility_table_document,
)
from tests.reports import notice
from tests.reports.docx_reading import W, WrittenDocx, written

DOCUMENT = OfficialDocument(
    title="关于开展\n检查的通知", dated=date(2021, 8, 6), blocks=(Paragraph("请落实。"),)
)


def test_fonts_are_named_with_free_stand_ins_and_never_embedded() -> None:
    docx = WrittenDocx(DOCUMENT)
    fonts = docx.parts["word/fontTable.xml"]
    names = {
        font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val").split(",") for font in fonts
    }
    assert "FangSong" in names["仿宋_GB2312"]
    assert names["仿宋_GB2312"][-1] == "Noto Serif CJK SC"
    assert names["黑体"][-1] == "Noto Sans CJK SC"
    assert {"楷体_GB2312", "方正小标宋简体", "宋体", "Times New Roman"} <= set(names)
    assert not any("embed" in str(node.tag) for node in fonts.iter())
    assert not any("font" in name and name.endswith((".odttf", ".ttf")) for name in docx.names)


def test_metadata_has_the_title_and_nobodys_name() -> None:
    properties = Document(BytesIO(written(DOCUMENT))).core_properties
    assert properties.title == "关于开展 检查的通知"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == properties.modified.date() == date(2021, 8, 6)


def test_no_part_of_the_template_goes_along() -> None:
    assert sorted(WrittenDocx(DOCUMENT).names) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = responsibility_table_document(notice.responsibility_table())
    assert written(document) == written(document)
    with zipfile.ZipFile(BytesIO(written(document))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_quotation_marks_and_dashes_take_the_chinese_font() -> None:
    docx = WrittenDocx(DOCUMENT)
    hints = [fonts.get(f"{W}hint") for fonts in docx.body.iter(f"{W}rFonts")]
    assert hints
    assert set(hints) == {"eastAsia"}


ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr tabs wordWrap "
    "overflowPunct autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rFonts color spacing w sz szCs lang",
    "tblPr": "tblpPr tblW jc tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "footerReference type pgSz pgMar cols docGrid",
    "settings": "defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang",
}


@pytest.mark.parametrize("element", ORDERS)
def test_elements_stand_in_the_schemas_order_or_word_refuses_the_file(element: str) -> None:
    """ECMA-376 part 1: these are sequences; Word reports a damaged file for another order."""
    order = ORDERS[element].split()
    everything = OfficialDocument(
        title="通知",
        issuer=notice.ISSUER,
        dated=date(2021, 8, 6),
        number="攀东府〔2021〕9号",
        red_head=RedHead(mark="文件", signer="王芳"),
        blocks=responsibility_table_document(notice.responsibility_table()).blocks[:1],
        attachments=(
            Attachment(
                title="责任分解表",
                blocks=responsibility_table_document(notice.responsibility_table()).blocks,
                landscape=True,
            ),
        ),
        imprint=Imprint(printed_by="区创文办", printed_on=date(2021, 8, 9)),
    )
    found = [
        [order.index(child.tag.removeprefix(W)) for child in node]
        for part in WrittenDocx(everything).parts.values()
        for node in part.iter(f"{W}{element}")
    ]
    assert found
    assert all(places == sorted(places) for places in found)
