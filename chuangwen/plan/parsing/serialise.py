"""The result as plain JSON values; the schema is in schema.json and docs/plan-parse-schema.md."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from . import model

SCHEMA_VERSION = "1.1"
Json = dict[str, Any]


def to_json(result: model.PlanDocumentSet) -> Json:
    """JSON values of a parse; every item has start, end and text == source[start:end]."""
    writer = _Writer(result.text)
    raw = result.text.encode("utf-8", "surrogatepass")
    return {
        "schema_version": SCHEMA_VERSION,
        "source": {
            "format": result.format,
            "encoding": result.encoding,
            "characters": len(result.text),
            "sha256": hashlib.sha256(raw).hexdigest(),
        },
        "documents": writer.all(result.documents, writer.document),
        "phases": writer.all(result.phases, writer.phase),
        "targets": [
            writer.target(target)
            for group in (*(phase.targets for phase in result.phases), result.undated)
            for target in group
        ],
        "areas": writer.all(result.areas, writer.area),
        "actions": writer.all(result.actions, writer.action),
        "key_works": writer.all(result.key_works, writer.section),
        "indicators": writer.all(result.indicators, writer.indicator),
        "units": writer.all(result.units, writer.unit),
        "mechanisms": writer.all(result.mechanisms, writer.mechanism),
        "anomalies": writer.all(result.anomalies, writer.anomaly),
    }


class _Writer:
    def __init__(self, text: str) -> None:
        self.text = text

    def all(self, items: Iterable[Any], write: Callable[[Any], Json]) -> list[Json]:
        return [write(item) for item in items]

    def span(self, item: model.Item) -> Json:
        return {"start": item.start, "end": item.end, "text": self.text[item.start : item.end]}

    def document(self, item: model.Document) -> Json:
        return {
            "id": item.id, "kind": item.kind, "title": item.title, "issuer": item.issuer,
            "date": item.date, "file_number": item.file_number, "inherited": item.inherited,
            "heading": self.span(item.heading), **self.span(item),
        }  # fmt: skip

    def target(self, item: model.Target) -> Json:
        names = ("name", "kind", "operator", "value", "unit", "year", "scope", "subject")
        return {**_pick(item, *names, "section", "document"), **self.span(item)}

    def phase(self, item: model.Phase) -> Json:
        return {
            **_pick(item, "name", "kind", "number", "year"), "from": item.from_month,
            "to": item.to_month, "months": months(item.from_month, item.to_month),
            "theme": item.theme, "document": item.document,
            "targets": self.all(item.targets, self.target),
            "tasks": self.all(item.tasks, self.task), **self.span(item),
        }  # fmt: skip

    def section(self, item: model.Section) -> Json:
        return {
            **_pick(item, "number", "title", "document"), "heading": self.span(item.heading),
            "tasks": self.all(item.tasks, self.task), **self.span(item),
        }  # fmt: skip

    def area(self, item: model.Area) -> Json:
        return {**self.section(item), "goal": self.span(item.goal) if item.goal else None}

    def action(self, item: model.Action) -> Json:
        return {
            **self.section(item), "name": item.name, "goal": item.goal, **self.owners(item.owners),
            "owners_from": item.owners_from, "deadline": self.deadline(item.deadline),
        }  # fmt: skip

    def task(self, item: model.Task) -> Json:
        return {
            **_pick(item, "number", "title", "document"),
            "sentences": self.all(item.sentences, self.span), **self.owners(item.owners),
            "deadline": self.deadline(item.deadline), **self.span(item),
        }  # fmt: skip

    def owners(self, item: model.Owners) -> Json:
        return {
            "lead_units": self.all(item.lead, self.mention),
            "responsible_units": self.all(item.responsible, self.mention),
            "supporting_units": self.all(item.supporting, self.mention),
            "leaders": [{"name": person.name, **self.span(person)} for person in item.leaders],
        }

    def mention(self, item: model.UnitMention) -> Json:
        return {**_pick(item, "name", "role", "collective"), **self.span(item)}

    def deadline(self, item: model.Deadline | None) -> Json | None:
        return {**_pick(item, "due", "recurring"), **self.span(item)} if item else None

    def indicator(self, item: model.Indicator) -> Json:
        names = ("name", "kind", "operator", "value", "upper", "unit", "scope", "direction")
        more = ("reference", "year", "alternative", "document", "section")
        return {**_pick(item, *names, *more), **self.span(item)}

    def unit(self, item: model.Unit) -> Json:
        names = ("name", "aliases", "kind", "level", "collective")
        mentions = self.all(item.mentions, self.span)
        return {**_pick(item, *names), "mentions": mentions, **self.span(item)}

    def mechanism(self, item: model.Mechanism) -> Json:
        actors = self.all(item.actors, self.span)
        return {
            **_pick(item, "name", "word", "frequency", "document"), "actors": actors,
            **self.span(item),
        }  # fmt: skip

    def anomaly(self, item: model.Anomaly) -> Json:
        names = ("kind", "reading", "reason", "document", "severity")
        related = self.all(item.related, self.span)
        return {**_pick(item, *names), "related": related, **self.span(item)}


def _pick(item: object, *names: str) -> Json:
    return {name: getattr(item, name) for name in names}


def months(first: str | None, last: str | None) -> list[str]:
    """All months from YYYY-MM to YYYY-MM; empty when the period is unknown or endless."""
    if first is None or last is None:
        return []
    start, end = (int(part[:4]) * 12 + int(part[5:]) - 1 for part in (first, last))
    if not 0 <= end - start <= 120:
        return []
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, end + 1)]
