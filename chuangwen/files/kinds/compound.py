"""Office and WPS files of the older kind: OLE2 containers, told by the streams they hold."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from chuangwen.files.kinds import refusals
from chuangwen.files.kinds.model import DOC, PPT, XLS, FileKind

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
ENTRY = 128
LAST_SECTOR = 0xFFFFFFFA
MOST_DIRECTORY_SECTORS = 4096
STREAMS = {"WordDocument": DOC, "Workbook": XLS, "Book": XLS, "PowerPoint Document": PPT}
MACRO_STORAGES = {"Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA"}


def recognise(file: BinaryIO, name: str) -> FileKind:
    """Return the kind. Raises Invalid for passwords, macros, installers and damage."""
    try:
        entries = set(_entry_names(file))
    except (struct.error, ValueError, IndexError) as error:
        raise refusals.refused(name, refusals.DAMAGED) from error
    if "EncryptedPackage" in entries:
        raise refusals.refused(name, refusals.ENCRYPTED)
    if entries & MACRO_STORAGES:
        raise refusals.refused(name, refusals.MACROS)
    for stream, kind in STREAMS.items():
        if stream in entries:
            return kind
    raise refusals.refused(name, refusals.UNKNOWN)


def _entry_names(file: BinaryIO) -> Iterator[str]:
    """Walk the directory sectors through the allocation table (MS-CFB 2.3, 2.6)."""
    file.seek(0)
    header = file.read(HEADER)
    size = 1 << struct.unpack_from("<H", header, 30)[0]
    if size not in (512, 4096):
        raise ValueError("unknown sector size")
    sector = struct.unpack_from("<I", header, 48)[0]
    table_sectors = struct.unpack_from("<109I", header, 76)
    seen: set[int] = set()
    while sector < LAST_SECTOR:
        if sector in seen or len(seen) > MOST_DIRECTORY_SECTORS:
            raise ValueError("the directory runs in a circle")
        seen.add(sector)
        content = _sector(file, sector, size)
        for start in range(0, size, ENTRY):
            length = struct.unpack_from("<H", content, start + 64)[0]
            if 2 < length <= 64:
                yield content[start : start + length - 2].decode("utf-16-le", "replace")
        sector = _next(file, table_sectors, sector, size)


def _next(file: BinaryIO, table_sectors: tuple[int, ...], sector: int, size: int) -> int:
    per_sector = size // 4
    block = _sector(file, table_sectors[sector // per_sector], size)
    return int(struct.unpack_from("<I", block, sector % per_sector * 4)[0])


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    content = file.read(size)
    if len(content) < ENTRY:
        raise ValueError("a sector lies behind the end of the file")
    return content.ljust(size, b"\xff")
