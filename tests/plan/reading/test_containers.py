"""Zip containers that lie, explode, are locked or are something else."""

import io
import struct
import zipfile

import pytest

from chuangwen.plan.reading import UnreadableDocument, read_document
from tests.plan.reading.word_files import docx, p, part, zipped


def code_of(data: bytes, filename: str = "计划.docx") -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, filename)
    assert f"“{filename}”" in caught.value.message
    assert "请" in caught.value.message
    return caught.value.code


def test_a_part_that_inflates_beyond_measure():
    data = docx(p("计划"), extra={"word/media/image1.bin": bytes(30 * 1024 * 1024)})
    assert len(data) < 100_000
    assert code_of(data) == "zip_bomb"


def test_headers_that_understate_the_size_do_not_help():
    data = bytearray(docx(p("计划"), extra={"word/a.bin": bytes(30 * 1024 * 1024)}))
    true, small = struct.pack("<I", 30 * 1024 * 1024), struct.pack("<I", 1000)
    assert data.count(true) >= 1
    assert code_of(bytes(data.replace(true, small))) == "damaged"


def test_many_parts_that_are_large_together():
    noise = bytes(range(256)) * 4096
    parts = {f"word/{index}.bin": noise * 9 for index in range(25)}
    assert code_of(docx(p("计划"), extra=parts)) == "zip_bomb"


def test_too_many_parts():
    assert code_of(docx(p("计划"), extra={f"x/{i}": b"" for i in range(5001)})) == "zip_bomb"


def test_files_over_20_megabytes():
    assert code_of(b"PK\x03\x04" + bytes(20 * 1024 * 1024)) == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused(encoding):
    body = part("document", f"<w:body>{p('&x;')}</w:body>").replace("UTF-8", encoding)
    evil = body.replace("?>", '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1)
    assert code_of(docx("", extra={"word/document.xml": evil.encode(encoding)})) == "unsafe_xml"


def test_xml_that_breaks_off():
    assert code_of(docx("<w:p>")) == "damaged"


def test_a_file_that_was_cut_short():
    whole = docx(p("计划"))
    assert code_of(whole[: len(whole) // 2]) == "damaged"


def test_a_locked_zip():
    data = bytearray(docx(p("计划")))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert code_of(bytes(data)) == "encrypted"


def test_an_unusual_compression_is_not_tried():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", "x")
    assert code_of(buffer.getvalue()) == "damaged"


def test_other_zips_are_told_apart():
    types = "<Types>application/vnd.openxmlformats-officedocument.presentationml</Types>"
    assert code_of(zipped({"a.txt": "计划"}), "资料.zip") == "archive"
    assert code_of(zipped({"OFD.xml": "<a/>"}), "计划.ofd") == "ofd"
    assert code_of(zipped({"[Content_Types].xml": types}), "汇报.pptx") == "presentation"
