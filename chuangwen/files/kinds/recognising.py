"""Telling a file's kind. Every accepted kind is proved by its structure, not by two bytes."""

from typing import BinaryIO

import filetype

from chuangwen.files.kinds import compound, package, pictures, plain, refusals
from chuangwen.files.kinds.model import HEIC, JPEG, PDF, PNG, WEBP, FileKind

HEAD = 8192
PICTURES = {
    "image/jpeg": (JPEG, pictures.check_jpeg),
    "image/png": (PNG, pictures.check_png),
    "image/webp": (WEBP, pictures.check_webp),
    "image/heic": (HEIC, pictures.check_heic),
    "image/heif": (HEIC, pictures.check_heic),
}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa")
PACKED_TYPES = ("x-rar", "x-7z", "gzip", "x-tar", "x-bzip", "x-xz", "zstd", "x-compress", "x-lzip")


def recognise(file: BinaryIO, name: str) -> FileKind:
    """Return the kind of an open, seekable file. Raises Invalid for what may not be attached.

    `name` is for the message only.
    """
    head = _head(file)
    if not head:
        raise refusals.refused(name, refusals.EMPTY)
    if head.startswith(PROGRAMS):
        raise refusals.refused(name, refusals.PROGRAM)
    if head.startswith(b"%PDF-"):
        _check_pdf(file, name)
        return PDF
    if head.startswith(compound.MAGIC):
        return compound.recognise(file, name)
    if head.startswith(package.MAGIC):
        return package.recognise(file, name)
    found = filetype.guess(head)
    media_type = found.mime if found else ""
    if media_type in PICTURES:
        kind, check = PICTURES[media_type]
        check(file, name)
        return kind
    return _other(file, name, media_type)


def _head(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(HEAD)


def _check_pdf(file: BinaryIO, name: str) -> None:
    """A whole PDF ends with its mark; readers look for it in the last kilobyte or so."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 4096))
    if b"%%EOF" not in file.read():
        raise refusals.refused(name, refusals.DAMAGED)


def _other(file: BinaryIO, name: str, media_type: str) -> FileKind:
    family, _, rest = media_type.partition("/")
    if rest.startswith(PACKED_TYPES):
        raise refusals.refused(name, refusals.PACKED)
    if family in {"video", "audio"}:
        raise refusals.refused(name, refusals.VIDEO)
    if media_type:
        raise refusals.refused(name, refusals.UNKNOWN)
    return plain.recognise(file, name)
