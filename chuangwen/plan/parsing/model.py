"""What the parser finds. Offsets are Unicode code points into the source text, half open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["lead", "responsible", "supporting"]


@dataclass(slots=True, kw_only=True)
class Item:
    """Anything found in the text; `text` of the JSON is always source[start:end]."""

    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Document(Item):
    """One of the documents of the file, from its title to the next document."""

    id: str
    kind: str
    title: str
    heading: Item
    issuer: str | None = None
    date: str | None = None  # ISO
    file_number: str | None = None
    inherited: list[str] = field(default_factory=list)  # fields taken from the covering notice


@dataclass(slots=True, kw_only=True)
class UnitMention(Item):
    """A unit named as an owner; `name` is the name without blanks."""

    name: str
    role: Role
    collective: bool = False


@dataclass(slots=True, kw_only=True)
class Leader(Item):
    """A person named as answerable (牵头领导, 责任人 …)."""

    name: str


@dataclass(slots=True, kw_only=True)
class Deadline(Item):
    """`due` is the last day (ISO); `recurring` is one of yearly … daily, or continuous."""

    due: str | None = None
    recurring: str | None = None


@dataclass(slots=True, kw_only=True)
class Owners:
    """Who answers for something."""

    lead: list[UnitMention] = field(default_factory=list)
    responsible: list[UnitMention] = field(default_factory=list)
    supporting: list[UnitMention] = field(default_factory=list)
    leaders: list[Leader] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lead or self.responsible or self.supporting)

    def units(self) -> list[UnitMention]:
        return [*self.lead, *self.responsible, *self.supporting]


@dataclass(slots=True, kw_only=True)
class Task(Item):
    """Something a unit can be given to do; `sentences` are its steps."""

    number: str | None
    title: str
    document: str
    sentences: list[Item] = field(default_factory=list)
    owners: Owners = field(default_factory=Owners)
    deadline: Deadline | None = None


@dataclass(slots=True, kw_only=True)
class Section(Item):
    """A goal area, an action or a key work."""

    number: str | None
    title: str
    document: str
    heading: Item
    tasks: list[Task] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Area(Section):
    """A goal area: what is to be reached, without owners. `goal` is its body."""

    goal: Item | None = None


@dataclass(slots=True, kw_only=True)
class Action(Section):
    """An action with owners. `owners_from` is own, tasks (united from its tasks) or none."""

    name: str = ""
    goal: str | None = None
    owners: Owners = field(default_factory=Owners)
    owners_from: str = "none"
    deadline: Deadline | None = None


@dataclass(slots=True, kw_only=True)
class KeyWork(Section):
    """A key work; its tasks are 一是 … 二是 …, or sentences."""


@dataclass(slots=True, kw_only=True)
class Target(Item):
    """A result to reach by the end of a year or stage."""

    name: str
    kind: str  # numeric, rank, qualitative
    operator: str | None
    value: int | float | None
    unit: str | None
    year: int | None
    scope: str | None
    subject: str
    section: str
    document: str


@dataclass(slots=True, kw_only=True)
class Phase(Item):
    """A year or a stage; `from_month` and `to_month` are YYYY-MM."""

    name: str
    kind: Literal["year", "stage"]
    number: str | None
    year: int | None
    from_month: str | None
    to_month: str | None
    theme: str | None
    document: str
    targets: list[Target] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Indicator(Item):
    """A measured (numeric, relative) or a yes/no (qualitative) standard."""

    name: str
    kind: Literal["numeric", "relative", "qualitative"]
    operator: str | None = None
    value: int | float | None = None
    upper: int | float | None = None  # of a range; `value` is then its lower end
    unit: str | None = None
    scope: str | None = None
    direction: str | None = None  # up, down
    reference: str | None = None
    year: int | None = None
    alternative: bool = False  # introduced by 或: reaching it or the one before is enough
    document: str
    section: str | None = None


@dataclass(slots=True, kw_only=True)
class Unit(Item):
    """A body of the register; start and end are its first mention."""

    name: str
    aliases: list[str] = field(default_factory=list)
    kind: str = "其他"
    level: str | None = None
    collective: bool = False
    mentions: list[Item] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Mechanism(Item):
    """A way of steering or checking, once per clause and name."""

    name: str
    word: str
    frequency: str | None
    actors: list[Item]
    document: str


@dataclass(slots=True, kw_only=True)
class Anomaly(Item):
    """Something a person should look at, with a proposed reading."""

    kind: str
    reading: str | None
    reason: str
    document: str | None = None
    severity: Literal["question", "notice"] = "question"
    related: list[Item] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PlanDocumentSet:
    """All that was read from one file."""

    text: str
    format: str
    encoding: str | None
    documents: list[Document] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    undated: list[Target] = field(default_factory=list)  # targets that no year is given for
    areas: list[Area] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    key_works: list[KeyWork] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    mechanisms: list[Mechanism] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
