"""Streams of a compound file ([MS-CFB]), the container of .xls."""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA  # sector numbers from here on have special meanings
_ENTRY = 128


def read_stream(data: bytes, name: str) -> bytes:
    """Bytes of a stream of 4,096 bytes or more; empty when it is missing, short or broken."""
    try:
        return _read(data, name)
    except (struct.error, IndexError, ValueError, OverflowError):
        return b""


def _read(data: bytes, name: str) -> bytes:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return b""
    table = _allocation(data, size)
    first = struct.unpack_from("<I", data, 48)[0]
    directory = _chain(data, size, table, first)
    wanted = name.encode("utf-16-le") + b"\0\0"
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        if directory[at : at + length] == wanted:
            start, whole = struct.unpack_from("<II", directory, at + 116)
            return _chain(data, size, table, start)[:whole] if whole >= 4096 else b""
    return b""


def _allocation(data: bytes, size: int) -> list[int]:
    """The file allocation table: for each sector the one that follows it."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    following, per = struct.unpack_from("<I", data, 68)[0], size // 4 - 1
    limit = len(data) // size
    while following < _END and len(sectors) < limit + per + 109:
        *more, following = struct.unpack_from(f"<{per + 1}I", data, (following + 1) * size)
        sectors += more
    table: list[int] = []
    for sector in sectors:
        if sector < _END:
            table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return table


def _chain(data: bytes, size: int, table: list[int], sector: int) -> bytes:
    parts: list[bytes] = []
    while sector < _END and len(parts) <= len(table):
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)
