"""What stands on which rung of the ladder, and its export."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from chuangwen.kit import clock
from chuangwen.kit.calendar import working_days_between
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.models import Case
from chuangwen.reports.sheets.standings import TITLE, standings_book
from chuangwen.sites.queries.listing import choices_for
from chuangwen.supervision.enums import Measure
from chuangwen.supervision.models import EscalationStep, Rung
from chuangwen.supervision.queries.ladder import (
    StandingFilter,
    numbers_by_rung,
    standing_cases,
    steps_by_key,
)
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
TONES = {
    Measure.REMIND: "info",
    Measure.URGE: "warning",
    Measure.BULLETIN: "danger",
    Measure.TALK: "danger",
    Measure.ACCOUNTABILITY: "danger",
}
AT_ONCE = 500


@page(may=SEE)
def list_standings(request: ActorRequest) -> HttpResponse:
    """List the visible cases that stand on a rung, those due first in front."""
    actor, day = request.actor, clock.today()
    wanted = StandingFilter.read(request.GET.dict())
    found = page_of(request, standing_cases(actor, wanted))
    steps = steps_by_key(found.rows)
    numbers = numbers_by_rung(actor)
    rungs = list(Rung.objects.select_related("ladder").order_by("days", "pk"))
    context: dict[str, Any] = {
        "page": found,
        "rows": [
            (case, step, TONES[Measure(step.measure)], working_days_between(step.due_on, day))
            for case in found.rows
            if (step := steps.get(case.pk)) is not None
        ],
        "wanted": wanted,
        "rungs": [
            (rung, numbers.get(rung.pk, 0))
            for rung in rungs
            if rung.is_active or rung.pk in numbers
        ],
        "measures": Measure.choices,
        "choices": choices_for(actor),
        "ladder": rungs[0].ladder if rungs else None,
        "parameters": request.GET.urlencode(),
        "may_set": actor.may(Permission.MANAGE_SUPERVISION),
        "day": day,
    }
    return render(request, "supervision/standings.html", context)


@page(may=SEE)
def export(request: ActorRequest) -> HttpResponseBase:
    """Send the list as filtered."""
    day = clock.today()
    rows = _standings(request.actor, StandingFilter.read(request.GET.dict()))
    return as_download(standings_book(rows, day), f"{TITLE}{day:%Y%m%d}.xlsx")


def _standings(actor: Actor, wanted: StandingFilter) -> Iterator[tuple[Case, EscalationStep]]:
    cases = iter(standing_cases(actor, wanted).iterator(AT_ONCE))
    while some := list(islice(cases, AT_ONCE)):
        steps = steps_by_key(some)
        yield from ((case, steps[case.pk]) for case in some if case.pk in steps)
