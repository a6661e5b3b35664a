"""Walks the body of a .docx in document order."""

from __future__ import annotations

from collections.abc import Iterator

from ..archive import Archive
from ..blocks import Block
from ..errors import UnreadableDocument
from ..layout import lay_out
from ..markup import Element, attribute, child, local
from ..model import ReadText
from .numbering import Numbering
from .package import Package
from .runs import choice, read_inline
from .styles import Styles
from .tables import read_table

_WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")


def read_docx(archive: Archive) -> ReadText:
    """Return the text of a .docx with list numbers, tables, text boxes and notes.

    Tracked insertions count, tracked deletions, hidden text, comments, page headers and generated
    tables of contents do not. Raises UnreadableDocument.
    """
    try:
        return lay_out(_Body(archive).read(), archive.name, "docx")
    except UnreadableDocument as error:
        if error.code == "empty" and any("/media/" in name for name in archive.names()):
            raise UnreadableDocument(
                "scanned",
                f"“{archive.name}”里只有图片，没有文字。"
                "请导入有文字的原稿 .docx，或先做文字识别（OCR）。",
            ) from error
        raise


class _Body:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.package = Package(archive)
        self.styles = Styles(self.package.related("styles"))
        self.numbering = Numbering(self.package.related("numbering"))
        self.notes: dict[str, dict[str, Element]] = {}
        self.pending: list[str] = []  # notes referred to since the last top-level block
        self.noted = 0

    def read(self) -> Iterator[Block]:
        root = self.package.body()
        if root is None or (body := child(root, "body")) is None:
            raise self.archive.damaged()
        for block in self.blocks(body):
            yield block
            yield from self.pending
            self.pending.clear()

    def blocks(self, container: Element) -> Iterator[Block]:
        """Blocks of a body, cell, text box or note."""
        begun = ""  # text of paragraphs whose end mark was deleted: they run into the next one
        for element in _content(container):
            kind = local(element)
            if kind == "p":
                text, mark_deleted, boxes = self.paragraph(element, begun)
                begun = text if mark_deleted else ""
                if not mark_deleted:
                    yield text
                for box in boxes:
                    yield from self.blocks(box)
            elif kind == "tbl":
                yield read_table(element, lambda cell: tuple(self.blocks(cell)))
            elif kind == "altChunk":
                raise _foreign(self.archive.name)
        if begun:
            yield begun

    def paragraph(self, element: Element, begun: str) -> tuple[str, bool, list[Element]]:
        properties = child(element, "pPr")
        inline = read_inline(element)
        text = "" if self.styles.is_contents(properties) else inline.text
        marks = child(properties, "rPr")
        if child(marks, "del") is not None or child(marks, "moveFrom") is not None:
            return begun + text, True, inline.boxes
        text = begun + text
        numbered = self.styles.numbered(properties)
        if numbered and text.strip():
            level = numbered.level
            if level is None:
                level = self.numbering.level_of_style(numbered.list_id, numbered.style)
            text = self.numbering.label(numbered.list_id, level) + text.lstrip(" \t")
        for kind, identifier in inline.notes:
            self.note(kind, identifier)
        return text, False, inline.boxes

    def note(self, kind: str, identifier: str) -> None:
        """Keep the text of a note until the block that refers to it is complete."""
        if kind not in self.notes:
            root = self.package.related(f"{kind}s")
            self.notes[kind] = {attribute(note, "id") or "": note for note in _each(root)}
        if (note := self.notes[kind].get(identifier)) is not None:
            self.noted += 1
            text = " ".join(read_inline(paragraph).text.strip() for paragraph in _content(note))
            self.pending.append(f"〔注{self.noted}〕{text.strip()}")


def _foreign(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "foreign_part",
        f"“{name}”里嵌有其他格式的文档。请在 Word 中打开，另存为 .docx 后再导入。",
    )


def _each(root: Element | None) -> Iterator[Element]:
    yield from root if root is not None else ()


def _content(container: Element) -> Iterator[Element]:
    """Block elements of a container, looking through what only wraps them."""
    for element in container:
        kind = local(element)
        if kind == "sdt" and _is_contents(element):
            continue
        if kind == "AlternateContent":
            yield from _content(choice(element))
        elif kind in _WRAPPERS:
            yield from _content(element)
        else:
            yield element


def _is_contents(control: Element) -> bool:
    gallery = child(control, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(gallery, "val") == "Table of Contents"
