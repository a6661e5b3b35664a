"""Opens a PDF and puts its pages together: paragraphs and tables run over page ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2 import raw as pdfium

from ..blocks import Block
from ..errors import UnreadableDocument
from ..layout import lay_out
from ..model import Progress, ReadText, unheard
from ..plain import check_length
from .furniture import drop_furniture
from .geometry import Line, Sheet, join, lines_of
from .pages import read_page
from .paragraphs import Edges, continues, edges_of
from .spans import append_table
from .tables import Ruled, find_tables

LIMIT_PAGES = 500
_GARBLED = 0.1  # share of characters without a meaning

Item = Line | Ruled


def read_pdf(data: bytes, name: str, progress: Progress = unheard) -> ReadText:
    """Return the text of a PDF in reading order, with tables that are drawn with rules.

    Page numbers and repeated heads are left out. Raises UnreadableDocument: damaged, encrypted,
    too_large, scanned, garbled, empty. pdfium is not safe to use from two threads: see `apart`.
    """
    sheets = list(_sheets(data, name, progress))
    _check_text(sheets, name)
    tables = [find_tables(sheet) for sheet in sheets]
    lines = [lines_of(sheet.chars) for sheet in sheets]
    lines = drop_furniture(list(zip(sheets, lines, strict=True)))
    edges = edges_of(lines)
    pages: list[list[Item]] = [
        sorted([*own, *ruled], key=lambda item: -item.top)
        for own, ruled in zip(lines, tables, strict=True)
    ]
    return lay_out(_blocks(pages, edges), name, "pdf")


def _sheets(data: bytes, name: str, progress: Progress) -> Iterator[Sheet]:
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise _unopened(error, name) from error
    try:
        if len(document) > LIMIT_PAGES:
            raise UnreadableDocument(
                "too_large",
                f"“{name}”有 {len(document)} 页，超过 {LIMIT_PAGES} 页的上限。请拆分后再导入。",
            )
        characters = 0
        for index in range(len(document)):
            page = document[index]
            sheet = read_page(page)
            page.close()
            characters += len(sheet.chars)
            check_length(characters, name)
            progress(index + 1, len(document))
            yield sheet
    except (PdfiumError, ValueError, OverflowError) as error:
        raise _damaged(name) from error
    finally:
        document.close()


def _unopened(error: PdfiumError, name: str) -> UnreadableDocument:
    if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return UnreadableDocument(
            "encrypted", f"“{name}”已加密，需要密码才能打开。请取消密码后另存再导入。"
        )
    return _damaged(name)


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "damaged", f"“{name}”已损坏，无法打开。请重新导出 .pdf，或导入原稿 .docx。"
    )


def _check_text(sheets: Sequence[Sheet], name: str) -> None:
    scanned = [str(number) for number, sheet in enumerate(sheets, 1) if sheet.scanned]
    if scanned:
        which = "全部" if len(scanned) == len(sheets) else f"第 {'、'.join(scanned[:20])} 页"
        raise UnreadableDocument(
            "scanned",
            f"“{name}”{which}是扫描的图片，没有文字。请导入原稿 .docx，或先做文字识别（OCR）。",
        )
    chars = [char.text for sheet in sheets for char in sheet.chars]
    strange = sum(1 for text in chars if unicodedata.category(text[:1] or "\0")[0] == "C")
    strange += chars.count("\ufffd")
    if strange > len(chars) * _GARBLED:
        raise UnreadableDocument(
            "garbled",
            f"“{name}”的字体没有文字编码，读出来是乱码。请导入原稿 .docx，或先做文字识别。",
        )


def _blocks(pages: list[list[Item]], edges: Edges) -> Iterator[Block]:
    """Paragraphs and tables in order."""
    flow = _Flow(edges)
    for items in pages:
        flow.same_page = False
        for item in items:
            yield from flow.line(item) if isinstance(item, Line) else flow.ruled(item)
            flow.same_page = True
    yield from flow.close()


class _Flow:
    """Holds the paragraph or table that the next item may continue."""

    def __init__(self, edges: Edges) -> None:
        self.edges = edges
        self.same_page = False
        self.paragraph = ""
        self.above: Line | None = None
        self.table: Ruled | None = None

    def close(self) -> Iterator[Block]:
        if self.above:
            yield self.paragraph
        if self.table:
            yield self.table.grid
        self.above = self.table = None

    def line(self, line: Line) -> Iterator[Block]:
        if self.above and continues(self.above, line, self.edges, same_page=self.same_page):
            self.paragraph = join(self.paragraph, line.text)
        else:
            yield from self.close()
            self.paragraph = line.text
        self.above = line

    def ruled(self, table: Ruled) -> Iterator[Block]:
        if self.table and not self.same_page and _same_columns(self.table, table):
            self.table = Ruled(table.xs, table.ys, append_table(self.table.grid, table.grid))
        else:
            yield from self.close()
            self.table = table


def _same_columns(first: Ruled, second: Ruled) -> bool:
    return len(first.xs) == len(second.xs) and all(
        abs((a - first.xs[0]) - (b - second.xs[0])) < 6
        for a, b in zip(first.xs, second.xs, strict=True)
    )
