"""What a web page says: text blocks as lines, tables as tables, navigation left out."""

import time

import pytest

from chuangwen.plan.reading import UnreadableDocument, read_document


def read(html: str, encoding: str = "utf-8"):
    return read_document(html.encode(encoding), "通知.html")


def body(inner: str) -> str:
    return read(f"<!DOCTYPE html><html><body>{inner}</body></html>").text


def test_block_elements_are_lines_and_inline_elements_are_not():
    inner = "<h1>行动<b>计划</b></h1><div>一、<span>目标</span><p>提升&nbsp;质量</p>尾</div>"
    assert body(inner) == "行动计划\n一、目标\n提升\xa0质量\n尾\n"


def test_breaks_count_and_line_feeds_of_the_source_do_not():
    assert body("<p>区综合\n   行政执法局<br>区民政局\n and</p>") == (
        "区综合行政执法局\n区民政局 and\n"
    )
    assert body("<pre>甲\n乙</pre>") == "甲\n乙\n"


def test_what_is_not_part_of_the_document_is_dropped():
    inner = (
        "<nav>首页</nav><div role='navigation'>导航</div><script>var a='脚本'</script>"
        "<style>.样式{}</style><!-- 注释 --><div style='display: none'>隐藏</div>"
        "<p hidden>隐藏</p><select><option>选项</option></select><del>删除</del>"
        "<p>正文</p><footer>版权</footer>"
    )
    assert body(inner) == "正文\n"


def test_a_text_that_a_script_makes_visible_is_read_and_a_hidden_part_is_not():
    hidden = "style='visibility: hidden; opacity: 0'"
    inner = f"<p>阅读</p><div id='js_content' {hidden}><p>整治背街小巷</p><p {hidden}>暗</p></div>"
    assert body(inner) == "阅读\n整治背街小巷\n"
    gone = "style='display:none;visibility:hidden'"
    assert body(f"<p>正文</p><div {gone}>不显示的长长长长的文字</div>") == "正文\n"


def test_lists_show_their_numbers_once():
    assert body("<ol><li>甲<li>乙<ul><li>丙</ul></ol>") == "1. 甲\n2. 乙\n丙\n"
    assert body("<ol start=3 style='list-style-type:cjk-ideographic'><li>甲</ol>") == "三、甲\n"
    assert body("<ol><li>一、总则<li>2.任务</ol>") == "一、总则\n2.任务\n"


def test_a_table_with_spans():
    found = read(
        "<html><table><caption>责任表</caption>"
        "<thead><tr><th rowspan=2>任务<th colspan=2>单位</thead>"
        "<tr><td>牵头<td>配合</tr><tr><td>整治<br>摊点<td>城管局<td>民政局</table>"
    )
    assert found.text == "责任表\n任务\t单位\t\n\t牵头\t配合\n整治 摊点\t城管局\t民政局\n"
    cells = [cell for row in found.tables[0].rows for cell in row]
    assert [(c.row, c.column, c.row_span, c.column_span) for c in cells] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
        (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip
    assert [found.text[c.start : c.end] for c in cells][4] == "整治 摊点"


def test_a_table_that_only_lays_out_the_page_is_no_table():
    paragraphs = "".join(
        f"<p>{number}.推进文明城市创建工作，{'落实责任' * 80}。</p>" for number in range(9)
    )
    found = read(f"<html><table><tr><td>栏目</td><td>{paragraphs}</td></tr></table>")
    assert found.tables == ()
    assert len(found.text.splitlines()) == 10


def test_a_duty_table_inside_a_layout_table_is_found():
    inner = "<table><tr><td>任务<td>责任单位<tr><td>整治<td>区城管局</table>"
    found = read(f"<html><table><tr><td>栏</td><td>{inner}</td></tr></table>")
    assert len(found.tables) == 1
    assert "整治\t区城管局\n" in found.text


META = '<html><head><meta charset="{}"></head><body><p>一、指导思想。</p></body></html>'


@pytest.mark.parametrize(
    ("declared", "written", "reported"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("gb2312", "utf-8", "utf-8"),  # a false declaration
        ("utf-8", "gb18030", "gb18030"),  # another one
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-16", "utf-16"),
        ("no-such-name", "gb18030", "gb18030"),
        ("big5", "big5", "big5hkscs"),
    ],
)
def test_encodings(declared, written, reported):
    page = META.format(declared)
    page = page.replace("导", "導") if written == "big5" else page
    found = read(page, written)
    assert found.text.replace("導", "导") == "一、指导思想。\n"
    assert (found.format, found.encoding) == ("html", reported)


def test_one_broken_byte_in_a_long_page_is_borne_and_many_are_not():
    start = META.format("gbk").encode("gbk")
    long = start.replace("思想".encode("gbk"), "思想".encode("gbk") * 200 + b"\xff")
    assert read_document(long, "通知.html").text.count("思想") == 200
    with pytest.raises(UnreadableDocument, match="编码"):
        read_document(start + b"\xff\xfe\xff" * 20, "通知.html")


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 400_000,
        "<table>" * 3000,
        "<p>" * 600_000,
        "<div><!--</div>-->" * 9000,
        "<body " + "".join(f"a{n}='' " for n in range(60_000)),
        "<p " + "".join(f"a{n} " for n in range(9000)),
    ],
)
def test_absurd_nesting_is_refused_at_once(bomb):
    begin = time.perf_counter()
    with pytest.raises(UnreadableDocument, match="嵌套"):
        read("<html>" + bomb)
    assert time.perf_counter() - begin < 5


def test_many_comments_before_a_page_cost_no_time():
    begin = time.perf_counter()
    read_document(b"<!---->" * 1100 + "一、目标".encode())
    assert time.perf_counter() - begin < 5


def test_a_page_without_text_is_empty():
    with pytest.raises(UnreadableDocument) as caught:
        read("<html><body><img src=a.png></body></html>")
    assert caught.value.code == "empty"


def test_a_spreadsheet_saved_as_a_page_is_read_by_content():
    page = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>甲<td>乙</table>"
    assert read_document(page.encode(), "责任表.xls").text == "甲\t乙\n"
