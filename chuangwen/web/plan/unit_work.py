"""What one unit owes: duties, tasks, indicators; and its 责任清单 as a file."""

import uuid

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from chuangwen.framework.queries.indicators import open_today, visible_reporters
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.plan.duty_reading import dated
from chuangwen.plan.models import Duty
from chuangwen.plan.queries import parts_visible_to
from chuangwen.plan.rules import is_late
from chuangwen.reports.official import unit_duty_document
from chuangwen.reports.sheets import unit_duty_book
from chuangwen.reports.unit_duties import unit_duty_sheet
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.plan.exports import as_document_or_book, exported_campaign

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MOST = 200


def readable_units(actor: Actor) -> QuerySet[Unit]:
    """Return the units whose work the viewer may see; managing the register is not enough."""
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=units_within_reach(actor).values("descendant_id"))


@page(may=MAY)
def show_work(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what a unit owes, open duties first."""
    unit, day = load(readable_units(request.actor), pk), clock.today()
    parts = parts_visible_to(request.actor).filter(unit=unit).select_related("task")
    shown = list(parts.order_by("due_order", "pk")[:MOST])
    duties = Duty.objects.filter(unit=unit).select_related("action", "task", "indicator")
    reporters = open_today(visible_reporters(request.actor)).filter(unit=unit)
    context = {
        "unit": unit,
        "day": day,
        "duties": dated(duties),
        "parts": shown,
        "late": sum(is_late(part, day) for part in shown),
        "most": MOST,
        "reporters": reporters.select_related("indicator").order_by("indicator__position", "pk"),
        "may_export": request.actor.may(Permission.EXPORT_PLAN, unit_id=unit.pk),
    }
    return render(request, "plan/unit_work.html", context)


@page(may=Permission.EXPORT_PLAN)
def export_duties(request: ActorRequest, pk: uuid.UUID, suffix: str) -> HttpResponseBase:
    """Send the unit's 责任清单 as .docx (GB/T 9704) or .xlsx."""
    unit = load(readable_units(request.actor), pk)
    sheet = unit_duty_sheet(
        unit=unit,
        campaign=exported_campaign(suffix),
        issuer=f"{request.user.tenant.name}创文办",  # type: ignore[union-attr]
        as_of=clock.today(),
        viewer=request.actor,
    )
    return as_document_or_book(
        suffix,
        f"{unit.name}创文责任清单",
        lambda: unit_duty_document(sheet),
        lambda: unit_duty_book(sheet),
    )
