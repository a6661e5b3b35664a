"""The words that the plan was made of: 原文, with a place in them marked."""

import uuid
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.plan.demands import sources_visible_to
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MOST_DIGITS = 9


@page(may=MAY)
def show_source(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the whole text; with `start` and `end` (code points) the words between are marked."""
    source = load(sources_visible_to(request.actor), pk)
    start, end = _span(request, len(source.text))
    context = {
        "source": source,
        "before": source.text[:start],
        "marked": source.text[start:end],
        "after": source.text[end:],
    }
    return render(request, "plan/source.html", context)


@page(may=MAY)
def download_source(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the text as it was read, UTF-8."""
    source = load(sources_visible_to(request.actor), pk)
    name = quote(f"{source.name.rsplit('.', 1)[0]}.txt")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    content = source.text.encode("utf-8", "replace")
    return HttpResponse(content, content_type="text/plain; charset=utf-8", headers=headers)


def _span(request: HttpRequest, length: int) -> tuple[int, int]:
    raw = request.GET.get("start", ""), request.GET.get("end", "")
    if raw == ("", ""):
        return 0, 0
    if all(each.isascii() and each.isdigit() and len(each) <= MOST_DIGITS for each in raw):
        start, end = int(raw[0]), int(raw[1])
        if start < end <= length:
            return start, end
    raise Invalid(
        f"原文中没有“{raw[0][:20]}”至“{raw[1][:20]}”这一段（全文 {length} 字）。"
        "请从计划、任务或指标页上的“原文”链接进入。"
    )
