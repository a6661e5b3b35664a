"""Answers and pictures as phones send them; no Django needed."""

import hashlib
import io
import random

from PIL import Image

from chuangwen.framework.enums import LineShape

# For each shape: its threshold, and what passes and fails under it.
SHAPES: dict[str, tuple[str | None, dict[str, str], dict[str, str]]] = {
    LineShape.EXISTS: (None, {"found": "1"}, {"found": "0"}),
    LineShape.COUNT: ("3", {"found": "3"}, {"found": "2"}),
    LineShape.DENSITY: ("2", {"found": "4", "measure": "200"}, {"found": "3", "measure": "200"}),
    LineShape.RATIO: ("90", {"part": "9", "whole": "10"}, {"part": "8", "whole": "10"}),
    LineShape.ABSENCE: (None, {"found": "0"}, {"found": "5"}),
    LineShape.BEHAVIOUR: ("10", {"seen": "10", "bad": "1"}, {"seen": "10", "bad": "2"}),
    LineShape.FREE: (None, {}, {}),
}


def photo(seed: int, *, width: int = 96, height: int = 64, quality: int = 80) -> bytes:
    """A small picture of its own for every seed."""
    chance = random.Random(seed)  # noqa: S311 - a picture, no secret
    small = Image.frombytes("RGB", (12, 8), chance.randbytes(12 * 8 * 3))
    target = io.BytesIO()
    small.resize((width, height), Image.Resampling.BICUBIC).save(target, "JPEG", quality=quality)
    return target.getvalue()


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
