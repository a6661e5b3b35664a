"""The first page of every role, and the address that monitoring asks."""

from django.db import connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import PartState, QuestionState, TaskState
from chuangwen.plan.models import DutyQuestion, Task
from chuangwen.plan.queries import parts_visible_to
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.plan.tallies import standing
from chuangwen.web.gate import ActorRequest, page

MOST = 20


@page()
def show_home(request: ActorRequest) -> HttpResponse:
    """Show what needs the viewer today: the office's desk, or the unit's own duties."""
    actor = request.actor
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return render(request, "home/office.html", _office(request))
    if actor.may(Permission.VIEW_OWN_UNIT):
        return render(request, "home/unit.html", _unit(request))
    return render(request, "home/home.html")


def _office(request: ActorRequest) -> dict[str, object]:
    waiting = parts_visible_to(request.actor).filter(
        state__in=[PartState.SUBMITTED, PartState.DONE]
    )
    return {
        "standing": standing(request.actor, clock.today()),
        "to_confirm": waiting.select_related("task", "unit").order_by("state", "due_on", "pk")[
            :MOST
        ],
        "undispatched": Task.objects.filter(state=TaskState.PROPOSED)
        .select_related("action", "area", "key_work")
        .order_by("state", "due_on", "pk")[:MOST],
        "questions": DutyQuestion.objects.filter(state=QuestionState.ASKED)
        .select_related("unit")
        .order_by("state", "asked_at")[:MOST],
    }


def _unit(request: ActorRequest) -> dict[str, object]:
    day = clock.today()
    parts = parts_visible_to(request.actor).select_related("task", "unit")
    owed = parts.filter(state__in=OPEN_STATES)
    return {
        "standing": standing(request.actor, day),
        "returned": parts.filter(state=PartState.RETURNED).order_by("due_on", "pk")[:MOST],
        "due": owed.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST],
        "day": day,
    }


@page(anonymous=True)
def show_health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; used by service managers and load balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
