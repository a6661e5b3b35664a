"""GB/T 9704-2012 on the pages of a PDF, measured on what is printed."""

import datetime

import pytest

from chuangwen.reports.official import (
    Attachment,
    Column,
    Imprint,
    OfficialDocument,
    Paragraph,
    RedHead,
    Table,
)
from chuangwen.reports.official.blocks import Heading
from chuangwen.reports.pdf import make_pdf
from tests.reports.pdf.reading import MM, ink_of, lines_of, opened, text_of

DAY = datetime.date(2021, 9, 15)
LETTERS = "各单位要按照任务分工抓好落实确保点位达标不留死角做到常态长效"
FULL = OfficialDocument(
    title="通报", issuer="东区创文办", dated=DAY, blocks=(Paragraph((LETTERS * 80)[:2000]),)
)


@pytest.fixture(scope="module")
def full() -> bytes:
    return make_pdf(FULL).content


def test_a4_pages(full: bytes) -> None:
    for page in opened(full):
        width, height = page.get_size()
        assert width / MM == pytest.approx(210, abs=0.1)
        assert height / MM == pytest.approx(297, abs=0.1)


def test_the_text_stands_between_the_margins_37_35_28_26(full: bytes) -> None:
    page = opened(full)[1]
    left, top, right, bottom = ink_of(page)
    assert 37 <= top < 39.5, "first line at the head of 版心"
    assert 28 <= left < 30
    assert 182 < right <= 184.1
    # The page number stands below 版心, its dashes 7 mm from it.
    assert 297 - 35 + 5 < bottom < 297 - 35 + 10


def test_a_full_page_has_22_lines_of_28_characters(full: bytes) -> None:
    lines = [line for line in lines_of(opened(full)[1]) if line.strip() and "—" not in line]
    assert len(lines) == 22
    assert {len(line) for line in lines} == {28}


def test_page_numbers_stand_at_the_outer_edges(full: bytes) -> None:
    document = opened(full)
    assert len(document) >= 3
    for number in (1, 2, 3):
        words = document[number - 1].get_textpage()
        place = words.search(f"— {number} —").get_next()
        assert place is not None
        left, _, right, _ = words.get_charbox(place[0])
        middle = (left + right) / 2 / MM
        assert middle > 150 if number % 2 else middle < 50


def test_archivable_with_all_fonts_inside(full: bytes) -> None:
    assert b'pdfaid:part="2"' in full or b"<pdfaid:part>2</pdfaid:part>" in full
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in full
    fonts = {
        one.get_font().get_base_name(): one.get_font().is_embedded
        for one in opened(full)[0].get_objects()
        if one.type == 1
    }
    assert fonts
    assert all(fonts.values())


def test_the_same_document_gives_the_same_bytes(full: bytes) -> None:
    assert make_pdf(FULL).content == full


def test_the_signature_stands_with_the_end_of_the_text() -> None:
    # As many lines as fill the first page to its last line: the signature pulls some over.
    for letters in range(380, 480, 28):
        text = (Paragraph((LETTERS * 40)[:letters]),)
        document = OfficialDocument(title="通报", issuer="东区创文办", dated=DAY, blocks=text)
        made = make_pdf(document).content
        last = "".join(lines_of(opened(made)[len(opened(made)) - 1]))
        if len(opened(made)) > 1:
            assert any(letter in last.split("东区创文办")[0] for letter in LETTERS)
    assert "东区创文办" in last
    assert "2021年9月15日" in last


def test_everything_of_a_document_is_printed() -> None:
    rows = tuple((f"行动{n // 4}", f"任务{n}", "区教育局") for n in range(60))
    columns = (Column("提升行动", 40, merged=True), Column("任务", 100), Column("责任单位", 70))
    document = OfficialDocument(
        title="关于印发责任分解表的通知",
        number="东创文指〔2021〕6号",
        subtitle="（2021年9月15日）",
        addressees="各街道，区级各部门",
        issuer="东区创文办",
        dated=DAY,
        note="联系人：张三",
        red_head=RedHead(
            mark="东区创建全国文明城市工作指挥部文件", copy_number="000001", urgency="特急",
            signer="李四",
        ),
        blocks=(
            Heading(1, "总体要求"),
            Heading(2, "目标", "。九月底前完成。"),
            Paragraph("请抓好落实。"),
        ),
        attachments=(
            Attachment(title="责任分解表", landscape=True,
                       blocks=(Table(columns, rows, landscape=True),)),
            Attachment(title="联系表"),
        ),
        imprint=Imprint(
            copies_to=("区委办", "区人大办"), printed_by="东区创文办印", printed_on=DAY
        ),
    )  # fmt: skip
    made = make_pdf(document).content
    text = text_of(made)
    for words in (
        "000001", "特急", "东区创建全国文明城市工作指挥部文件", "东创文指〔2021〕6号",
        "签发人：李四", "关于印发责任分解表的通知", "（2021年9月15日）", "各街道，区级各部门：",
        "一、总体要求",
        "（一）目标。九月底前完成。", "附件：1. 责任分解表", "2. 联系表", "（联系人：张三）",
        "附件1",
        "抄送：区委办，区人大办。", "东区创文办印", "2021年9月15日印发",
    ):  # fmt: skip
        assert words in text.replace("附件：1.责", "附件：1. 责"), words
    for number in range(60):
        assert f"任务{number}" in text
    pages = list(opened(made))
    turned = [page for page in pages if page.get_width() > page.get_height()]
    assert len(turned) > 1, "a table of many rows goes on"
    assert all("责任单位" in "".join(lines_of(page)) for page in turned), "its head repeats"
    last = pages[-1]
    assert last.get_height() > last.get_width(), "版记 stands upright"
    assert "印发" in "".join(lines_of(last))
    _, _, _, bottom = ink_of(last)
    assert bottom > 262 - 1, "its last rule lies on the foot of 版心, above the page number"


def test_a_table_wider_than_its_page_is_refused() -> None:
    wide = Table((Column("甲", 100), Column("乙", 100)), (("1", "2"),))
    with pytest.raises(ValueError, match="wider"):
        make_pdf(OfficialDocument(title="表", blocks=(wide,)))
