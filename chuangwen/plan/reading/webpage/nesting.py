"""Refuses pages whose tags are nested so deeply that building their tree would take hours."""

from __future__ import annotations

import re
from collections import Counter

from ..errors import UnreadableDocument

LIMIT_TAGS = 500_000
LIMIT_DEPTH = 400  # pages of government sites stay below 60
LIMIT_TABLES = 40
LIMIT_ATTRIBUTES = 1000  # of one tag; the parser compares each with all before it
_LONG_TAG = 2 * LIMIT_ATTRIBUTES
_WHOLE_TAG = re.compile(r"<[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*+")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_BETWEEN = re.compile(r"[\s/]+")
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title|xmp)\b.*?(?:</\1|\Z)|<(/?)([a-zA-Z][\w:-]*)",
    re.DOTALL | re.IGNORECASE,
)
# Tags that have no content, or that the next one of their kind closes.
_FLAT = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "wbr", "p", "li", "tr", "td", "th", "tbody", "thead", "tfoot", "dd", "dt",
        "option", "colgroup", "html", "head", "body",
    )
)  # fmt: skip


def check_nesting(text: str, name: str) -> None:
    """Raise UnreadableDocument when tags are too many or too deep."""
    if _crowded(text):
        raise _refusal(name)
    opened: Counter[str] = Counter()
    depth = tags = 0
    for match in _TAG.finditer(text):
        tags += 1
        tag = (match[3] or "").lower()
        if not tag or tag in _FLAT:
            continue
        if match[2]:
            if opened[tag]:
                opened[tag] -= 1
                depth -= 1
            continue
        opened[tag] += 1
        depth += 1
        if depth > LIMIT_DEPTH or opened["table"] > LIMIT_TABLES:
            break
    else:
        if tags <= LIMIT_TAGS:
            return
    raise _refusal(name)


def _crowded(text: str) -> bool:
    """Whether one tag has more attributes than any page needs."""
    for match in _WHOLE_TAG.finditer(text):
        if match.end() - match.start() > _LONG_TAG:
            bare, quoted = _QUOTED.subn("", match[0])
            if quoted + sum(1 for _ in _BETWEEN.finditer(bare)) > 2 * LIMIT_ATTRIBUTES:
                return True
    return False


def _refusal(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "damaged", f"“{name}”的网页标记过多或嵌套过深，无法读取。请把正文粘贴进来，或另存为 .docx。"
    )
