"""Text that people wrote: it is printed as it is, can run nothing, and nothing of it vanishes."""

import io

from PIL import Image

from chuangwen.reports.official import Column, OfficialDocument, Paragraph, Table
from chuangwen.reports.official.blocks import Picture, Pictures
from chuangwen.reports.pdf import make_pdf
from chuangwen.reports.pdf.faces import NEEDED, load_faces
from chuangwen.reports.pdf.words import GETA, Words
from dev_tools.frontend import FONT_FILES
from tests.reports.pdf.reading import ink_of, opened, pictures_of, text_of

HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "#set text(size: 90pt)",
    "= 标题 *粗* _斜_ $x^2$ `代码` // 注 /* 注 */",
    "\\u{41} \\ [内容] <标签> @引用 ~ --- “引”",
    '#image("picture-1") #sys.inputs',
    "'\"})]; --",
)


def printed(*texts: str) -> bytes:
    rows = tuple((text,) for text in texts)
    return make_pdf(
        OfficialDocument(
            title=texts[0][:60], issuer=texts[0], number=texts[-1], addressees=texts[0],
            blocks=(*map(Paragraph, texts), Table((Column("问题", 60),), rows)),
        )
    ).content  # fmt: skip


def test_markup_is_printed_and_not_run() -> None:
    text = text_of(printed(*HOSTILE)).replace(" ", "")
    for one in HOSTILE:
        assert text.count(one.replace(" ", "")) >= 2, one


def test_a_very_long_word_stays_inside_its_cell_and_its_line() -> None:
    made = printed("https://example.com/" + "a" * 600, "字" * 900)
    for page in opened(made):
        left, _, right, _ = ink_of(page)
        assert left >= 28 - 0.5
        assert right <= 184 + 0.5
    assert text_of(made).count("a") >= 1200


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    made = printed("长" * 3000)
    assert text_of(made).count("长") >= 6000


def test_characters_that_no_font_has_are_marked_counted_and_told() -> None:
    made = make_pdf(
        OfficialDocument(title="名单", blocks=(Paragraph("𠮷某家、王𠮷、笑脸😀、镕喆䶮"),))
    )
    assert made.missing == {"𠮷": 2, "😀": 1}
    text = text_of(made.content)
    assert f"{GETA}某家、王{GETA}、笑脸{GETA}、镕喆䶮" in text
    assert "U+20BB7" in text
    assert "U+1F600" in text
    assert "共3处" in text


def test_nothing_is_noted_where_nothing_is_missing() -> None:
    made = make_pdf(OfficialDocument(title="名单", blocks=(Paragraph("张三 ①②③ ℃ ㎡ — … κ"),)))
    assert made.missing == {}
    assert "字库" not in text_of(made.content)


def test_marks_without_a_shape_are_left_out_and_not_called_missing() -> None:
    words = Words(frozenset(map(ord, "甲乙 ")))
    assert words.write("甲\u200d\ufe0f乙\u2003\u00a0甲") == "甲乙  甲"
    assert not words.missing


def test_the_note_names_twenty_and_counts_all() -> None:
    words = Words(frozenset())
    words.write("".join(chr(0x4E00 + n) for n in range(30)))
    assert words.note.count("U+") == 20
    assert "有30个字符" in words.note


def test_the_build_brings_the_fonts_that_are_needed_with_their_licence() -> None:
    assert set(NEEDED) <= set(FONT_FILES.values())
    assert sum(name.endswith("OFL.txt") for name in FONT_FILES.values()) == len(NEEDED)
    faces = load_faces()
    assert faces.heavy, "no 小标宋 comes with the package, so titles are thickened"
    assert set(map(ord, "创文一二三〔〕〓")) <= faces.characters


def test_a_picture_that_comes_twice_is_stored_once_and_keeps_its_shape() -> None:
    target = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(target, "JPEG")
    shown = Picture(target.getvalue(), 320, 240, "第1号：人民街")
    blank = make_pdf(OfficialDocument(title="照片")).content
    made = make_pdf(OfficialDocument(title="照片", blocks=(Pictures((shown,) * 3),))).content
    assert len(made) < len(blank) + 1.5 * len(target.getvalue()) + 20_000
    pictures = [one for page in opened(made) for one in pictures_of(page)]
    assert [one.size for one in pictures] == [(320, 240)] * 3
    assert text_of(made).count("第1号：人民街") == 3
