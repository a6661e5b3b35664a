"""Plain data behind 责任分解表 and a unit's 责任清单; no database, so any source can fill it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class DutyKind(StrEnum):
    """How a unit stands to a piece of work, in the order in which sheets list it."""

    LEAD = "牵头"
    RESPONSIBLE = "责任"
    SUPPORTING = "配合"
    SITE_OWNER = "点位长"
    SPONSOR = "包保"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A day, a phrase such as “长期坚持”, both, or neither (not yet agreed)."""

    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTarget:
    """One indicator with its target.

    A numeric target has `operator` (≥ ≤ > < =), `value` and `unit`; any other kind (relative,
    qualitative) has its wording in `text`. `scope` says for what or when it holds (2021年).
    """

    name: str
    operator: str = ""
    value: Decimal | None = None
    unit: str = ""
    text: str = ""
    scope: str = ""

    def wording(self) -> str:
        """Return the target as it is read aloud: ≥90% or 高于全省平均水平."""
        if self.value is None:
            return self.text
        return f"{self.operator}{self.value:f}{self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTask:
    """One task of a 提升行动. Without units of its own it is borne by the action's units."""

    number: str
    text: str
    lead_units: tuple[str, ...] = ()
    responsible_units: tuple[str, ...] = ()
    supporting_units: tuple[str, ...] = ()
    deadline: Deadline = field(default_factory=Deadline)
    indicators: tuple[IndicatorTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDuties:
    """One 提升行动 with its units, indicators and tasks."""

    number: int
    title: str
    lead_units: tuple[str, ...] = ()
    responsible_units: tuple[str, ...] = ()
    supporting_units: tuple[str, ...] = ()
    tasks: tuple[ActionTask, ...] = ()
    indicators: tuple[IndicatorTarget, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityTable:
    """责任分解表: who does what by when. `basis` names the documents that ordered it."""

    title: str
    issuer: str
    as_of: date
    actions: Collection[ActionDuties]
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDuty:
    """One duty of the unit: its kind, what it is for, and the clause that ordered it."""

    kind: DutyKind
    subject: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMeasure:
    """A measure (施工图) that the unit wrote for a task, with its own deadline."""

    text: str
    deadline: Deadline = field(default_factory=Deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTask:
    """A task of the unit; `action` is the 提升行动 that it belongs to."""

    number: str
    action: str
    text: str
    kind: DutyKind
    deadline: Deadline = field(default_factory=Deadline)
    measures: tuple[UnitMeasure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitIndicator:
    """An indicator that the unit answers for."""

    target: IndicatorTarget
    kind: DutyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDutySheet:
    """Everything that one unit owes: 《XX单位创文责任清单》."""

    unit: str
    issuer: str
    as_of: date
    duties: tuple[UnitDuty, ...] = ()
    tasks: tuple[UnitTask, ...] = ()
    indicators: tuple[UnitIndicator, ...] = ()
    basis: tuple[str, ...] = ()
