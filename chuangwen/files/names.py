"""File names as people give them: kept long and Chinese, without what could do harm."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LONGEST = 200
LONGEST_SUFFIX = 10
NAMELESS = "未命名"
# Control and format characters (Cc, Cf) can hide text or turn its direction; Cs and Cn are broken.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(raw: str) -> str:
    """Return a name that every system can store: no folders, no hidden or forbidden characters.

    At most 200 characters; what is too long loses its middle's end, never its suffix.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", raw.encode("utf-8", "replace").decode()))
    visible = "".join(
        " " if char.isspace() else char
        for char in last[-1]
        if char.isspace() or unicodedata.category(char) not in HIDDEN
    )
    plain = " ".join(FORBIDDEN.sub("_", visible).split()).lstrip(". ").rstrip(". ")
    return _shortened(plain) or NAMELESS


def suffix_of(name: str) -> str:
    """Return the suffix in lower case with its dot, or nothing."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if 1 < len(suffix) <= LONGEST_SUFFIX else ""


def with_suffix(name: str, suffixes: tuple[str, ...]) -> str:
    """Return a name that ends in one of `suffixes`; the first is added when none fits.

    A .pdf that is a photo is saved as .pdf.jpg: what a click opens is what is inside.
    """
    if not suffixes or suffix_of(name) in suffixes:
        return name
    return _shortened(f"{name}{suffixes[0]}")


def disposition(name: str, *, inline: bool = False) -> str:
    """Return the Content-Disposition with the full name (RFC 6266, RFC 8187) and an ASCII one."""
    kind = "inline" if inline else "attachment"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name).replace("%", "_")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    suffix = suffix_of(name)
    return name[: LONGEST - len(suffix)].rstrip(". ") + suffix
