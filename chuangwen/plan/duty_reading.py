"""Reads of duties and of the questions about them."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit, UnitGroup
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import expand_group, find_group, units_within_reach
from chuangwen.plan.collective_owners import Expanded, with_expansions
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Duty, DutyQuestion, Task

ORDER = {kind: place for place, kind in enumerate(DutyKind)}
WORK_KINDS = (DutyKind.LEAD, DutyKind.RESPONSIBLE, DutyKind.SUPPORTING)


def in_force(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Keep the duties that nobody has ended."""
    return duties.filter(valid_until__isnull=True)


def dated(duties: QuerySet[Duty]) -> list[Duty]:
    """Return duties with their units, open ones first, then by kind and as the document lists."""
    rows = duties.select_related("unit", "expanded_from")
    ordered = rows.order_by(F("valid_until").asc(nulls_first=True), "position", "unit__name", "pk")
    return sorted(ordered, key=lambda duty: (duty.valid_until is not None, ORDER[_kind(duty)]))


@dataclass(frozen=True)
class Owners:
    """The units of something by kind; collective names stand under `written`."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    supporting: tuple[str, ...]
    is_collective: bool

    @property
    def presumed_lead(self) -> str:
        """The first responsible unit where no lead is named (排在第一位的为牵头单位)."""
        return "" if self.lead else next(iter(self.responsible), "")


def owners_of(duties: Iterable[Duty]) -> Owners:
    """Return the open duties as a document lists them, under the names of the register."""
    shown = [one for one in duties if one.valid_until is None and one.expanded_from_id is None]

    def named(kind: DutyKind) -> tuple[str, ...]:
        chosen = (one for one in shown if one.kind == kind)
        return tuple(one.unit.name if one.unit else one.written_name for one in chosen)

    return Owners(
        lead=named(DutyKind.LEAD),
        responsible=named(DutyKind.RESPONSIBLE),
        supporting=named(DutyKind.SUPPORTING),
        is_collective=any(one.unit_id is None for one in shown),
    )


@dataclass(frozen=True)
class Expansion:
    """Which units a collective name means on a day, and which of them have the duty already."""

    duty: Duty
    day: datetime.date
    group: UnitGroup | None
    units: list[Unit]
    held: frozenset[uuid.UUID]

    @property
    def new(self) -> list[Unit]:
        return [unit for unit in self.units if unit.pk not in self.held]


def preview_expansion(duty: Duty, day: datetime.date) -> Expansion:
    """Return what expanding a collective owner on `day` would give. Writes nothing."""
    group = find_group(duty.written_name)
    units = list(expand_group(group, day)) if group else []
    subject = Q(task_id=duty.task_id) if duty.task_id else Q(action_id=duty.action_id)
    same = Duty.objects.filter(subject, kind=duty.kind, unit__isnull=False)
    held = frozenset(key for key in in_force(same).values_list("unit_id", flat=True) if key)
    return Expansion(duty, day, group, units, held)


def proposed_owners(
    task: Task, day: datetime.date, *, units: Sequence[Unit] | None = None
) -> tuple[list[Duty], Expanded]:
    """Return the open duties a task is proposed to: its own, else those of its action.

    One row a unit, the weightiest kind; collective owners appear by the units they mean on `day`.
    `units` are those in force, if the caller has read them.
    """
    named = Q(task=task)
    if task.action_id:
        named |= Q(action_id=task.action_id)
    rows = in_force(Duty.objects.filter(named, kind__in=WORK_KINDS))
    duties = list(rows.select_related("unit").order_by("position", "pk"))
    own = [duty for duty in duties if duty.task_id == task.pk]
    expanded = with_expansions(own or duties, day, units=units)
    return chosen_owners(task, expanded.duties), expanded


def chosen_owners(task: Task, duties: list[Duty]) -> list[Duty]:
    """Return the proposal for one task among the duties of many tasks and actions."""
    own = [duty for duty in duties if duty.task_id == task.pk]
    if not own:
        own = [duty for duty in duties if task.action_id and duty.action_id == task.action_id]
    best: dict[uuid.UUID, Duty] = {}
    for duty in sorted(own, key=lambda one: ORDER[_kind(one)]):
        if duty.unit_id and duty.unit is not None and duty.unit.valid_until is None:
            best.setdefault(duty.unit_id, duty)
    return list(best.values())


def questions_visible_to(actor: Actor) -> QuerySet[DutyQuestion]:
    """Return all questions for the office, else those that the viewer's units asked."""
    questions = DutyQuestion.objects.select_related("unit", "task", "action")
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return questions
    return questions.filter(unit__in=units_within_reach(actor).values("descendant_id"))


def question_for(actor: Actor, pk: uuid.UUID) -> DutyQuestion:
    """Return one visible question. Raises NotFound, for foreign ones too."""
    question = questions_visible_to(actor).filter(pk=pk).first()
    if question is None:
        raise NotFound("没有找到这个疑问。可能不属于您的单位。")
    return question


def _kind(duty: Duty) -> DutyKind:
    return DutyKind(duty.kind)
