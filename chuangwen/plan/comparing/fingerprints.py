"""What makes two readings of a clause the same, in whichever version of the document it stands."""

import hashlib
import json
from typing import Any

from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem

# Numbers of documents and places in the text move when something else is amended.
MOVING = frozenset({"id", "document", "section", "related", "position", "touched"})
# A section's words hold all that hangs below it, which is compared by itself.
WITHOUT_WORDS = frozenset(
    {ItemKind.DOCUMENT, ItemKind.AREA, ItemKind.ACTION, ItemKind.KEY_WORK, ItemKind.PHASE}
)


def fingerprint(item: ImportItem, parent: ImportItem | None, text: str) -> str:
    """Return the hash of what the parser read: the kind, the values, the words, the section.

    What a person added has none.
    """
    if item.is_added:
        return ""
    data = item.data if item.parsed is None else item.parsed
    has_words = item.start is not None and item.kind not in WITHOUT_WORDS
    content = [
        str(item.kind),
        {key: value for key, value in data.items() if key not in MOVING},
        text[item.start : item.end] if has_words else "",
        [str(parent.kind), _name(parent.parsed or parent.data)] if parent else None,
    ]
    raw = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(raw.encode()).hexdigest()


def _name(data: dict[str, Any]) -> str:
    return str(data.get("title") or data.get("name") or "")
