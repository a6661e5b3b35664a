"""What is taken and what is refused, told by the bytes."""

import io

import pytest

from chuangwen.files.kinds import recognise
from chuangwen.kit.errors import Invalid
from tests import zips
from tests.files import samples

GOOD = {
    "PDF": samples.PDF,
    "Word 文档": samples.docx(),
    "Excel 表格": samples.package("xl/workbook.xml", types="x"),
    "PowerPoint 演示": samples.package("ppt/presentation.xml", types="x"),
    "OFD 版式文件": samples.package("OFD.xml", "Doc_0/Document.xml"),
    "Word 或 WPS 文字": samples.compound("WordDocument"),
    "Excel 或 WPS 表格": samples.compound("Workbook"),
    "PowerPoint 或 WPS 演示": samples.compound("PowerPoint Document"),
    "文本": "各街道 <5 处> 已整改，见附表。\n".encode("gb18030"),
}
PICTURES = {
    "image/jpeg": samples.jpeg(with_place=True),
    "image/png": samples.png(),
    "image/webp": samples.webp(),
    "image/heic": samples.heic(),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BAD = {
    "empty": (b"", "空文件"),
    "program": (b"MZ\x90\0" + b"\0" * 100, "是程序"),
    "elf": (b"\x7fELF" + b"\0" * 100, "是程序"),
    "shell script": (b"#!/bin/sh\nrm -rf /\n", "是程序"),
    "web page": (b"\n <!DOCTYPE html><html><script>alert(1)</script>", "网页"),
    "web page behind text": ("通知\n<script>alert(1)</script>".encode(), "网页"),
    "web page in UTF-16": ("\ufeff<html><body>".encode("utf-16-le"), "网页"),
    "svg": (SVG, "矢量图"),
    "svg behind xml": (b"<?xml version='1.0'?>\n" + SVG, "矢量图"),
    "zip": (samples.package("a.jpg"), "压缩包"),
    "rar": (b"Rar!\x1a\x07\x01\0" + b"\0" * 100, "压缩包"),
    "docx with macros": (samples.docx("word/vbaProject.bin"), "宏"),
    "docx with a program": (samples.docx("word/embeddings/a.exe"), "宏"),
    "xls with macros": (samples.compound("Workbook", "_VBA_PROJECT_CUR"), "宏"),
    "locked docx": (samples.compound("EncryptedPackage", "EncryptionInfo"), "密码"),
    "installer": (samples.compound("Binary.x"), "不是可以上传的种类"),
    "cut docx": (samples.docx()[:-30], "损坏"),
    "cut pdf": (samples.PDF[:20], "损坏"),
    "cut jpeg": (samples.jpeg(400, 400)[:-20], "不完整"),
    "cut jpeg head": (samples.jpeg(400, 400)[:180], "不完整"),
    "cut png": (samples.png()[:-6], "不完整"),
    "cut heic": (samples.heic()[:-3], "不完整"),
    "bomb": (samples.bomb(), "画面大得异常"),
    "video": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 50, "视频"),
    "noise": (bytes(range(256)) * 4, "不是可以上传的种类"),
}


@pytest.mark.parametrize(("label", "content"), GOOD.items(), ids=GOOD)
def test_documents_of_an_office_are_taken(label, content):
    kind = recognise(io.BytesIO(content), "附件")
    assert (kind.label, kind.is_image) == (label, False)


@pytest.mark.parametrize(("media_type", "content"), PICTURES.items(), ids=PICTURES)
def test_pictures_are_taken(media_type, content):
    kind = recognise(io.BytesIO(content), "附件")
    assert (kind.media_type, kind.is_image) == (media_type, True)


@pytest.mark.parametrize(("content", "why"), BAD.values(), ids=BAD)
def test_what_could_do_harm_or_is_broken_is_refused_whatever_its_name(content, why):
    with pytest.raises(Invalid, match=why) as refusal:
        recognise(io.BytesIO(content), "整改报告.pdf")
    assert "“整改报告.pdf”" in refusal.value.message
    assert "请" in refusal.value.message


def test_a_photo_with_a_film_behind_it_is_whole():
    """Motion photos of phones carry a film after the end mark."""
    assert recognise(io.BytesIO(samples.jpeg() + b"\0film" * 99), "IMG.jpg").is_image


def test_the_end_mark_of_the_small_picture_in_the_head_does_not_count():
    whole = samples.jpeg(400, 400, with_place=True)
    at = whole.index(b"\xff\xe1") + 10
    planted = whole[:at] + b"\xff\xd9" + whole[at + 2 :]
    with pytest.raises(Invalid, match="不完整"):
        recognise(io.BytesIO(planted[:-20]), "IMG.jpg")


def test_a_directory_that_runs_in_a_circle_ends():
    content = bytearray(samples.compound("a", "b", "c", "d", "e", "f", "g"))
    content[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")
    with pytest.raises(Invalid, match="损坏"):
        recognise(io.BytesIO(bytes(content)), "a.doc")


@pytest.mark.parametrize("method", [zips.DEFLATE, zips.DEFLATE64, zips.BZIP2])
def test_a_package_packed_by_another_method_is_refused_in_words(method):
    with pytest.raises(Invalid, match="损坏"):
        recognise(io.BytesIO(zips.packed_by(samples.docx(), method)), "附件")


def test_a_locked_package_is_refused_in_words():
    with pytest.raises(Invalid, match="损坏"):
        recognise(io.BytesIO(zips.locked(samples.docx())), "附件")
