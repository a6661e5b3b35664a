"""The district's ladder, and what stands on which rung of it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, UUIDField

from chuangwen.kit.asking import Asked
from chuangwen.kit.rows import one_by_one
from chuangwen.kit.typed import identifier
from chuangwen.people.actors import Actor
from chuangwen.people.models import UnitAncestry
from chuangwen.rectification.life import GONE
from chuangwen.rectification.models import Case, CaseShare
from chuangwen.rectification.models.cases import NO_DEADLINE
from chuangwen.rectification.queries import visible_cases
from chuangwen.supervision.enums import Audience, Measure
from chuangwen.supervision.models import EscalationStep, Ladder, Rung
from chuangwen.supervision.reference import LadderPlan, RungPlan


def ladder_of_district() -> Ladder | None:
    """Return the settings; None while the office has made none."""
    return Ladder.objects.first()


def rungs_of(ladder: Ladder) -> list[Rung]:
    """Return the rungs in use, the lowest first."""
    return list(Rung.objects.filter(ladder=ladder, is_active=True).order_by("days", "pk"))


def plan_of(ladder: Ladder, rungs: Sequence[Rung]) -> LadderPlan:
    """Return a stored ladder as plain data."""
    return LadderPlan(
        rungs=[
            RungPlan(
                one.days, one.name, Measure(one.measure), tuple(map(Audience, one.tells)), one.pk
            )
            for one in rungs
        ],
        in_force_from=ladder.in_force_from,
        is_active=ladder.is_active,
        most_a_day=ladder.most_a_day,
        quiet_from=ladder.quiet_from,
        quiet_until=ladder.quiet_until,
    )


@dataclass(frozen=True)
class StandingFilter(Asked):
    """What a viewer asked of the list; `unit` means the unit and all below it."""

    rung: str = ""
    measure: str = ""
    unit: str = ""


def standing_cases(actor: Actor, wanted: StandingFilter) -> QuerySet[Case]:
    """Return the visible cases that are owed and stand on a rung, those due first in front.

    Each has `step_id`, the highest step for its present deadline.
    """
    highest = EscalationStep.objects.filter(case=OuterRef("pk"), due_on=OuterRef("owed_on"))
    highest = highest.order_by("-days")
    cases = visible_cases(actor).filter(owed_on__lt=NO_DEADLINE)
    cases = one_by_one(cases, highest.values("pk"))
    if key := identifier(wanted.rung):
        rung = Subquery(highest.values("rung_id")[:1], output_field=UUIDField())
        cases = cases.annotate(rung_id=rung).filter(rung_id=key)
    if wanted.measure in Measure.values:
        measure = Subquery(highest.values("measure")[:1])
        cases = cases.annotate(measure=measure).filter(measure=wanted.measure)
    if key := identifier(wanted.unit):
        below = UnitAncestry.objects.filter(ancestor_id=key).values("descendant_id")
        shares = CaseShare.objects.filter(unit__in=below).exclude(state__in=GONE)
        cases = cases.filter(pk__in=shares.order_by().values("case_id"))
    cases = cases.annotate(step_id=Subquery(highest.values("pk")[:1]))
    return cases.select_related("lead", "category", "area").order_by("owed_on", "pk")


def steps_by_key(cases: Sequence[Case]) -> dict[Any, EscalationStep]:
    """Return the highest step of each case of `standing_cases`, by the case. One query."""
    steps = EscalationStep.objects.in_bulk([case.step_id for case in cases])  # type: ignore[attr-defined]
    return {case.pk: steps[case.step_id] for case in cases if case.step_id in steps}  # type: ignore[attr-defined]


def numbers_by_rung(actor: Actor) -> dict[Any, int]:
    """Return how many visible owed cases stand on each rung, by its key. One query."""
    owed = visible_cases(actor).filter(owed_on__lt=NO_DEADLINE).order_by()
    highest = EscalationStep.objects.filter(case=OuterRef("pk"), due_on=OuterRef("owed_on"))
    rung = Subquery(highest.order_by("-days").values("rung_id")[:1], output_field=UUIDField())
    rows = owed.annotate(rung_id=rung).filter(rung_id__isnull=False).values("rung_id")
    return dict(rows.annotate(number=Count("pk")).values_list("rung_id", "number"))


def steps_of(case: Case) -> list[EscalationStep]:
    """Return the steps of a case that the viewer was given already, in their order. One query."""
    steps = EscalationStep.objects.filter(case=case)
    return list(steps.order_by("climbed_on", "days", "pk"))


def due_for(
    rung: Rung, *, beyond: datetime.date | None, latest: datetime.date, first: datetime.date
) -> QuerySet[Case]:
    """Return the owed cases of a band of deadlines that have not reached its rung, in the order of
    the index of deadlines: what is not due is not looked at."""
    there = EscalationStep.objects.filter(
        case=OuterRef("pk"), due_on=OuterRef("owed_on"), rung=rung
    )
    cases = Case.objects.filter(owed_on__lte=latest, owed_on__gte=first)
    if beyond is not None:
        cases = cases.filter(owed_on__gt=beyond)
    missing = Subquery(there.values("days")[:1], output_field=IntegerField())
    return cases.annotate(climbed=missing).filter(climbed__isnull=True).order_by("owed_on", "pk")
