"""A long paper set in pieces reads as one: every row once, pages counted on, 版记 at the end."""

import re

import pytest

from chuangwen.reports.pdf import make_pdf, pieces
from chuangwen.reports.pdf.data import page_data
from tests.reports.papers.long_paper import long_paper
from tests.reports.pdf.reading import lines_of, opened, text_of


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(pieces, "TOGETHER", 100)
    monkeypatch.setattr(pieces, "ROWS", 40)
    monkeypatch.setattr(pieces, "PICTURES", 4)


def numbers_in(content: bytes) -> list[int]:
    return [int(one) for one in re.findall(r"第(\d+)个：", text_of(content))]


def test_every_row_once_pages_counted_on_and_the_imprint_last(small):
    made = make_pdf(long_paper(230, 12))
    assert sorted(numbers_in(made.content)) == list(range(230))
    pages = list(opened(made.content))
    said = ["".join("".join(lines_of(page)).split()) for page in pages]
    for number, text in enumerate(said, start=1):
        assert f"—{number}—" in text
    assert sum("印发" in text for text in said) == 1
    assert "印发" in said[-1]
    assert sum("关于2021年9月" in text for text in said) == 1
    assert sum(text.startswith("附件问题清单") for text in said) == 1


def test_in_pieces_or_as_a_whole_it_says_the_same(small, monkeypatch):
    parted = make_pdf(long_paper(230, 12))
    monkeypatch.setattr(pieces, "TOGETHER", 10_000)
    whole = make_pdf(long_paper(230, 12))

    def words(content: bytes) -> str:
        text = re.sub(r"—\s*\d+\s*—", "", text_of(content))
        return re.sub(r"\s", "", text).replace("编号问题地点", "")

    assert words(parted.content) == words(whole.content)


def test_no_piece_ends_with_a_heading_and_none_is_large(small):
    data = page_data(long_paper(230, 60), str)
    data.document["missing"] = ""
    found = list(pieces.pieces_of(data.document))
    assert len(found) > 5
    for piece in found[1:]:
        runs = [*piece["runs"], *(run for one in piece["attachments"] for run in one["runs"])]
        blocks = [block for run in runs for block in run["blocks"]]
        assert blocks[-1]["kind"] != "heading"
        assert sum(len(block.get("rows", ())) for block in blocks) <= pieces.ROWS
        assert sum(len(block.get("pictures", ())) for block in blocks) <= pieces.PICTURES


def test_a_table_longer_than_a_piece_is_parted_between_rows(small):
    short = long_paper(230, 0)
    table = short.attachments[0].blocks[1]
    rows = [(f"{n}", f"第{n}个：长", "") for n in range(130)]
    longer = type(table)(table.columns, rows)
    attachment = type(short.attachments[0])(title="问题清单", blocks=(longer,))
    document = type(short)(title="通报", dated=short.dated, attachments=(attachment,))
    assert numbers_in(make_pdf(document).content) == list(range(130))
