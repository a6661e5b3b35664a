"""Writes an official document as .docx by GB/T 9704-2012 《党政机关公文格式》."""

from collections.abc import Iterable
from typing import BinaryIO

from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from chuangwen.reports.official import fonts, measures
from chuangwen.reports.official.blocks import Block, Heading, Paragraph, Pictures, Table
from chuangwen.reports.official.closing import (
    attachment_list_markup,
    imprint_markup,
    signature_markup,
)
from chuangwen.reports.official.document import Attachment, OfficialDocument
from chuangwen.reports.official.head import head_markup, title_markup
from chuangwen.reports.official.markup import blank, make, paragraph, run, sliver
from chuangwen.reports.official.numbering import HeadingCounter
from chuangwen.reports.official.package import new_package, save_package
from chuangwen.reports.official.pictures import PictureWriter
from chuangwen.reports.official.sections import Sections
from chuangwen.reports.official.spilling import Spill
from chuangwen.reports.official.styles import font_markup
from chuangwen.reports.official.tables import table_markup
from chuangwen.reports.text import clean_text, has_long_word

_RUN_IN_FONTS = {1: fonts.HEITI, 2: fonts.KAITI, 3: fonts.FANGSONG, 4: fonts.FANGSONG}
_AFTER_TABLE = measures.LINE // 2


def write_docx(document: OfficialDocument, target: BinaryIO) -> None:
    """Write `document` to `target`, a binary stream open for writing.

    The same document gives the same bytes. Raises ValueError for a table wider than its page.
    """
    package = new_package(document.title, document.dated)
    with Spill() as spill:
        _fill(package, document, spill)
        save_package(package, target, spill)


def _fill(package: DocxDocument, document: OfficialDocument, spill: Spill) -> None:
    pictures = PictureWriter(package)
    flow = _Flow(Sections(package), pictures, spill, landscape=document.landscape)
    flow.add(head_markup(document))
    flow.add_blocks(document.blocks)
    flow.add_closing(attachment_list_markup(document.attachments) + signature_markup(document))
    written = [(n, item) for n, item in enumerate(document.attachments, 1) if item.blocks]
    for number, attachment in written:
        flow.turn(landscape=attachment.landscape, fresh=True)
        flow.add(_attachment_head(number if len(document.attachments) > 1 else 0, attachment))
        flow.add_blocks(attachment.blocks)
    if document.verification:
        flow.turn(landscape=False)
        flow.add([_gap(), pictures.verification(document.verification), _gap()])
    if document.imprint:
        flow.turn(landscape=False)
        flow.add(imprint_markup(document.imprint))
    package.element.body.extend(flow.finish())


class _Flow:
    """The body so far; knows how its current pages lie and closes sections."""

    def __init__(
        self, sections: Sections, pictures: PictureWriter, spill: Spill, *, landscape: bool
    ) -> None:
        self._spill = spill
        self._sections = sections
        self._pictures = pictures
        self._parts: list[BaseOxmlElement] = []
        self._home = self._landscape = landscape

    def add(self, parts: Iterable[BaseOxmlElement]) -> None:
        self._parts.extend(parts)

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        counter = HeadingCounter()
        for block in blocks:
            if isinstance(block, Table):
                self.turn(landscape=block.landscape or self._home)
                markup = table_markup(block, landscape=self._landscape, spill=self._spill)
                self.add([markup, _gap()])
            elif isinstance(block, Pictures):
                self.turn(landscape=self._home)
                self.add([self._pictures.markup(block), _gap()])
            else:
                self.turn(landscape=self._home)
                self.add([_text_markup(block, counter)])

    def add_closing(self, parts: list[BaseOxmlElement]) -> None:
        """Add 附件说明 and signature, held together with the end of the text (7.3.5.5)."""
        if not parts:
            return
        self.turn(landscape=self._home)
        last = self._parts[-1]
        if last.tag == qn("w:p") and last.pPr.find(qn("w:keepNext")) is None:
            last.pPr.insert(1, make("keepNext"))
        self.add(parts)

    def turn(self, *, landscape: bool, fresh: bool = False) -> None:
        """Close the section when the pages turn, or when a `fresh` page is wanted anyway."""
        if fresh:
            self._home = landscape
        if landscape == self._landscape and not fresh:
            return
        ending = self._sections.properties(landscape=self._landscape)
        last = self._parts[-1]
        if last.tag == qn("w:p"):
            last.pPr.append(ending)
        else:
            holder = sliver()
            holder.pPr.append(ending)
            self._parts.append(holder)
        self._landscape = landscape

    def finish(self) -> list[BaseOxmlElement]:
        if self._parts[-1].tag != qn("w:p"):
            self._parts.append(sliver())
        return [*self._parts, self._sections.properties(landscape=self._landscape)]


def _gap() -> BaseOxmlElement:
    """Return the half line below a table, which also keeps two tables from growing together."""
    height = make("spacing", before=0, after=0, line=_AFTER_TABLE, lineRule="exact")
    return paragraph("Normal", properties=(make("snapToGrid", val=0), height))


def _attachment_head(number: int, attachment: Attachment) -> list[BaseOxmlElement]:
    """Return 附件1 in the first line and the title in the third (7.3.7)."""
    mark = paragraph("AttachmentMark", run(f"附件{number or ''}"))
    title = title_markup(attachment.title, landscape=attachment.landscape)
    return [mark, blank("AttachmentMark"), *title, blank("AttachmentMark")]


def _text_markup(block: Paragraph | Heading, counter: HeadingCounter) -> BaseOxmlElement:
    if isinstance(block, Paragraph):
        return _paragraph_markup(block)
    number = counter.next(block.level) if block.numbered else ""
    text = number + clean_text(block.text).strip()
    if not block.continuation:
        return paragraph(f"Heading{block.level}", run(text), properties=_wrapping(text))
    # A heading with text behind it is body text to Word's outline, only its words are marked.
    lead = run(text, font_markup(_RUN_IN_FONTS[block.level]))
    rest = run(clean_text(block.continuation).strip())
    return paragraph("BodyText", lead, rest, properties=_wrapping(block.continuation))


def _paragraph_markup(block: Paragraph) -> BaseOxmlElement:
    style = "BodyText" if block.indented else "Normal"
    properties = [*_wrapping(block.text), make("jc", val=block.align.value)]
    if block.kept_with_next:
        properties.append(make("keepNext"))
    return paragraph(style, run(block.text.strip()), properties=tuple(properties))


def _wrapping(text: str) -> tuple[BaseOxmlElement, ...]:
    """Return leave to break inside Latin words where a long one would tear a line apart."""
    return (make("wordWrap", val=0),) if has_long_word(text) else ()
