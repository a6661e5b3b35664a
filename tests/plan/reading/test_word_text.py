"""What a .docx says, in the order in which it says it."""

import pytest

from chuangwen.plan.reading import read_document
from tests.plan.reading.word_files import STRICT, docx, p, r, row, table


def text(body: str, **parts) -> str:
    return read_document(docx(body, **parts), "计划.docx").text


def test_paragraphs_and_tables_keep_their_order():
    body = p("一、目标") + table(row("任务", "单位"), row("整治", "城管局")) + p("二、措施")
    assert text(body) == "一、目标\n任务\t单位\n整治\t城管局\n二、措施\n"


def test_soft_breaks_and_tabs_inside_a_paragraph():
    assert text(f"<w:p>{r('行动')}<w:r><w:br/><w:tab/></w:r>{r('计划')}</w:p>") == "行动\n\t计划\n"


def test_tracked_insertions_count_and_deletions_do_not():
    body = (
        f"<w:p>{r('责任单位：')}<w:ins>{r('区民政局')}</w:ins>"
        f"<w:del><w:r><w:delText>区教体局</w:delText></w:r></w:del>"
        f"<w:moveFrom>{r('旧处')}</w:moveFrom><w:moveTo>{r('新处')}</w:moveTo></w:p>"
    )
    assert text(body) == "责任单位：区民政局新处\n"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    body = p("区综合行政", "<w:rPr><w:del/></w:rPr>") + p("执法局")
    assert text(body) == "区综合行政执法局\n"


def test_hidden_text_field_codes_and_phonetic_guides_are_not_read():
    body = (
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        f'<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
        f'{r("域代码")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("第3条")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f"<w:r><w:ruby><w:rt>{r('ōu')}</w:rt><w:rubyBase>{r('区')}</w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert text(body) == "可见第3条区\n"


def test_a_text_box_is_read_once_although_it_is_written_twice():
    box = f"<w:txbxContent>{p('图例')}</w:txbxContent>"
    body = (
        f"<w:p>{r('正文')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text(body) == "正文\n图例\n"


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_follows_the_paragraph_that_refers_to_it(kind):
    body = f"<w:p>{r('目标值')}<w:r><w:{kind}Reference w:id='2'/></w:r></w:p>" + p("下一段")
    notes = {f"{kind}s": f"<w:{kind} w:id='2'>{p('以上级下达为准')}</w:{kind}>"}
    assert text(body, **notes) == "目标值\n〔注1〕以上级下达为准\n下一段\n"


def test_content_controls_are_read_and_generated_contents_are_not():
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    styles = '<w:style w:type="paragraph" w:styleId="a1"><w:name w:val="toc 1"/></w:style>'
    body = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtContent>{p('一、总则')}</w:sdtContent></w:sdt>"
        + p("一、总则……1", '<w:pStyle w:val="a1"/>')
    )
    assert text(body, styles=styles).split() == ["一、总则"]


def test_strict_files_read_as_transitional_ones():
    body = p("一、目标") + table(row("甲", "乙"))
    assert text(body, namespace=STRICT) == "一、目标\n甲\t乙\n"


def test_embedded_html_is_an_error_and_not_a_silent_loss():
    from chuangwen.plan.reading import UnreadableDocument

    with pytest.raises(UnreadableDocument, match="其他格式的文档"):
        text(p("一、") + "<w:altChunk/>")
