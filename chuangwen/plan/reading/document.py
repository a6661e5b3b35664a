"""One door for every format: the content decides which reader runs."""

from __future__ import annotations

from . import apart
from .archive import Archive
from .errors import UnreadableDocument
from .model import ReadText
from .plain import LIMIT_BYTES, read_text
from .refusals import REFUSED, refuse
from .sniff import ZIP, sniff, sniff_zip

PASTED = "粘贴的文本"


def read_document(data: bytes, filename: str = "") -> ReadText:
    """Return the text of a plan and where its tables lie.

    `filename` is used in messages only. Raises UnreadableDocument, and nothing else, for whatever
    cannot be read: empty, too_large, damaged, encrypted, zip_bomb, scanned and others.
    """
    name = filename or PASTED
    if len(data) > LIMIT_BYTES:
        raise UnreadableDocument(
            "too_large",
            f"“{name}”有 {len(data) / 1048576:.1f} MB，超过 20 MB 的上限。请拆分后再导入。",
        )
    if data.startswith(ZIP):
        return _read_zip(Archive(data, name))
    kind = sniff(data)
    if kind in REFUSED:
        raise refuse(kind, name)
    return _read_plain(kind, data, name)


# Readers are imported when needed: a text file should not wait for a PDF library.
# ruff: noqa: PLC0415


def _read_zip(archive: Archive) -> ReadText:
    kind = sniff_zip(archive)
    if kind == "docx":
        from .word import read_docx

        return read_docx(archive)
    if kind in ("xlsx", "ods"):
        from .sheets import read_ods, read_xlsx

        return read_xlsx(archive) if kind == "xlsx" else read_ods(archive)
    raise refuse(kind, archive.name)


def _read_plain(kind: str, data: bytes, name: str) -> ReadText:
    if kind == "html":
        from .webpage import read_html

        return read_html(data, name)
    if kind in ("pdf", "xls"):
        return apart.read_apart(kind, data, name)
    return read_text(data, name)
