"""The ways of steering and checking that the document orders: 工作机制."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.people.permissions import Permission
from chuangwen.plan.demands import mechanisms
from chuangwen.web.gate import ActorRequest, page

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)


@page(may=MAY)
def list_mechanisms(request: ActorRequest) -> HttpResponse:
    """List the ways of steering and checking by kind; filters: words, kind, only with frequency.

    There are many: the kinds are folded until a filter asks for some of them.
    """
    words, kind = request.GET.get("q", "").split(), request.GET.get("kind", "")
    only_timed = request.GET.get("timed") == "1"
    found = list(mechanisms())
    kinds = list(dict.fromkeys(each.name for each in found))
    shown = [
        each
        for each in found
        if (not kind or each.name == kind)
        and (not only_timed or each.frequency)
        and all(word in f"{each.name}{each.text}{each.actors}" for word in words)
    ]
    context = {
        "groups": [(name, list(rows)) for name, rows in groupby(shown, lambda each: each.name)],
        "kinds": kinds,
        "kind": kind,
        "query": " ".join(words),
        "only_timed": only_timed,
        "total": len(found),
        "shown": len(shown),
        "is_narrow": bool(words or kind or only_timed),
    }
    return render(request, "plan/mechanisms.html", context)
