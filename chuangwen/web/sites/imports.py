"""The register as a file: handed in, checked, shown, agreed to."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.sites.actions.background_import import LEASE, MOST_ATTEMPTS, MOST_SHOWN
from chuangwen.sites.actions.importing import apply_import, cancel_import, receive_register
from chuangwen.sites.enums import Datum, ImportState
from chuangwen.sites.models import SiteImport
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.people.verbs import change_text
from chuangwen.web.sites.listing import MANAGE
from chuangwen.web.sites.uploading import sent_file

MOST_LISTED = 20
PATIENCE = datetime.timedelta(seconds=15)
UNDER_WAY = (
    ImportState.WAITING, ImportState.CHECKING, ImportState.CONFIRMED, ImportState.WRITING,
    ImportState.INDEXING,
)  # fmt: skip
WAITING = (ImportState.WAITING, ImportState.CONFIRMED)
TONES = {
    ImportState.REFUSED: "danger", ImportState.FAILED: "danger", ImportState.DONE: "success",
    ImportState.CHECKED: "warning", ImportState.CANCELLED: "neutral",
}  # fmt: skip


@page("GET", "POST", may=MANAGE)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show the files that were handed in; take another one."""
    problem = ""
    if request.method == "POST":
        try:
            taken = _receive(request)
        except Invalid as error:
            problem = error.message
        else:
            return redirect("site-import", pk=taken.pk)
    rows = SiteImport.objects.order_by("-asked_at", "-pk")[:MOST_LISTED]
    context = {"imports": rows, "datums": Datum.choices, "problem": problem, "typed": request.POST}
    return render(request, "sites/imports.html", context, status=422 if problem else 200)


@page("GET", "POST", may=MANAGE)
def show_import(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show how far a file is and what it would change; agree to it or give it up."""
    taken = load(SiteImport.objects.all(), pk)
    if request.method == "POST":
        return _step(request, taken)
    is_open = taken.state in UNDER_WAY
    if _is_polling(request) and not is_open:
        return HttpResponse(headers={"HX-Redirect": reverse("site-import", args=[pk])})
    template = "sites/_import.html" if _is_polling(request) else "sites/import.html"
    return render(request, template, _shown(taken, is_open))


def _shown(taken: SiteImport, is_open: bool) -> dict[str, Any]:
    now = clock.now()
    since = taken.beat_at or taken.asked_at
    patience = PATIENCE if taken.state in WAITING else LEASE + PATIENCE
    told = taken.differences or {"made": [], "edited": []}
    return {
        "taken": taken,
        "is_open": is_open,
        "is_silent": is_open and since < now - patience,
        "tone": TONES.get(ImportState(taken.state), "info"),
        "made": told["made"],
        "namesakes": told.get("namesakes", []),  # an import of an earlier release has none
        "namesakes_count": told.get("namesakes_count", 0),
        "edited": [
            (name, [change_text(field, values) for field, values in changes.items()])
            for name, changes in told["edited"]
        ],
        "most": MOST_SHOWN,
        "most_attempts": MOST_ATTEMPTS,
    }


def _step(request: ActorRequest, taken: SiteImport) -> HttpResponse:
    match request.POST.get("step"):
        case "confirm":
            digest = request.POST.get("digest", "")
            applied = apply_import(taken=taken, base_digest=digest, by=request.actor)
            if applied.state == ImportState.DONE:
                messages.success(
                    request,
                    f"已导入：新建 {applied.made_count} 个点位，修改 {applied.edited_count} 个。",
                )
                return redirect("sites")
        case "cancel":
            cancel_import(taken=taken, by=request.actor)
            messages.success(request, f"已取消“{taken.name}”，没有写入任何点位。")
            return redirect("site-imports")
        case _:
            raise IllegalTransition("没有说明要做什么。请用页面上的按钮。")
    return redirect("site-import", pk=taken.pk)


def _receive(request: ActorRequest) -> SiteImport:
    name, data, datum = sent_file(request, ".xlsx")
    return receive_register(name=name, data=data, datum=datum, by=request.actor)


def _is_polling(request: ActorRequest) -> bool:
    return bool(getattr(request, "htmx", False))
