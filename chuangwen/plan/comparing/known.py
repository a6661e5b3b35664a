"""What the campaign has, as plain text beside what a document says."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chuangwen.people.actions.enrolment import known_units
from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.plan.comparing.plain import plain
from chuangwen.plan.enums import ItemKind, TaskState
from chuangwen.plan.models import (
    Action,
    Campaign,
    Duty,
    GoalArea,
    IndicatorDemand,
    KeyWork,
    Mechanism,
    Phase,
    Target,
    Task,
)

Parent = uuid.UUID | None


@dataclass(frozen=True)
class Known:
    """One object of the campaign: its values by field, the section around it, its document."""

    kind: ItemKind
    pk: uuid.UUID
    values: dict[str, str]
    parent_pk: Parent = None
    source_id: uuid.UUID | None = None
    retired: str = ""
    is_settled: bool = False  # nothing more is owed, so nothing is to be called off
    unit_id: uuid.UUID | None = None

    @property
    def title(self) -> str:
        """The name by which people speak of it."""
        return next(self.values[name] for name in ("title", "name", "unit") if name in self.values)


@dataclass
class Campaigns:
    """The campaign in memory. `register` holds units by the key of each of their names."""

    known: dict[ItemKind, list[Known]] = field(default_factory=dict)
    register: dict[str, Unit] = field(default_factory=dict)

    def by_id(self) -> dict[uuid.UUID, Known]:
        """Return every object by its id."""
        return {one.pk: one for group in self.known.values() for one in group}

    def __bool__(self) -> bool:
        return any(self.known.values())


def load_known(campaign: Campaign, kinds: Iterable[ItemKind] | None = None) -> Campaigns:
    """Read the campaign's objects of some kinds, or of all. One query a kind, two for units."""
    wanted = (
        LOADERS if kinds is None else {kind: LOADERS[kind] for kind in kinds if kind in LOADERS}
    )
    register = {name_key(name): unit for name, unit in known_units().items()}
    return Campaigns({kind: list(load(campaign)) for kind, load in wanted.items()}, register)


def _rows(
    kind: ItemKind, rows: Iterable[Any], names: tuple[str, ...], parents: tuple[str, ...] = ()
) -> Iterator[Known]:
    for row in rows:
        yield Known(
            kind,
            row.pk,
            {name: plain(getattr(row, name)) for name in names},
            next((pk for name in parents if (pk := getattr(row, name))), None),
            row.source_id,
            plain(getattr(row, "retired_on", None)),
            is_settled=getattr(row, "state", "") == TaskState.COMPLETED,
        )


def _areas(campaign: Campaign) -> Iterator[Known]:
    rows = GoalArea.objects.filter(campaign=campaign)
    return _rows(ItemKind.AREA, rows, ("number", "title", "goal"))


def _actions(campaign: Campaign) -> Iterator[Known]:
    rows = Action.objects.filter(campaign=campaign)
    return _rows(ItemKind.ACTION, rows, ("number", "title", "goal"))


def _key_works(campaign: Campaign) -> Iterator[Known]:
    rows = KeyWork.objects.filter(campaign=campaign)
    return _rows(ItemKind.KEY_WORK, rows, ("number", "title"))


def _phases(campaign: Campaign) -> Iterator[Known]:
    names = ("name", "kind", "theme", "starts_on", "ends_on")
    return _rows(ItemKind.PHASE, Phase.objects.filter(campaign=campaign), names)


def _targets(campaign: Campaign) -> Iterator[Known]:
    rows = Target.objects.filter(campaign=campaign)
    names = ("name", "operator", "value", "unit", "year", "text")
    return _rows(ItemKind.TARGET, rows, names, ("phase_id",))


def _tasks(campaign: Campaign) -> Iterator[Known]:
    """Tasks that were called off are no longer part of the campaign."""
    rows = Task.objects.filter(campaign=campaign).exclude(state=TaskState.CANCELLED)
    parents = ("area_id", "action_id", "key_work_id")
    return _rows(ItemKind.TASK, rows, ("number", "title", "text", "due_on"), parents)


def _mechanisms(campaign: Campaign) -> Iterator[Known]:
    rows = Mechanism.objects.filter(campaign=campaign)
    return _rows(ItemKind.MECHANISM, rows, ("name", "frequency", "actors", "text"))


def _demands(campaign: Campaign) -> Iterator[Known]:
    rows = IndicatorDemand.objects.filter(campaign=campaign).select_related("indicator")
    for row in rows:
        yield Known(
            ItemKind.INDICATOR,
            row.pk,
            {
                "name": row.indicator.name,
                "kind": row.indicator.kind,
                "operator": row.operator,
                "value": plain(row.value),
                "unit": row.unit,
                "text": row.text,
            },
            row.area_id or row.action_id,
            row.source_id,
            plain(row.retired_on),
        )


def _duties(campaign: Campaign) -> Iterator[Known]:
    """Duties in force as documents order them, without what collective ones were expanded into."""
    rows = Duty.objects.filter(campaign=campaign, valid_until__isnull=True, expanded_from=None)
    for row in rows.select_related("unit"):
        yield Known(
            ItemKind.DUTY,
            row.pk,
            {"unit": row.unit.name if row.unit else row.written_name, "kind": row.kind},
            row.action_id or row.task_id,
            row.source_id,
            unit_id=row.unit_id,
        )


LOADERS: dict[ItemKind, Callable[[Campaign], Iterator[Known]]] = {
    ItemKind.AREA: _areas,
    ItemKind.ACTION: _actions,
    ItemKind.KEY_WORK: _key_works,
    ItemKind.PHASE: _phases,
    ItemKind.TARGET: _targets,
    ItemKind.TASK: _tasks,
    ItemKind.INDICATOR: _demands,
    ItemKind.MECHANISM: _mechanisms,
    ItemKind.DUTY: _duties,
}
