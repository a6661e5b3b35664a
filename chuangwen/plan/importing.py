"""From the parser's result to the items that a person reviews. Plain data in, plain data out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from chuangwen.plan.enums import ItemKind

ROLES = ("lead_units", "responsible_units", "supporting_units")
NESTED = frozenset(
    {"start", "end", "text", "tasks", "targets", "sentences", "heading", "mentions", "related"}
    | {"actors", "leaders", "goal", "deadline", *ROLES}
)
PLACES = frozenset({ItemKind.AREA, ItemKind.ACTION})


@dataclass
class Draft:
    """An item before it is stored; `parent` is the draft it belongs to."""

    kind: ItemKind
    start: int
    end: int
    data: dict[str, Any]
    parent: "Draft | None" = None


def drafts_of(result: dict[str, Any]) -> list[Draft]:
    """Return every reviewable item of a parse result (schema 1.x), parents before children."""
    drafts: list[Draft] = []
    drafts.extend(_draft(ItemKind.DOCUMENT, document) for document in result["documents"])
    drafts.extend(_draft(ItemKind.UNIT, unit) for unit in result["units"])
    for key, kind in (
        ("areas", ItemKind.AREA),
        ("actions", ItemKind.ACTION),
        ("key_works", ItemKind.KEY_WORK),
        ("phases", ItemKind.PHASE),
    ):
        for section in result[key]:
            drafts.extend(_section(kind, section))
    nested = {(target["start"], target["name"]) for target in _phase_targets(result)}
    drafts.extend(
        _draft(ItemKind.TARGET, target)
        for target in result["targets"]
        if (target["start"], target["name"]) not in nested
    )
    places = [draft for draft in drafts if draft.kind in PLACES]
    drafts.extend(
        _draft(ItemKind.INDICATOR, found, _innermost(places, found))
        for found in result["indicators"]
    )
    drafts.extend(_mechanism(found) for found in result["mechanisms"])
    drafts.extend(_anomaly(found) for found in result["anomalies"])
    return drafts


def _innermost(places: Iterable[Draft], found: dict[str, Any]) -> Draft | None:
    around = [place for place in places if place.start <= found["start"] < place.end]
    return min(around, key=lambda place: place.end - place.start, default=None)


def _mechanism(found: dict[str, Any]) -> Draft:
    draft = _draft(ItemKind.MECHANISM, found)
    draft.data["actors"] = "、".join(dict.fromkeys(actor["text"] for actor in found["actors"]))
    return draft


def _anomaly(found: dict[str, Any]) -> Draft:
    draft = _draft(ItemKind.ANOMALY, found)
    draft.data["related"] = [[other["start"], other["end"]] for other in found["related"]]
    return draft


def _phase_targets(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for phase in result["phases"]:
        yield from phase["targets"]


def _section(kind: ItemKind, section: dict[str, Any]) -> Iterator[Draft]:
    head = _draft(kind, section)
    goal = section.get("goal")
    head.data["goal"] = goal["text"] if isinstance(goal, dict) else goal or ""
    yield head
    yield from _duties(section, head)
    for target in section.get("targets", ()):
        yield _draft(ItemKind.TARGET, target, head)
    for task in section["tasks"]:
        part = _draft(ItemKind.TASK, task, head)
        part.data["text"] = task["text"]
        part.data["due"] = (task["deadline"] or {}).get("due")
        yield part
        yield from _duties(task, part)


def _duties(owned: dict[str, Any], parent: Draft) -> Iterator[Draft]:
    for key in ROLES:
        for unit in owned.get(key, ()):
            yield _draft(ItemKind.DUTY, unit, parent)


def _draft(kind: ItemKind, found: dict[str, Any], parent: Draft | None = None) -> Draft:
    data = {key: value for key, value in found.items() if key not in NESTED}
    return Draft(kind, found["start"], found["end"], data, parent)
