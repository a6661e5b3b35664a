"""Relationships between the parts of an Open XML file (ISO/IEC 29500-2, clause 9)."""

from __future__ import annotations

import posixpath

from .archive import Archive
from .markup import attribute, local, read_xml


def targets(archive: Archive, source: str) -> dict[str, str]:
    """Parts that a part refers to, by "#id" and by kind (the first of each kind).

    `source` is "" for the package itself. Targets outside the file are left out.
    """
    folder, file = posixpath.split(source)
    root = read_xml(archive, posixpath.join(folder, "_rels", f"{file}.rels"))
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
