"""Visits: the list, one with its answers and photos."""

import uuid
from collections import defaultdict

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from chuangwen.files.enums import Purpose
from chuangwen.files.queries import derivative_of
from chuangwen.inspection.enums import VisitState
from chuangwen.inspection.listing import Wanted, visits_listed
from chuangwen.inspection.models import Answer, VisitFlag, VisitPhoto
from chuangwen.inspection.queries.visible import sees_all, visible_visits
from chuangwen.kit.errors import NotFound
from chuangwen.people.permissions import Permission
from chuangwen.web.files.serving import answer_with
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.inspection.rounds import SEE
from chuangwen.web.loading import load
from chuangwen.web.paging import page_of

SIZES = {"small": Purpose.THUMBNAIL, "large": Purpose.DISPLAY}
RESULTS = (("passed", "达标"), ("failed", "未达标"))


@page(may=SEE)
def list_visits(request: ActorRequest) -> HttpResponse:
    """List the visits that the viewer may see, the latest first."""
    wanted = Wanted.read(request.GET.dict())
    found = page_of(request, visits_listed(request.actor, wanted))
    context = {
        "page": found,
        "wanted": wanted,
        "results": RESULTS,
        "states": VisitState.choices,
        "sees_all": sees_all(request.actor),
    }
    return render(request, "inspection/visits.html", context)


@page(may=SEE)
def show_visit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one visit: how each line was judged, on what, and the photos."""
    visit = load(visible_visits(request.actor), pk)
    lines = Answer.objects.filter(visit=visit).select_related("line__group")
    photos: dict[uuid.UUID | None, list[VisitPhoto]] = defaultdict(list)
    for photo in VisitPhoto.objects.filter(visit=visit).order_by("position"):
        photos[photo.line_id].append(photo)
    answers = sorted(
        lines, key=lambda one: (one.line.group.position, one.line.position, one.line.code)
    )
    reviews = request.actor.may(Permission.REVIEW_RECORDS)
    context = {
        "visit": visit,
        "rows": [(answer, photos.get(answer.line_id, [])) for answer in answers],
        "general": photos.get(None, []),
        "flags": list(VisitFlag.objects.filter(visit=visit)) if reviews else [],
        "sees_all": sees_all(request.actor),
    }
    return render(request, "inspection/visit.html", context)


@page(may=SEE)
def show_photo(request: ActorRequest, pk: uuid.UUID, size: str) -> HttpResponseBase:
    """Send a photo of a visit that the viewer may open, without what the camera wrote into it."""
    purpose = SIZES.get(size)
    photos = VisitPhoto.objects.select_related("file").filter(
        pk=pk, visit__in=visible_visits(request.actor).order_by().values("pk")
    )
    photo = photos.first()
    if photo is None or purpose is None:
        raise NotFound("没有找到您要的内容。可能已被删除，或不属于您的单位。")
    made = derivative_of(photo.file, purpose)
    if made is None or made.result is None:
        problem = made.problem if made is not None else ""
        raise NotFound(problem or "浏览图正在后台生成。请过一会儿刷新页面。")
    return answer_with(request, made.result, name=f"照片{photo.position + 1}.jpg", inline=True)
