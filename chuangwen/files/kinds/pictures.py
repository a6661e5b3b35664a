"""Pictures: whole, and not so large that opening one fills the memory.

Only headers and block lengths are read here; pixels are decoded by the worker alone.
"""

import struct
import warnings
from typing import BinaryIO

from PIL import Image

from chuangwen.files.kinds import refusals

MOST_PIXELS = 100_000_000
PNG_SIGNATURE = 8
CHUNK = 2**20
STANDALONE = {0x01, *range(0xD0, 0xD8)}
START_OF_SCAN, END_OF_IMAGE = 0xDA, b"\xff\xd9"


def check_jpeg(file: BinaryIO, name: str) -> None:
    """Walk the segments to the pixels, which must end with the end mark (ITU T.81 B.1)."""
    check_dimensions(file, name)
    file.seek(2)
    while True:
        mark = file.read(2)
        if len(mark) < 2 or mark[0] != 0xFF:
            raise refusals.refused(name, refusals.TRUNCATED)
        if mark[1] == 0xFF:
            file.seek(-1, 1)
        elif mark[1] == START_OF_SCAN:
            break
        elif mark[1] not in STANDALONE:
            _skip(file, name, ">H", 2)
    if not _contains(file, END_OF_IMAGE):
        raise refusals.refused(name, refusals.TRUNCATED)


def check_png(file: BinaryIO, name: str) -> None:
    """Walk the chunks to the last one, IEND."""
    check_dimensions(file, name)
    file.seek(PNG_SIGNATURE)
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise refusals.refused(name, refusals.TRUNCATED)
        if head[4:] == b"IEND":
            return
        file.seek(struct.unpack(">I", head[:4])[0] + 4, 1)


def check_webp(file: BinaryIO, name: str) -> None:
    """The container states its length."""
    check_dimensions(file, name)
    file.seek(4)
    claimed = struct.unpack("<I", file.read(4))[0] + 8
    if file.seek(0, 2) < claimed:
        raise refusals.refused(name, refusals.TRUNCATED)


def check_heic(file: BinaryIO, name: str) -> None:
    """Walk the boxes (ISO/IEC 14496-12); pixels are opened by an optional library only."""
    end = file.seek(0, 2)
    at = 0
    while at < end:
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            raise refusals.refused(name, refusals.TRUNCATED)
        size = struct.unpack(">I", head[:4])[0]
        if size == 1 and len(head) == 16:
            size = struct.unpack(">Q", head[8:])[0]
        at = end if size == 0 else at + size
        if at > end or 0 < size < 8:
            raise refusals.refused(name, refusals.TRUNCATED)


def check_dimensions(file: BinaryIO, name: str) -> None:
    """Refuse what cannot be read as a picture, and a decompression bomb, by the header."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            width, height = Image.open(file, formats=("JPEG", "PNG", "WEBP")).size
    except Image.DecompressionBombError as error:
        raise refusals.refused(name, refusals.BOMB) from error
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        raise refusals.refused(name, refusals.DAMAGED) from error
    if width * height > MOST_PIXELS:
        raise refusals.too_many_pixels(name, width, height, MOST_PIXELS)


def _skip(file: BinaryIO, name: str, form: str, length: int) -> None:
    raw = file.read(length)
    if len(raw) < length:
        raise refusals.refused(name, refusals.TRUNCATED)
    file.seek(struct.unpack(form, raw)[0] - length, 1)


def _contains(file: BinaryIO, wanted: bytes) -> bool:
    tail = b""
    while block := file.read(CHUNK):
        if wanted in tail + block:
            return True
        tail = block[-1:]
    return False
