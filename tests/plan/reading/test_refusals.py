"""Files that are no plan get a reason; nothing but UnreadableDocument is ever raised."""

import contextlib
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chuangwen.plan.reading import ReadText, UnreadableDocument, apart, read_document
from chuangwen.plan.reading.pdf import read_pdf
from chuangwen.plan.reading.sheets import read_xls
from tests.plan.reading.pdf_files import Page, pdf
from tests.plan.reading.sheet_files import rows_xlsx, xls
from tests.plan.reading.word_files import docx, p

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(40)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    ("data", "filename", "code", "advice"),
    [
        (b"", "计划.docx", "empty", "请检查"),
        (docx(p("")), "计划.docx", "empty", "请检查"),
        (docx(p(""), extra={"word/media/image1.png": PNG}), "计划.docx", "scanned", "OCR"),
        (b" \r\n\xef\xbb\xbf", "计划.txt", "empty", "请检查"),
        ("東區創建全國文明城區實施方案".encode("big5"), "計劃.txt", "encoding", "UTF-8"),
        (PNG, "照片.docx", "image", "文字识别"),
        (MP4, "录像.pdf", "media", "视频"),
        (b"MZ\x90\x00\x03" + bytes(60), "安装.docx", "program", "核对"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(60), "资料.rar", "archive", "解压"),
        (random.Random(3).randbytes(4000), "计划.docx", "not_text", "无法识别"),  # noqa: S311
        (stream("WordDocument"), "计划.docx", "legacy_word", "另存为 .docx"),
        (stream("WordDocument"), "计划.wps", "legacy_word", "另存为 .docx"),
        (stream("EncryptedPackage"), "计划.docx", "encrypted", "取消密码"),
        (stream("Something"), "计划.doc", "legacy_office", "另存为 .docx"),
        (b"{\\rtf1\\ansi plan}", "计划.doc", "legacy_word", "另存为 .docx"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "a.doc", "legacy_word", ".docx"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>',
            "a",
            "legacy_word",
            "",
        ),
        ("一、目标".encode() + b"\xff\xff", "计划.txt", "encoding", "编码"),
        ("计划".encode() * 1_000_001, "计划.txt", "too_long", "只保留"),
    ],
)
def test_a_reason_and_an_advice(data, filename, code, advice):
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, filename)
    assert caught.value.code == code
    assert caught.value.message.startswith(f"“{filename}”")
    assert advice in caught.value.message


def test_the_content_decides_and_not_the_name():
    assert read_document("一、目标".encode("gb18030"), "计划.docx").format == "txt"
    assert read_document(docx(p("一、目标")), "计划.txt").format == "docx"


def test_pasted_text_has_a_name_in_messages():
    assert read_document("一、目标\r\n".encode()).text == "一、目标\r\n"
    with pytest.raises(UnreadableDocument, match="粘贴的文本"):
        read_document(b"")


def test_latin_text_is_not_taken_for_a_program():
    assert read_document("MZ县创建计划".encode(), "计划.txt").text == "MZ县创建计划"


@pytest.fixture(scope="module")
def in_process():
    """Hundreds of child processes would take minutes; test_apart tests the child."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "read_apart", lambda kind, data, name, *_: READERS[kind](data, name))
        yield


READERS = {"pdf": read_pdf, "xls": read_xls}


def test_a_text_that_names_a_format_is_still_a_text():
    assert read_document("文件头为 %PDF-1.7 的附件".encode()).format == "txt"
    assert read_document(b"\n\n" + PRINTED).format == "pdf"


HEADS = [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"<table><tr><td>", OLE, b"\xff\xfe"]
WHOLE = docx(p("一、目标"))
SHEET = rows_xlsx(["任务", "单位"], [1, 0.5])
OLD_SHEET = xls([(0, 0, "任务"), (1, 1, "单位")], merged=[(0, 1, 0, 0)])
PRINTED = pdf([Page().lines("一、目标", "二、措施").rule(80, 700, 300, 700)])
PAGE = "<html><body><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table><ol><li>丁".encode()


def read_or_refuse(data: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert isinstance(read_document(data, "计划"), ReadText)


@pytest.mark.usefixtures("in_process")
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=400))
@example(b"", b"\x00")
def test_any_bytes_are_read_or_refused(head, data):
    read_or_refuse(head + data)


@pytest.mark.usefixtures("in_process")
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    damaged = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))


SAMPLES = [WHOLE, PAGE, SHEET, OLD_SHEET, PRINTED]
