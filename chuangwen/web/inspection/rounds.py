"""Rounds: the list, the page of one with its boards, its progress, the second opinions."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuangwen.inspection.enums import Dimension, RoundState
from chuangwen.inspection.models import Round
from chuangwen.inspection.queries.results import (
    BOARDS,
    FOR_UNITS,
    Result,
    agreement,
    board,
    whole_results,
)
from chuangwen.inspection.queries.visible import own_sites, sees_all, visible_rounds
from chuangwen.inspection.queries.weighting import weighting_of
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.paging import page_of

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MAY = Permission.MANAGE_ROUNDS
SORTS = (
    ("rate", "按达标率"),
    ("failed", "按未达标"),
    ("untested", "按未测"),
    ("findings", "按问题数"),
    ("change", "按变化"),
    ("name", "按名称"),
)
# By which field of a list the rows of a board are found behind their numbers.
FIELDS = {one: one.value for one in BOARDS}
MOST_ROWS, MOST_LINES = 300, 60  # a city has a hundred units, and thousands of lines


@page(may=SEE)
def list_rounds(request: ActorRequest) -> HttpResponse:
    """List the rounds that the viewer may see, the newest first, with their results."""
    found = page_of(request, visible_rounds(request.actor).order_by("-number"))
    everything = sees_all(request.actor)
    results = whole_results(found.rows) if everything else {}
    context = {
        "page": found,
        "rows": [(one, results.get(one.pk)) for one in found.rows],
        "sees_all": everything,
        "may_manage": request.actor.may(MAY),
    }
    return render(request, "inspection/rounds.html", context)


@page(may=SEE)
def show_round(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a round: how far it is, and its results by type, unit, area, line or inspector."""
    within = load(visible_rounds(request.actor), pk)
    everything = sees_all(request.actor)
    by = _dimension(request, everything)
    whole, rows = board(request.actor, within, by)
    sort = request.GET.get("sort", "failed" if by == Dimension.LINE else "rate")
    ordered = _sorted(rows, sort)
    most = MOST_LINES if by == Dimension.LINE else MOST_ROWS
    context: dict[str, Any] = {
        "round": within,
        "whole": whole,
        "rows": ordered[:most],
        "left_out": max(len(ordered) - most, 0),
        "by": by,
        "field": FIELDS[by],
        "boards": BOARDS if everything else FOR_UNITS,
        "sorts": SORTS,
        "sort": sort,
        "sees_all": everything,
        "may_manage": request.actor.may(MAY),
        "may_walk": request.actor.may(Permission.INSPECT),
        "is_running": within.state == RoundState.RUNNING,
        "is_draft": within.state == RoundState.DRAFT,
        "is_closed": within.state == RoundState.CLOSED,
        "weighting": weighting_of(within) if whole and everything else None,
        "strata": within.drawing.get("strata", []),
    }
    return render(request, "inspection/round.html", context)


@page(may=SEE)
def show_progress(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the progress alone: the page of a running round asks for it again and again."""
    within = load(visible_rounds(request.actor), pk)
    by = Dimension.ROUND if sees_all(request.actor) else Dimension.UNIT
    whole, _ = board(request.actor, within, by, names=False)
    context = {
        "round": within,
        "whole": whole,
        "is_running": within.state == RoundState.RUNNING,
    }
    return render(request, "inspection/_progress.html", context)


@page(may=Permission.VIEW_DISTRICT)
def show_agreement(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how far second visits agree with first ones, and how strict each inspector is."""
    within = load(visible_rounds(request.actor), pk)
    found = agreement(request.actor, within)
    context = {"round": within, "agreement": found}
    return render(request, "inspection/agreement.html", context)


@page(may=Permission.INSPECT)
def show_walk(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show an inspector the sites of his own pair, in walking order."""
    within = load(visible_rounds(request.actor), pk)
    found = page_of(request, own_sites(request.actor, within))
    return render(request, "inspection/walk.html", {"round": within, "page": found})


def load_round(request: ActorRequest, pk: uuid.UUID) -> Round:
    """Return a round that the viewer may see. Raises NotFound."""
    return load(visible_rounds(request.actor), pk)


def _dimension(request: HttpRequest, everything: bool) -> Dimension:
    asked = request.GET.get("by", "")
    allowed = BOARDS if everything else FOR_UNITS
    return Dimension(asked) if asked in set(allowed) else allowed[0]


def _sorted(rows: list[Result], sort: str) -> list[Result]:
    """Sort a board; what is untested comes last, for it is neither good nor bad."""
    if sort == "name":
        return rows
    if sort == "failed":
        return sorted(rows, key=lambda one: -one.failed)
    if sort == "untested":
        return sorted(rows, key=lambda one: -one.untested)
    if sort == "findings":
        return sorted(rows, key=lambda one: -one.findings)
    if sort == "change":
        return sorted(rows, key=lambda one: (one.change is None, one.change or 0))
    return sorted(rows, key=lambda one: (one.rate is None, -(one.rate or 0), -one.tested))
