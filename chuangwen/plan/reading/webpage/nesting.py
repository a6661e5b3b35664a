"""Refuses pages whose tags are nested so deeply that building their tree would take hours."""

from __future__ import annotations

import re
from collections import Counter

from ..errors import UnreadableDocument

LIMIT_TAGS = 500_000
LIMIT_DEPTH = 400  # pages of government sites stay below 60
LIMIT_TABLES = 40
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
    raise UnreadableDocument(
        "damaged", f"“{name}”的网页标记过多或嵌套过深，无法读取。请把正文粘贴进来，或另存为 .docx。"
    )
