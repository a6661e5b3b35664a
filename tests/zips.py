"""Zip containers as no office program writes them: locked, or packed by another method."""

ENTRY, LISTED = b"PK\x03\x04", b"PK\x01\x02"  # before each part, and in the directory at the end
DEFLATE, DEFLATE64, BZIP2, LZMA = 8, 9, 12, 14


def locked(data: bytes) -> bytes:
    """Say of every part that it is encrypted."""
    return _altered(data, 6, 1)


def packed_by(data: bytes, method: int) -> bytes:
    """Say of every part that it was packed by `method`, which its bytes are not."""
    return _altered(data, 8, method)


def _altered(data: bytes, offset: int, value: int) -> bytes:
    changed = bytearray(data)
    for mark, at in ((ENTRY, offset), (LISTED, offset + 2)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] = value
            place = changed.find(mark, place + 4)
    return bytes(changed)
