"""What a file really is, by its bytes; names and extensions are not believed."""

from __future__ import annotations

import re

import filetype

from .archive import Archive

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(
    rb"(?>\s+|<!--(?:(?!-->).)*+-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|"
    rb"h[1-6]|span|section|article|style|script|link)\b[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1f]")
_ARCHIVED = re.compile(rb"(?:From:|MIME-Version:)[^\0]{0,400}?Content-Type:\s*multipart/", re.I)


def sniff(data: bytes) -> str:
    """Kind of a file that is no zip: pdf, html, xls, text, or a kind that is refused.

    Refused kinds: doc, encrypted, rtf, mhtml, word_xml, ole, image, media, archive, program.
    """
    if _is_pdf(data):
        return "pdf"
    if data.startswith(OLE):
        return _ole(data)
    return _marked(_narrow(data[:8192])) or (_binary(data) if _has_binary(data) else "text")


def _is_pdf(data: bytes) -> bool:
    """Readers accept up to 1,024 bytes before the mark; a text that mentions it has no end mark."""
    place = data.find(b"%PDF-", 0, 1024)
    return place == 0 or (place > 0 and b"%%EOF" in data[-2048:])


def _marked(head: bytes) -> str | None:
    """Formats that are text themselves and begin with their own mark."""
    start = head.lstrip()
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if _ARCHIVED.match(start):
        return "mhtml"
    if start.startswith(b"<?xml") and b"progid=" in start[:400]:
        return "word_xml"
    return "html" if _HTML.match(start) else None


def sniff_zip(archive: Archive) -> str:
    """Kind of a zip: docx, xlsx, ods, or one that is refused (pptx, xlsb, odt, ofd, archive)."""
    types = archive.read("[content_types].xml")
    for kind, mark in (
        ("docx", b"wordprocessingml"),
        ("docx", b"ms-word.document"),
        ("pptx", b"presentationml"),
        ("xlsb", b"ms-excel.sheet.binary"),
        ("xlsx", b"spreadsheetml"),
        ("xlsx", b"ms-excel.sheet.macro"),
    ):
        if mark in types:
            return kind
    declared = archive.read("mimetype")[:100]
    if b"opendocument.spreadsheet" in declared:
        return "ods"
    if b"opendocument" in declared:
        return "odt"
    return "ofd" if "ofd.xml" in archive else "archive"


def _ole(data: bytes) -> str:
    """Streams of a compound file are named in UTF-16 in its directory."""
    for kind, stream in (
        ("encrypted", "EncryptedPackage"),
        ("doc", "WordDocument"),
        ("xls", "Workbook"),
        ("xls", "Book"),
    ):
        if stream.encode("utf-16-le") + b"\0\0" in data:
            return kind
    return "ole"


def _narrow(head: bytes) -> bytes:
    """The head with byte order marks and the zero bytes of UTF-16 removed."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _has_binary(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\0" in data or len(_CONTROL.findall(data, 0, 8192)) > 8


def _binary(data: bytes) -> str:
    guess = filetype.guess(data[:8192])
    family = guess.mime.partition("/")[0] if guess else ""
    if family == "image":
        return "image"
    if family in ("video", "audio"):
        return "media"
    if guess and guess.extension in ("zip", "rar", "7z", "gz", "tar", "bz2", "xz"):
        return "archive"
    return "program" if data.startswith((b"MZ", b"\x7fELF")) else "binary"
