"""A long file on its way: how far the worker is, cancelling, trying again."""

import datetime
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.background_reading import LEASE, MOST_ATTEMPTS, is_any_under_way
from chuangwen.plan.actions.document_readings import UNDER_WAY, cancel_reading, retry_reading
from chuangwen.plan.enums import ReadingState
from chuangwen.plan.models import DocumentReading
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

MAY = Permission.MANAGE_PLAN
PATIENCE = datetime.timedelta(seconds=15)  # a worker that runs asks every second
TONES = {ReadingState.FAILED: "danger", ReadingState.CANCELLED: "neutral"}


@dataclass(frozen=True)
class Status:
    """How a reading stands, in words; `is_silent`: no worker seems to run."""

    reading: DocumentReading
    is_open: bool
    is_silent: bool
    ahead: int
    interrupted: bool

    @property
    def tone(self) -> str:
        """How the state is coloured."""
        return TONES.get(ReadingState(self.reading.state), "info")

    @property
    def label(self) -> str:
        """What the numbers count."""
        return "已分析（字）" if self.reading.state == ReadingState.PARSING else "已读出（页）"


@page(may=MAY)
def show_reading(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how far a reading is; the page asks for its middle part again while it goes on."""
    reading = load(DocumentReading.objects.all(), pk)
    if reading.state == ReadingState.DONE:
        return _moved(request, reverse("plan-review", kwargs={"pk": reading.plan_import_id}))
    status = status_of(reading)
    if _is_polling(request) and not status.is_open:
        return _moved(request, reverse("plan-reading", kwargs={"pk": pk}))
    template = "plan/_reading.html" if _is_polling(request) else "plan/reading.html"
    return render(request, template, {"status": status, "reading": reading, "most": MOST_ATTEMPTS})


@page("POST", may=MAY)
def cancel(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the reading up."""
    reading = cancel_reading(reading=load(DocumentReading.objects.all(), pk), by=request.actor)
    messages.success(request, f"已取消读入“{reading.name}”，没有写入任何内容。")
    return redirect("plan-imports")


@page("POST", may=MAY)
def retry(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Try a failed reading once more."""
    reading = retry_reading(reading=load(DocumentReading.objects.all(), pk), by=request.actor)
    messages.success(request, f"“{reading.name}”已重新排队。")
    return redirect("plan-reading", pk=pk)


def open_readings() -> QuerySet[DocumentReading]:
    """Return what is under way or failed, the newest first."""
    readings = DocumentReading.objects.filter(state__in=(*UNDER_WAY, ReadingState.FAILED))
    return readings.order_by("-asked_at", "-pk")


def status_of(reading: DocumentReading) -> Status:
    """Return how a reading stands. At most two queries."""
    moment = clock.now()
    is_waiting = reading.state == ReadingState.WAITING
    is_open = reading.state in UNDER_WAY
    beat = reading.beat_at
    is_lost = is_open and beat is not None and beat < moment - LEASE
    is_silent, ahead = is_lost and beat is not None and beat < moment - LEASE - PATIENCE, 0
    if is_waiting:
        before = DocumentReading.objects.filter(state__in=UNDER_WAY, asked_at__lt=reading.asked_at)
        ahead = before.count()
        is_silent = reading.asked_at < moment - PATIENCE and not is_any_under_way()
    return Status(reading, is_open, is_silent, ahead, interrupted=is_lost)


def _is_polling(request: ActorRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _moved(request: ActorRequest, address: str) -> HttpResponse:
    if _is_polling(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
