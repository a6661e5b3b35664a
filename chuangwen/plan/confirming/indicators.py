"""Making indicators of what the clauses demand, and keeping every clause beside the others."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from chuangwen.framework.actions.entering import enter_indicators
from chuangwen.framework.document import ClauseEntry, IndicatorEntry
from chuangwen.framework.models import Indicator
from chuangwen.people.actors import Actor
from chuangwen.plan.confirming.clauses import Places, section_of
from chuangwen.plan.confirming.criteria import entry_of, indicator_key
from chuangwen.plan.confirming.demands import DemandBook
from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem, PlanImport

DEFINING = frozenset({"kind", "operator", "value", "unit"})


@dataclass
class Reading:
    """One clause about an indicator: the item, its words and place, what it demands by itself."""

    item: ImportItem
    key: str
    entry: IndicatorEntry
    section: ImportItem | None

    @property
    def rules(self) -> bool | None:
        """What the reviewer of a conflict decided; None where there was none to decide."""
        ruling = self.item.data.get("ruling")
        return ruling if isinstance(ruling, bool) else None


def apply_indicators(
    plan_import: PlanImport,
    items: Sequence[ImportItem],
    kept: Sequence[ImportItem] = (),
    *,
    by: Actor,
) -> None:
    """Define the indicators that are new, renew those of which a clause says something new.

    What the reviewer corrected counts as new. Clauses about one indicator stay side by side as
    demands; the ruling one gives the definition. A document that says nothing new leaves the
    definitions alone, also those that the office has edited since. Raises like `enter_indicators`.
    """
    readings = _readings(plan_import, items, kept)
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.key].append(reading)
    district = plan_import.tenant.name
    known = {indicator_key(row.name, district): row for row in Indicator.objects.all()}
    book = DemandBook(plan_import)
    entries = {key: _entry(group, known.get(key)) for key, group in groups.items()}
    _set_alternatives(readings, entries)
    wanted = [
        entries[key]
        for key, group in groups.items()
        if key not in known
        or book.says_something_new(known[key], _ruling(group).entry)
        or _is_decided_anew(_ruling(group).item)
    ]
    made = enter_indicators(contents=wanted, by=by, amending=plan_import.source.name)
    for reading in readings:
        indicator = known.get(reading.key) or made[entries[reading.key].name]
        book.enter(indicator, reading.item, reading.entry, reading.section)
    book.store()


def _readings(
    plan_import: PlanImport, items: Sequence[ImportItem], kept: Sequence[ImportItem]
) -> list[Reading]:
    by_id = {item.pk: item for item in [*kept, *items]}
    places = Places(by_id.values(), by_id)
    text = plan_import.source.text
    readings = []
    for item in items:
        if item.kind != ItemKind.INDICATOR:
            continue
        name = str(item.data["name"])
        words = text[item.start : item.end] if item.start is not None else ""
        entry = entry_of(
            item,
            name=name,
            text=words or str(item.data.get("text") or name),
            clause=places.clause_of(item),
        )
        key = indicator_key(name, plan_import.tenant.name)
        readings.append(Reading(item, key, entry, section_of(item, by_id)))
    return readings


def _is_decided_anew(item: ImportItem) -> bool:
    """A person changed what the ruling clause demands, though its words are the same."""
    return item.is_edited and bool(DEFINING & set(item.differences))


def _ruling(group: list[Reading]) -> Reading:
    """The clause that a reviewer chose, else the first that was not set aside."""
    chosen = [reading for reading in group if reading.rules is True]
    open_ones = [reading for reading in group if reading.rules is None]
    return (chosen or open_ones or group)[0]


def _entry(group: list[Reading], known: Indicator | None) -> IndicatorEntry:
    """The definition by the ruling clause; the others are noted as further clauses of it."""
    ruling = _ruling(group)
    clauses = {
        reading.entry.source: ClauseEntry(source=reading.entry.source, text=reading.entry.text)
        for reading in reversed(group)
        if reading.entry.source not in {"", ruling.entry.source}
    }
    return replace(
        ruling.entry,
        name=known.name if known else ruling.entry.name,
        clauses=tuple(reversed(clauses.values())),
    )


def _set_alternatives(readings: list[Reading], entries: dict[str, IndicatorEntry]) -> None:
    """或…: one of the two is enough; the other is the one that stands before it (P 三(七)1)."""
    before: dict[uuid.UUID | None, Reading] = {}
    for reading in readings:
        other = before.get(reading.item.parent_id)
        before[reading.item.parent_id] = reading
        if reading.item.data.get("alternative") and other and other.key != reading.key:
            entry = entries[reading.key]
            entries[reading.key] = replace(entry, alternative_of=entries[other.key].name)
