"""Parses XML from strangers: no entities, no document types, no network."""

from __future__ import annotations

from typing import Any

from lxml import etree

from .archive import Archive
from .errors import UnreadableDocument

# lxml ships no types; an element is Any.
Element = Any


def read_xml(archive: Archive, part: str) -> Element | None:
    """Root of a part, or None when the archive has no such part.

    Raises UnreadableDocument: unsafe_xml for a document type or entities, damaged when malformed.
    """
    if part not in archive:
        return None
    data = archive.read(part)
    refuse_document_type(archive, data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise archive.damaged() from error
    if root.getroottree().docinfo.doctype:
        raise _unsafe(archive)
    return root


def refuse_document_type(archive: Archive, data: bytes) -> None:
    """Raise UnreadableDocument when a part declares a document type, the door of all entities."""
    if b"<!DOCTYPE" in data.replace(b"\x00", b""):
        raise _unsafe(archive)


def _unsafe(archive: Archive) -> UnreadableDocument:
    return UnreadableDocument(
        "unsafe_xml",
        f"“{archive.name}”含有外部实体或文档类型声明，不是正常的办公文件，没有导入。请核对文件来源。",
    )


def local(element: Element) -> str:
    """Name without namespace, so that strict and transitional files read alike."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str) -> str | None:
    """Value of an attribute whatever its namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """First descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def number(value: str | None, default: int = 0, limit: int = 100_000) -> int:
    """A small whole number written in a file; the default when it is none."""
    try:
        found = int(value or "")
    except ValueError:
        return default
    return found if abs(found) <= limit else default
