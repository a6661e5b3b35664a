"""The first page of every role, and the address that monitoring asks."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from chuangwen.inspection.queries.results import last_result
from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.actors import closed_unit_of
from chuangwen.plan.listing import PartFilter, list_of_parts
from chuangwen.plan.models.tasks import OVER
from chuangwen.plan.queries import parts_listed_for
from chuangwen.plan.review_queue import waiting_for
from chuangwen.plan.standing import standing
from chuangwen.web.gate import AccountRequest, ActorRequest, page
from chuangwen.web.home.numbers import count_all, office_cases, office_counts, unit_counts

MOST = 10
MOST_UNITS = 500
UNIT_CASES = ("to_accept", "to_mend", "to_mend_again", "late_cases")


@page()
def show_home(request: AccountRequest) -> HttpResponse:
    """Show what needs the viewer today; which page that is follows from the permissions."""
    actor = request.actor
    if actor.may(Permission.REVIEW_TASKS):
        return render(request, "home/office.html", _office(request))
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return render(request, "home/district.html", _district(request))
    if actor.may(Permission.VIEW_OWN_UNIT):
        return render(request, "home/unit.html", _unit(request))
    return render(request, "home/home.html", _administration(request))


def _office(request: ActorRequest) -> dict[str, Any]:
    waiting = waiting_for(request.actor).select_related("task", "unit")
    return {
        "standing": standing(request.actor, clock.today()),
        "counts": office_counts(request.actor),
        "may_manage_cases": request.actor.may(Permission.MANAGE_CASES),
        "to_confirm": waiting[:MOST],
        "day": clock.today(),
        "most_units": MOST_UNITS,
    }


def _district(request: ActorRequest) -> dict[str, Any]:
    """Leaders and inspectors look at the whole and work on nothing here."""
    day = clock.today()
    late = list_of_parts(request.actor, PartFilter(late="1"), day)
    return {
        "standing": standing(request.actor, day),
        "late_parts": late[:MOST],
        "day": day,
        "most_units": MOST_UNITS,
        "may_export": request.actor.may(Permission.EXPORT_PLAN),
        "counts": count_all(request.actor, **office_cases(request.actor)),
        "last_rounds": [found] if (found := last_result(request.actor)) else [],
    }


def _unit(request: ActorRequest) -> dict[str, Any]:
    day = clock.today()
    parts = parts_listed_for(request.actor).select_related("task", "unit")
    counts = unit_counts(request.actor)
    owed = parts.filter(open_due__lt=OVER).order_by("open_due", "pk")
    return {
        "standing": standing(request.actor, day),
        "counts": counts,
        "has_cases": any(counts[name] for name in UNIT_CASES),
        "due": owed[:MOST],
        "day": day,
        "may_ask": request.actor.may(Permission.ASK_ABOUT_DUTY),
    }


def _administration(request: AccountRequest) -> dict[str, Any]:
    may = request.actor.may
    return {
        "closed_unit": None if request.actor.posts else closed_unit_of(request.user),
        "may_accounts": may(Permission.MANAGE_ACCOUNTS) or may(Permission.MANAGE_SECURITY),
        "may_units": may(Permission.MANAGE_UNITS),
        "may_security": may(Permission.MANAGE_SECURITY),
        "may_audit": may(Permission.VIEW_AUDIT),
    }


@page(anonymous=True)
def show_health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; used by service managers and load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
