"""One door for every format: the content decides which reader runs."""

from __future__ import annotations

from . import apart
from .archive import Archive
from .errors import UnreadableDocument
from .model import Progress, ReadText, unheard
from .plain import LIMIT_BYTES, read_text
from .refusals import REFUSED, refuse
from .sniff import ZIP, sniff, sniff_zip

PASTED = "粘贴的文本"


def read_document(data: bytes, filename: str = "", progress: Progress = unheard) -> ReadText:
    """Return the text of a plan and where its tables lie.

    `filename` is used in messages only; `progress` hears of pages, where there are some. Raises
    UnreadableDocument, and nothing else, for whatever cannot be read: empty, too_large, damaged,
    encrypted, zip_bomb, scanned and others.
    """
    name = filename or PASTED
    kind, archive = _recognised(data, name)
    if archive is not None:
        return _read_zip(kind, archive)
    return _read_plain(kind, data, name, progress)


def refuse_unreadable(data: bytes, filename: str = "") -> None:
    """Raise UnreadableDocument for what can be refused at a glance: kind, size, a zip bomb."""
    _recognised(data, filename or PASTED)


def _recognised(data: bytes, name: str) -> tuple[str, Archive | None]:
    if len(data) > LIMIT_BYTES:
        raise UnreadableDocument(
            "too_large",
            f"“{name}”有 {len(data) / 1048576:.1f} MB，超过 20 MB 的上限。请拆分后再导入。",
        )
    archive = Archive(data, name) if data.startswith(ZIP) else None
    kind = sniff_zip(archive) if archive else sniff(data)
    if kind in REFUSED:
        raise refuse(kind, name)
    return kind, archive


# Readers are imported when needed: a text file should not wait for a PDF library.
# ruff: noqa: PLC0415


def _read_zip(kind: str, archive: Archive) -> ReadText:
    if kind == "docx":
        from .word import read_docx

        return read_docx(archive)
    if kind in ("xlsx", "ods"):
        from .sheets import read_ods, read_xlsx

        return read_xlsx(archive) if kind == "xlsx" else read_ods(archive)
    raise refuse(kind, archive.name)


def _read_plain(kind: str, data: bytes, name: str, progress: Progress) -> ReadText:
    if kind == "html":
        from .webpage import read_html

        return read_html(data, name)
    if kind in ("pdf", "xls"):
        return apart.read_apart(kind, data, name, progress)
    return read_text(data, name)
