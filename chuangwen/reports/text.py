"""Text that is safe to put into a document: cleaned characters and measured widths."""

import re
import unicodedata
from datetime import date
from functools import cache

# XML 1.0 (section 2.2) refuses C0 controls, surrogates and U+FFFE/FFFF. C1 controls are legal
# but never meant, and bidirectional overrides can make a printed sentence say something else.
_NEVER_MEANT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef]"
    "|["
    + "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LONG_WORD = re.compile(r"[!-~]{20,}")


def clean_text(text: str) -> str:
    """Return `text` with line ends as "\\n", tabs as spaces and no unprintable characters."""
    if text.isprintable():  # nearly every cell of a long list; nothing of the below is
        return text
    return _NEVER_MEANT.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")


def one_line(text: str) -> str:
    """Return cleaned `text` on one line, each run of white space as one space."""
    return " ".join(clean_text(text).split())


def em_width(text: str) -> float:
    """Return the width of one line in em: 1 for a Chinese character, 0.5 for a Latin one."""
    return sum(_character_width(character) for character in text)


@cache
def _character_width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def has_long_word(text: str) -> bool:
    """Tell whether `text` holds a Latin run (an address, a key) that no line can hold well."""
    return _LONG_WORD.search(text) is not None


def chinese_date(day: date) -> str:
    """Return 2021年8月6日: Arabic figures without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
