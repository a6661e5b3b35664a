"""The parts of a .docx: which file is the body, and what belongs to it."""

from __future__ import annotations

import posixpath

from ..archive import Archive
from ..markup import Element, attribute, local, read_xml


class Package:
    """Finds parts through their relationships, as Word does; names differ between producers."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.main = self._targets("").get("officeDocument", "word/document.xml")
        self._related = self._targets(self.main)

    def body(self) -> Element | None:
        """Root of the main part, or None."""
        return read_xml(self.archive, self.main)

    def related(self, kind: str) -> Element | None:
        """Root of the related part of a kind (styles, numbering, footnotes, endnotes), or None."""
        part = self._related.get(kind)
        return read_xml(self.archive, part) if part else None

    def chunk(self, identifier: str) -> bytes:
        """Bytes of an embedded foreign document (w:altChunk); empty when it is missing."""
        part = self._related.get(f"#{identifier}")
        return self.archive.read(part) if part else b""

    def _targets(self, source: str) -> dict[str, str]:
        folder, file = posixpath.split(source)
        root = read_xml(self.archive, posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, str] = {}
        for relation in root if root is not None else ():
            target = attribute(relation, "Target")
            if local(relation) != "Relationship" or not target:
                continue
            if attribute(relation, "TargetMode") == "External":
                continue
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (attribute(relation, "Type") or "").rpartition("/")[2]
            found.setdefault(kind, part)
            found[f"#{attribute(relation, 'Id')}"] = part
        return found
