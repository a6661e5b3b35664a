"""Reads a written .docx back as bare XML, so that tests see what Word will see."""

import zipfile
from io import BytesIO

from lxml import etree

from chuangwen.reports.official import OfficialDocument, write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(document: OfficialDocument) -> bytes:
    buffer = BytesIO()
    write_docx(document, buffer)
    return buffer.getvalue()


class WrittenDocx:
    """The parts of one written document. Every part has been parsed: all XML is valid."""

    def __init__(self, document: OfficialDocument) -> None:
        with zipfile.ZipFile(BytesIO(written(document))) as archive:
            self.names = archive.namelist()
            self.raw = {name: archive.read(name) for name in self.names}
        self.parts = {name: etree.fromstring(raw) for name, raw in self.raw.items()}
        self.body = self.parts["word/document.xml"].find(f"{W}body")

    def style(self, key: str) -> etree._Element:
        return next(
            item
            for item in self.parts["word/styles.xml"].iter(f"{W}style")
            if item.get(f"{W}styleId") == key
        )

    def paragraphs(self, style: str | None = None) -> list[etree._Element]:
        return [p for p in self.body.iter(f"{W}p") if style is None or style_of(p) == style]

    def texts(self, style: str | None = None) -> list[str]:
        return [text_of(paragraph) for paragraph in self.paragraphs(style)]

    def sections(self) -> list[etree._Element]:
        return list(self.body.iter(f"{W}sectPr"))


def style_of(paragraph: etree._Element) -> str:
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def text_of(element: etree._Element) -> str:
    pieces = []
    for node in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if node.tag == f"{W}t":
            pieces.append(node.text or "")
        elif node.getparent().tag == f"{W}r":
            pieces.append("\n" if node.tag == f"{W}br" else "\t")
    return "".join(pieces)


def value(element: etree._Element, path: str, attribute: str = "val") -> str | None:
    """Return an attribute of the element at `path` (names parted by /), or None."""
    found = element.find("/".join(W + name for name in path.split("/")))
    return None if found is None else found.get(W + attribute)
