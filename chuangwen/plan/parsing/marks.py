"""Folding: one character for one character, so that every offset stays valid in the source.

Government texts mix full-width and half-width marks freely, often in one sentence. The grammar is
written once, for the folded text; values are always cut from the source text.
"""

from __future__ import annotations

import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

_PAIRS = {
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
    "\u200b": " ", "\ufeff": " ", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n",
    "\u0085": "\n", "（": "(", "）": ")", "：": ":", "；": ";", "，": ",", "．": ".", "！": "!",
    "？": "?", "％": "%", "﹪": "%", "＞": ">", "＜": "<", "＝": "=", "≧": "≥", "≦": "≤", "⩾": "≥",
    "⩽": "≤", "【": "[", "】": "]", "〔": "[", "〕": "]", "［": "[", "］": "]", "〖": "[",
    "〗": "]",
    "－": "—", "–": "—", "―": "—", "‐": "—", "‑": "—", "─": "—", "﹣": "—", "～": "~", "〜": "~",
    "＋": "+", "／": "/", "｜": "|", "﹒": ".", "｡": "。", "､": "、", "〇": "○", "﹙": "(",
    "﹚": ")", "∶": ":", "﹕": ":", "﹔": ";", "﹐": ",", "﹑": "、", "‚": ",",
    "﹖": "?", "﹗": "!", "﹤": "<", "﹥": ">", "〝": "“", "〞": "”", "「": "“",
    "」": "”", "『": "“", "』": "”", "∼": "~", "‧": "·",
}  # fmt: skip
_FOLD = {ord(key): value for key, value in _PAIRS.items()}
_FOLD |= {0xFF10 + i: chr(ord("0") + i) for i in range(10)}
_FOLD |= {0xFF21 + i: chr(ord("A") + i) for i in range(26)}
_FOLD |= {0xFF41 + i: chr(ord("a") + i) for i in range(26)}

# Radicals and compatibility forms that a PDF gives for the usual characters: ⽂ for 文.
_FOLD |= {
    code: usual
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
    if len(usual := unicodedata.normalize("NFKC", chr(code))) == 1
}


def fold(text: str) -> str:
    """The text with full-width marks, digits and letters in their plain form, same length."""
    folded = text.translate(_FOLD)
    if "\r" in folded:
        folded = folded.replace("\r\n", " \n").replace("\r", "\n")
    return folded


def trim(folded: str, start: int, end: int, marks: str = " \t\n") -> tuple[int, int]:
    """The range without the given marks at either end; an empty range when nothing is left."""
    while start < end and folded[start] in marks:
        start += 1
    while end > start and folded[end - 1] in marks:
        end -= 1
    return start, end


def squeeze(text: str) -> str:
    """The text without blanks: how a name or title that was broken over lines is read."""
    return "".join(text.split())


def within(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Tell whether `place` lies in one of `spans`, which are in order and do not overlap."""
    index = bisect_right(spans, (place, sys.maxsize)) - 1
    return index >= 0 and spans[index][0] <= place < spans[index][1]
