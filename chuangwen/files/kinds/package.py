"""Office files of the newer kind and OFD: zip packages, told by the parts they hold."""

from typing import BinaryIO

from chuangwen.files.kinds import refusals
from chuangwen.files.kinds.model import DOCX, OFD, PPTX, XLSX, FileKind
from chuangwen.kit.archives import Limits, UnsafeArchive, ZipContainer

MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
TYPES_PART = "[Content_Types].xml"
LIMITS = Limits(
    parts=20_000, total=2**20, part=2**20
)  # the part with the types is all that is read
MAIN_PARTS = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
RUNNABLE = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".scr", ".jar", ".com")


def recognise(file: BinaryIO, name: str) -> FileKind:
    """Return the kind of package. Raises Invalid for plain archives, macros and damage.

    Only the directory and one small part are read: nothing is unpacked, so nothing can swell.
    """
    try:
        archive = ZipContainer(file, LIMITS)
        found = {entry.filename: entry for entry in archive.entries}
        types = archive.read(found[TYPES_PART]) if TYPES_PART in found else b""
    except UnsafeArchive as error:
        raise refusals.refused(name, refusals.DAMAGED) from error
    lowered = [part.lower() for part in found]
    if "ofd.xml" in lowered:
        return OFD
    kind = next((k for start, k in MAIN_PARTS.items() if _holds(lowered, start)), None)
    if kind is None or not types:
        raise refusals.refused(name, refusals.PACKED)
    if b"macroEnabled" in types or any(part.endswith(RUNNABLE) for part in lowered):
        raise refusals.refused(name, refusals.MACROS)
    return kind


def _holds(parts: list[str], folder: str) -> bool:
    return any(part.startswith(folder) and part.endswith(".xml") for part in parts)
