"""What a photo shows in 64 bits (dHash), so that a photo of a photo, cut or saved again, is found.

Two pictures are alike when few bits differ. Numbers that differ in at most `MOST_DIFFERENT` bits
agree, but for one bit, in at least one of their four bands of 16: so candidates come from an index.
"""

import contextlib
import itertools
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

from chuangwen.files.kinds.pictures import MOST_PIXELS
from chuangwen.files.rendering import install_heif_reader

SIDE = 8
MOST_DIFFERENT = 6  # of 64 bits; tests say what that finds, and what it leaves alone
LEAST_CONTRAST = 12  # a dark or white picture looks like every other one
BAND_BITS, BAND_COUNT = 16, 4
_MASK, _SIGN = 2**64 - 1, 2**63


def fingerprint_of(file: BinaryIO) -> int | None:
    """Return the 64 bits, signed as databases keep them; None for what shows nothing or is broken.

    Each bit: whether the picture, upright, grey and 9×8 points small, gets lighter to the right.
    """
    install_heif_reader()
    file.seek(0)
    with (
        warnings.catch_warnings(),
        contextlib.suppress(
            OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError
        ),
    ):
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.draft("L", (SIDE * 16, SIDE * 16))  # JPEG is decoded at a fraction of its size
            upright = ImageOps.exif_transpose(opened).convert("L")
            small = upright.resize((SIDE + 1, SIDE), Image.Resampling.BOX)
        points = small.tobytes()
        if max(points) - min(points) < LEAST_CONTRAST:
            return None
        bits = 0
        for row in range(SIDE):
            line = points[row * (SIDE + 1) : (row + 1) * (SIDE + 1)]
            for left, right in itertools.pairwise(line):
                bits = bits << 1 | (right > left)
        return bits - 2**64 if bits & _SIGN else bits
    return None


def bands_of(fingerprint: int) -> tuple[int, ...]:
    """Return the four bands, first bits first."""
    bits = fingerprint & _MASK
    return tuple(
        bits >> BAND_BITS * place & 2**BAND_BITS - 1 for place in reversed(range(BAND_COUNT))
    )


def near(band: int) -> list[int]:
    """Return the band and all that differ from it in one bit."""
    return [band, *(band ^ 1 << place for place in range(BAND_BITS))]


def difference(one: int, other: int) -> int:
    """Return in how many bits two fingerprints differ."""
    return ((one ^ other) & _MASK).bit_count()
