"""The district's boundaries: a file handed in, its names chosen, in force, taken away."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from chuangwen.kit.errors import ImportRefused, Invalid
from chuangwen.sites.actions.boundaries import (
    apply_boundaries,
    receive_boundaries,
    remove_boundaries,
)
from chuangwen.sites.enums import BoundaryState, Datum
from chuangwen.sites.models import Boundary, BoundaryFile
from chuangwen.sites.queries.boundaries import boundaries_shown
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.sites.listing import MANAGE, SEE
from chuangwen.web.sites.uploading import sent_file

MOST_LISTED = 20


@page(may=SEE)
def show_boundaries(request: ActorRequest) -> HttpResponse:
    """Send the boundaries in force as GeoJSON, for the map."""
    return JsonResponse(boundaries_shown())


@page("GET", "POST", may=MANAGE)
def keep_boundaries(request: ActorRequest) -> HttpResponse:
    """Show what is in force and what waits; take another file."""
    problems: list[str] = []
    if request.method == "POST":
        try:
            taken = _receive(request)
        except ImportRefused as error:
            problems = [str(problem) for problem in error.problems]
        except Invalid as error:
            problems = [error.message]
        else:
            messages.success(request, f"“{taken.name}”检查通过，请选择名称。")
            return redirect("site-boundaries")
    files = list(BoundaryFile.objects.order_by("-received_at", "-pk")[:MOST_LISTED])
    by_state = {one.state: one for one in reversed(files)}
    in_force = by_state.get(BoundaryState.IN_FORCE)
    rows = Boundary.objects.filter(file=in_force).select_related("area").order_by("position")
    context = {
        "in_force": in_force,
        "boundaries": rows.defer("geometry", "shown") if in_force else (),
        "waiting": by_state.get(BoundaryState.CHECKED),
        "files": files,
        "datums": Datum.choices,
        "problems": problems,
        "typed": request.POST,
    }
    return render(request, "sites/boundaries.html", context, status=422 if problems else 200)


@page("POST", may=MANAGE)
def apply(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a checked file in force under the chosen names."""
    taken = apply_boundaries(
        taken=load(BoundaryFile.objects.all(), pk),
        name_property=request.POST.get("name_property", ""),
        by=request.actor,
    )
    messages.success(request, f"已启用“{taken.name}”的 {taken.count} 个边界。")
    return redirect("site-boundaries")


@page("POST", may=MANAGE)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the file in force away."""
    taken = remove_boundaries(
        taken=load(BoundaryFile.objects.all(), pk),
        reason=request.POST.get("reason", ""),
        by=request.actor,
    )
    messages.success(request, f"已撤下“{taken.name}”的边界。")
    return redirect("site-boundaries")


def _receive(request: ActorRequest) -> BoundaryFile:
    name, data, datum = sent_file(request, "GeoJSON")
    return receive_boundaries(name=name, data=data, datum=datum, by=request.actor)
