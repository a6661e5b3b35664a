"""PDF and .xls files are read in a child process that may die without harm."""

import time
import zlib

import pytest

from chuangwen.plan.reading import UnreadableDocument, apart, read_document
from tests.plan.reading import pdf_files
from tests.plan.reading.pdf_files import Page, pdf
from tests.plan.reading.sheet_files import xls


@pytest.fixture
def bomb(monkeypatch):
    """Makes a small PDF whose page content, packed twice, is what is asked for."""

    def make(content: bytes) -> bytes:
        packed = zlib.compress(zlib.compress(content, 9), 9)
        head = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>" % len(packed)
        plain = pdf_files._body

        def body(number, inner, key):
            if number == 11:
                return head + b"stream\n" + packed + b"\nendstream"
            return plain(number, inner, key)

        monkeypatch.setattr(pdf_files, "_body", body)
        return pdf([Page()])

    return make


def refusal(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(data, "计划.pdf")
    assert "“计划.pdf”" in caught.value.message
    return caught.value


def test_text_and_tables_come_back_whole():
    found = read_document(xls([(0, 0, "任务"), (0, 1, "单位")], merged=[(0, 1, 0, 0)]), "表.xls")
    assert (found.text, found.format, found.encoding) == ("任务\t单位\n", "xls", None)
    assert [found.text[c.start : c.end] for c in found.tables[0].rows[0]] == ["任务", "单位"]
    assert read_document(pdf([Page().lines("一、目标")]), "计划.pdf").text == "一、目标\n"


def test_a_refusal_comes_back_as_it_was():
    assert refusal(pdf([Page()])).code == "empty"


def test_a_bomb_inside_a_pdf_ends_the_child_only(bomb, monkeypatch):
    pytest.importorskip("resource", reason="this system has no limits on memory")
    data = bomb(b" " * 300_000_000)
    assert len(data) < 10_000
    monkeypatch.setattr(apart, "LIMIT_MEMORY", 300 * 1024 * 1024)
    assert refusal(data).code == "too_complex"


def test_a_file_that_takes_too_long_is_given_up(bomb, monkeypatch):
    data = bomb(b"1 1 m 2 2 l S\n" * 800_000)
    monkeypatch.setattr(apart, "LIMIT_SECONDS", 1)
    begin = time.perf_counter()
    assert refusal(data).code == "too_complex"
    assert time.perf_counter() - begin < 5
