"""The daily run: cases that are due climb, one rung a working day."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.kit.calendar import is_working_day
from chuangwen.kit.upserts import insert_missing
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.enums import ShareState
from chuangwen.rectification.models import Case, CaseShare
from chuangwen.supervision.models import (
    EscalationRun,
    EscalationStep,
    Ladder,
    Rung,
    WaitingReminder,
)
from chuangwen.supervision.queries.ladder import due_for, ladder_of_district, rungs_of
from chuangwen.supervision.queries.people import Hearers
from chuangwen.supervision.reaching import Band, bands, next_rung

BATCH = 500
OWING = (ShareState.ASSIGNED, ShareState.ACCEPTED, ShareState.REWORK)


@dataclass(frozen=True)
class Climbed:
    """What a day's run did."""

    steps: int


def climb(*, day: datetime.date, by: Actor) -> Climbed | None:
    """Let every case that is due on `day` climb; None when there is nothing to do that day.

    May be killed at any point and started again, or run by several at once: each batch is a
    transaction that holds its cases, and a step that is there is never made again.
    """
    by.require(Permission.MANAGE_SUPERVISION)
    ladder = ladder_of_district()
    is_done = EscalationRun.objects.filter(day=day).exists()
    if ladder is None or not ladder.is_active or is_done or not is_working_day(day):
        return None
    rungs = rungs_of(ladder)
    made = sum(
        climb_some(batch=batch, rungs=rungs, top=band.place, day=day, by=by)
        for band in bands([rung.days for rung in rungs], day)
        for batch in _batches(ladder, rungs[band.place], band)
    )
    finish_climbing(day=day, steps=made, by=by)
    return Climbed(made)


@transaction.atomic
def climb_some(
    *, batch: Sequence[uuid.UUID], rungs: Sequence[Rung], top: int, day: datetime.date, by: Actor
) -> int:
    """Let a batch of cases climb one rung each, up to the one at `top`; return how many did.

    What was handed in, suspended or given another deadline meanwhile is left for the next run.
    """
    by.require(Permission.MANAGE_SUPERVISION)
    held = Case.objects.filter(pk__in=batch, owed_on__lte=_latest(rungs, top, day))
    cases = list(held.order_by("pk").select_for_update())
    steps = _new_steps(cases, rungs, top, day)
    if not steps:
        return 0
    # The key is the proof: whoever else may have made a step, it is there once.
    insert_missing(steps, ["case", "due_on", "rung"])
    units = _owing_units(cases)
    hearers = Hearers.of({unit for found in units.values() for unit in found}, day)
    by_key = {rung.pk: rung for rung in rungs}
    waiting = [
        WaitingReminder(step=step, recipient_id=person)
        for step in steps
        for person in sorted(hearers.told(by_key[step.rung_id].tells, units[step.case_id]))
    ]
    insert_missing(waiting, ["step", "recipient"])
    named = {case.pk: str(case) for case in cases}
    record_all(
        by=by,
        entries=[
            Entry(
                "case.escalated",
                step,
                {"step": step.name, "due_on": step.due_on, "day": day},
                label=named[step.case_id],
            )
            for step in steps
        ],
    )
    return len(steps)


@transaction.atomic
def finish_climbing(*, day: datetime.date, steps: int, by: Actor) -> None:
    """Close a day for good."""
    by.require(Permission.MANAGE_SUPERVISION)
    run = EscalationRun(day=day, steps=steps)
    if insert_missing([run], ["tenant", "day"]):
        record(by=by, verb="escalation.run", on=run, steps=steps)


def _latest(rungs: Sequence[Rung], top: int, day: datetime.date) -> datetime.date:
    found = bands([rungs[top].days], day)
    return found[0].latest


def _batches(ladder: Ladder, rung: Rung, band: Band) -> Iterator[list[uuid.UUID]]:
    """Yield the keys of what is due; each batch starts where the last one ended."""
    due = due_for(rung, beyond=band.beyond, latest=band.latest, first=ladder.in_force_from)
    rows = list(due.values_list("owed_on", "pk")[:BATCH])
    while rows:
        yield [pk for _, pk in rows]
        day, last = rows[-1]
        after = Q(owed_on__gt=day) | Q(owed_on=day, pk__gt=last)
        full = len(rows) == BATCH
        rows = list(due.filter(after).values_list("owed_on", "pk")[:BATCH]) if full else []


def _new_steps(
    cases: Sequence[Case], rungs: Sequence[Rung], top: int, day: datetime.date
) -> list[EscalationStep]:
    days = [rung.days for rung in rungs]
    places = {rung.pk: place for place, rung in enumerate(rungs)}
    climbed: dict[tuple[uuid.UUID, datetime.date], set[int]] = defaultdict(set)
    today = set()
    for step in EscalationStep.objects.filter(case__in=cases).order_by():
        key = (step.case_id, step.due_on)
        if step.rung_id in places:
            climbed[key].add(places[step.rung_id])
        if step.climbed_on >= day:
            today.add(key)
    found = []
    for case in cases:
        key = (case.pk, case.owed_on)
        place = None if key in today else next_rung(days, top, climbed[key])
        if place is not None and case.lead_id is not None:
            rung = rungs[place]
            found.append(
                EscalationStep(
                    case=case,
                    due_on=case.owed_on,
                    rung=rung,
                    unit_id=case.lead_id,
                    days=rung.days,
                    name=rung.name,
                    measure=rung.measure,
                    climbed_on=day,
                    is_sample=case.is_sample,
                )
            )
    return found


def _owing_units(cases: Sequence[Case]) -> dict[uuid.UUID, list[uuid.UUID]]:
    """Return the units of each case that have not done their share."""
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for share in CaseShare.objects.filter(case__in=cases, state__in=OWING).order_by("pk"):
        found[share.case_id].append(share.unit_id)
    return found
