"""Which object of the campaign an item speaks of: by name and place, by history, by likeness."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from chuangwen.plan.comparing.duties import match_duties
from chuangwen.plan.comparing.known import Campaigns, Known
from chuangwen.plan.comparing.wanted import COMPARED, wanted_values
from chuangwen.plan.confirming.criteria import indicator_key
from chuangwen.plan.confirming.sections import year_of
from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem

Key = tuple[object, ...]
ALIKE = 0.6  # of two texts; below it they are two things
MOST_PAIRS = 4000  # of one section; above it only neighbours are compared
NEIGHBOURS = 3
COMPARED_LENGTH = 400


@dataclass
class Matches:
    """The object of each item, and what the item would make of it."""

    objects: dict[uuid.UUID, Known] = field(default_factory=dict)
    wanted: dict[uuid.UUID, dict[str, str]] = field(default_factory=dict)
    taken: set[uuid.UUID] = field(default_factory=set)

    def put(self, item: ImportItem, found: Known) -> None:
        """Note an item's object."""
        self.objects[item.pk] = found
        self.taken.add(found.pk)


@dataclass(frozen=True)
class Pairing:
    """What matching knows: items, campaign, what earlier items made, the amended document.

    `around` are further items whose objects are known, for the sections.
    """

    items: Sequence[ImportItem]
    campaign: Campaigns
    text: str
    district: str
    earlier: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    amended: frozenset[uuid.UUID] = frozenset()
    around: Sequence[ImportItem] = ()

    def match(self) -> Matches:
        """Find the objects, sections before what hangs below them."""
        found = Matches()
        by_id = {item.pk: item for item in [*self.items, *self.around]}
        known = self.campaign.by_id()
        for kind in COMPARED:
            group = [item for item in self.items if item.kind == kind]
            for item in group:
                found.wanted[item.pk] = wanted_values(item, self.text, self.campaign.register)
            group = [item for item in group if found.wanted[item.pk]]
            objects = self.campaign.known.get(kind, [])
            places = {item.pk: place_of(item, by_id, found) for item in group}
            if kind == ItemKind.DUTY:
                match_duties(group, objects, places, found, self.amended)
                continue
            self._by_name(group, objects, places, found)
            for item in group:
                past = known.get(self.earlier.get(item.pk, item.pk))
                if item.pk not in found.objects and past and past.pk not in found.taken:
                    found.put(item, past)
            self._by_likeness(group, objects, places, found)
        return found

    def _by_name(
        self,
        group: Iterable[ImportItem],
        objects: Iterable[Known],
        places: Mapping[uuid.UUID, object],
        found: Matches,
    ) -> None:
        """The same name in the same place; twice the same is matched twice, in order."""
        named: dict[Key, list[Known]] = defaultdict(list)
        for one in objects:
            named[self._key(one.kind, one.values, one.parent_pk)].append(one)
        for item in group:
            key = self._key(ItemKind(item.kind), found.wanted[item.pk], places[item.pk])
            if candidates := named.get(key):
                free = [one for one in candidates if one.pk not in found.taken]
                found.put(item, (free or candidates)[0])

    def _key(self, kind: ItemKind, values: Mapping[str, str], place: object) -> Key:
        match kind:
            case ItemKind.TASK:
                return (place, values["title"])
            case ItemKind.TARGET:
                return (place, values["name"], values["text"])
            case ItemKind.INDICATOR:
                return (place, indicator_key(values["name"], self.district), values["text"])
            case ItemKind.MECHANISM:
                return (values["name"], values["text"])
            case _:
                return (values.get("title") or values["name"],)

    def _by_likeness(
        self,
        group: Iterable[ImportItem],
        objects: Iterable[Known],
        places: Mapping[uuid.UUID, object],
        found: Matches,
    ) -> None:
        """In the amended document only: the likest of what is left in the same section."""
        left: dict[object, list[Known]] = defaultdict(list)
        for one in objects:
            if one.source_id in self.amended and one.pk not in found.taken:
                left[one.parent_pk].append(one)
        open_items: dict[object, list[ImportItem]] = defaultdict(list)
        for item in group:
            if item.pk not in found.objects and places[item.pk] in left:
                open_items[places[item.pk]].append(item)
        for place, items in open_items.items():
            for _, _, item, one in _pairs(items, left[place], found.wanted):
                if item.pk not in found.objects and one.pk not in found.taken:
                    found.put(item, one)


def place_of(
    item: ImportItem, by_id: dict[uuid.UUID, ImportItem], found: Matches
) -> uuid.UUID | None:
    """Return the object around an item; the section's own id when that one is new."""
    parent = by_id.get(item.parent_id) if item.parent_id else None
    if item.kind == ItemKind.TARGET:
        parent = year_of(item, by_id) or parent
    if item.kind == ItemKind.TASK and parent is not None and parent.kind == ItemKind.PHASE:
        return None  # a year's tasks belong to the campaign
    if item.kind == ItemKind.INDICATOR:
        while parent is not None and parent.kind not in {ItemKind.AREA, ItemKind.ACTION}:
            parent = by_id.get(parent.parent_id) if parent.parent_id else None
    if parent is None:
        return None
    around = found.objects.get(parent.pk)
    return around.pk if around else parent.existing_id or parent.pk


Pair = tuple[float, int, ImportItem, Known]


def _pairs(
    items: Sequence[ImportItem],
    objects: Sequence[Known],
    wanted: Mapping[uuid.UUID, Mapping[str, str]],
) -> list[Pair]:
    """Return what is alike, the likest first."""
    near = None if len(items) * len(objects) <= MOST_PAIRS else NEIGHBOURS
    pairs: list[Pair] = []
    for row, item in enumerate(items):
        first, last = (0, None) if near is None else (max(0, row - near), row + near + 1)
        for one in objects[first:last]:
            likeness = alike(wanted[item.pk], one.values)
            if likeness >= ALIKE:
                pairs.append((likeness, -len(pairs), item, one))
    return sorted(pairs, key=lambda pair: pair[:2], reverse=True)


def alike(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Return how alike two things are, from 0 to 1: by their name, else by their words."""
    best = 0.0
    for name in ("title", "name", "text"):
        mine, theirs = one.get(name, ""), other.get(name, "")
        if mine and mine == theirs and name != "text":
            return 1.0
        if mine and theirs:
            matcher = SequenceMatcher(None, mine[:COMPARED_LENGTH], theirs[:COMPARED_LENGTH], False)
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                best = max(best, matcher.ratio())
    return best
