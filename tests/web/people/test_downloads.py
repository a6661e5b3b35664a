"""A long workbook is sent from disk: memory does not grow with it."""

import io
import tracemalloc
from datetime import date
from hashlib import sha256

from django.http import FileResponse
from python_calamine import CalamineWorkbook

from chuangwen.reports.sheets import Book, Column, Sheet
from chuangwen.web.people import downloads

COLUMNS = tuple(Column(name, 20) for name in ("编号", "名称", "说明"))


def book(count: int) -> Book:
    """Rows that hardly compress."""
    rows = ((f"D{n:06}", f"点位{n}", sha256(b"%d" % n).hexdigest()) for n in range(count))
    return Book(title="名录", as_of=date(2021, 9, 15), sheets=(Sheet("名录", COLUMNS, rows, True),))


def rows_of(content: bytes) -> int:
    return len(
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )


def test_a_short_one_is_sent_at_once_under_its_name():
    answer = downloads.as_download(book(3), "名录.xlsx")
    assert not answer.streaming
    assert rows_of(answer.content) == 4
    assert "filename*=UTF-8''%E5%90%8D" in answer["Content-Disposition"]


def test_a_long_one_is_sent_from_disk_in_pieces(monkeypatch):
    monkeypatch.setattr(downloads, "IN_MEMORY", 10_000)
    answer = downloads.as_download(book(3_000), "名录.xlsx")
    assert isinstance(answer, FileResponse)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == downloads.XLSX
    assert rows_of(b"".join(answer.streaming_content)) == 3_001


def peak(count: int) -> int:
    tracemalloc.start()
    answer = downloads.as_download(book(count), "名录.xlsx")
    for _ in answer.streaming_content:
        pass
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return used


def test_memory_does_not_grow_with_the_rows(monkeypatch):
    monkeypatch.setattr(downloads, "IN_MEMORY", 10_000)
    peak(100)  # what is loaded once
    small, large = peak(2_000), peak(6_000)
    assert large < small + 60_000, (small, large)
