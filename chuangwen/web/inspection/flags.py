"""测评提示: what struck in visits; looked at one by one or many at once."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.inspection.actions.reviewing import settle_flags
from chuangwen.inspection.enums import FlagKind, FlagState
from chuangwen.inspection.queries.records import visible_flags
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of

MAY = Permission.REVIEW_RECORDS
MOST = 500


@page(may=MAY)
def list_flags(request: ActorRequest) -> HttpResponse:
    """List what nobody has looked at yet; filters `state` and `kind`."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    known = state if state in FlagState.values else FlagState.OPEN
    flags = visible_flags(request.actor).filter(state=known)
    if kind in FlagKind.values:
        flags = flags.filter(kind=kind)
    context = {
        "page": page_of(request, flags.order_by("-pk")),
        "states": FlagState.choices,
        "kinds": FlagKind.choices,
        "state": known,
        "kind": kind,
        "is_open": known == FlagState.OPEN,
        "is_narrow": bool(state or kind),
    }
    return render(request, "inspection/flags.html", context)


@page("POST", may=MAY)
def settle(request: ActorRequest) -> HttpResponse:
    """Note that the ticked ones have been looked at."""
    try:
        keys = {uuid.UUID(raw) for raw in request.POST.getlist("flag")}
    except ValueError as error:
        raise Invalid("勾选的提示无效。请返回列表，刷新后重新勾选。") from error
    if not keys or len(keys) > MOST:
        raise Invalid(f"勾选了 {len(keys)} 条提示。请返回列表勾选 1 至 {MOST} 条。")
    number = settle_flags(flag_ids=keys, note=request.POST.get("note", ""), by=request.actor)
    messages.success(request, f"已标为已查看 {number} 条。测评结果不变。")
    return redirect("visit-flags")
