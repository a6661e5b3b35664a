"""The parts of a .docx: which file is the body, and what belongs to it."""

from __future__ import annotations

from ..archive import Archive
from ..markup import Element, read_xml
from ..relations import targets


class Package:
    """Finds parts through their relationships, as Word does; names differ between producers."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = targets(archive, "").get("officeDocument", "word/document.xml")
        self._related = targets(archive, self.main)

    def body(self) -> Element | None:
        """Root of the main part, or None."""
        return read_xml(self.archive, self.main)

    def related(self, kind: str) -> Element | None:
        """Root of the related part of a kind (styles, numbering, footnotes, endnotes), or None."""
        part = self._related.get(kind)
        return read_xml(self.archive, part) if part else None
