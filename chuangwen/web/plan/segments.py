"""Cuts a source text into pieces, so that overlapping items can be coloured without nesting."""

from collections.abc import Iterable
from dataclasses import dataclass

from chuangwen.plan.models import ImportItem

# Whole documents would colour everything and so nothing.
UNCOLOURED = frozenset({"document"})


@dataclass(frozen=True)
class Segment:
    """A piece of text from `start` on, and the items that cover it, the innermost last."""

    start: int
    text: str
    ids: str
    kind: str


def segments_of(text: str, items: Iterable[ImportItem]) -> list[Segment]:
    """Return the text in order, cut where any item starts or ends. Linear after sorting."""
    spans = [
        (item.start, item.end, item)
        for item in items
        if item.start is not None and item.end is not None and item.kind not in UNCOLOURED
    ]
    edges: dict[int, list[tuple[bool, ImportItem]]] = {}
    for start, end, item in spans:
        edges.setdefault(start, []).append((True, item))
        edges.setdefault(end, []).append((False, item))
    covering: dict[object, ImportItem] = {}
    segments, place = [], 0
    for edge in sorted(edges):
        if edge > place:
            segments.append(_segment(place, text[place:edge], covering))
        for opens, item in edges[edge]:
            if opens:
                covering[item.pk] = item
            else:
                covering.pop(item.pk, None)
        place = edge
    if place < len(text):
        segments.append(_segment(place, text[place:], covering))
    return segments


def _segment(start: int, text: str, covering: dict[object, ImportItem]) -> Segment:
    inner = sorted(covering.values(), key=lambda item: (item.end or 0) - (item.start or 0))
    ids = " ".join(str(item.pk) for item in reversed(inner))
    return Segment(start, text, ids, inner[0].kind if inner else "")
