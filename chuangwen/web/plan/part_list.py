"""The list of units' parts: filtered, sorted, confirmed many at once, exported."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.kit.typed import whole_number
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.part_office import confirm_parts
from chuangwen.plan.choices import choices_for
from chuangwen.plan.enums import PartState
from chuangwen.plan.listing import STATE_GROUPS, PartFilter, list_of_parts, part_sorts
from chuangwen.plan.queries import parts_visible_to
from chuangwen.plan.review_queue import WAITING, waiting_for
from chuangwen.plan.rules import OPEN_STATES
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download
from chuangwen.web.plan.books import parts_book

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
STATES = (
    *((name, label) for name, (label, _) in STATE_GROUPS.items()),
    *((state.value, state.label) for state in PartState if state != PartState.WITHDRAWN),
)
SORTS = (("due", "按时限"), ("unit", "按单位"), ("state", "按状态"), ("task", "按任务"))


@page(may=MAY)
def list_parts(request: ActorRequest) -> HttpResponse:
    """List visible parts, the earliest deadline first; every filter stands in the address."""
    day = clock.today()
    wanted = PartFilter.read(request.GET.dict())
    found = page_of(request, list_of_parts(request.actor, wanted, day))
    may_review = request.actor.may(Permission.REVIEW_TASKS)
    context: dict[str, Any] = {
        "page": found,
        "wanted": wanted,
        "choices": choices_for(request.actor),
        "states": STATES,
        "sorts": [sort for sort in SORTS if sort[0] in part_sorts(request.actor)],
        "day": day,
        "parameters": request.GET.urlencode(),
        "may_review": may_review,
        "may_export": request.actor.may(Permission.EXPORT_PLAN),
        "may_tick": may_review or request.actor.may(Permission.DISPATCH_TASKS),
        "may_urge": request.actor.may(Permission.DISPATCH_TASKS),
        "tickable": {*WAITING, *OPEN_STATES},
    }
    return render(request, "plan/parts.html", context)


@page(may=Permission.EXPORT_PLAN)
def export_parts(request: ActorRequest) -> HttpResponseBase:
    """Send the list as filtered."""
    day = clock.today()
    parts = list_of_parts(request.actor, PartFilter.read(request.GET.dict()), day)
    return as_download(parts_book(parts.iterator(2000), day), f"单位任务{day:%Y%m%d}.xlsx")


@page("POST", may=Permission.REVIEW_TASKS)
def confirm_chosen(request: ActorRequest) -> HttpResponse:
    """Agree to the ticked parts that wait; each value carries the version that the viewer saw.

    The list also ticks parts to urge their units: those do not wait, stay, and are counted.
    """
    try:
        pairs = [raw.split(":") for raw in request.POST.getlist("part")]
        versions = {uuid.UUID(key): whole_number(version) or 0 for key, version in pairs}
    except ValueError as error:
        raise Invalid("页面内容不完整。请刷新列表后重新勾选。") from error
    ticked = parts_visible_to(request.actor).filter(pk__in=versions)
    others = set(ticked.exclude(state__in=WAITING).values_list("pk", flat=True))
    waiting = {key: version for key, version in versions.items() if key not in others}
    if others and not waiting:
        raise Invalid(f"勾选的 {len(others)} 项都不在等待审核。请勾选“待审核”或“本部分完成”的。")
    done = confirm_parts(versions=waiting, by=request.actor)
    left = f"另有 {len(others)} 项不在等待审核，没有改动。" if others else ""
    messages.success(request, f"已通过 {len(done)} 项。{left}")
    query = request.POST.get("back", "")
    return HttpResponseRedirect(reverse("plan-parts") + (f"?{query}" if query else ""))


@page(may=Permission.REVIEW_TASKS)
def open_queue(request: ActorRequest) -> HttpResponse:
    """Go to the first part that waits for the office."""
    state = request.GET.get("state", "")
    first = waiting_for(request.actor, state).values_list("pk", flat=True).first()
    if first is None:
        return render(request, "plan/queue_empty.html")
    queue = state if state in WAITING else "all"
    return HttpResponseRedirect(f"{redirect('plan-part', pk=first).url}?queue={queue}")
