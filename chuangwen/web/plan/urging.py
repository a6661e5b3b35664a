"""催办 in bulk: the page of what is late, and the address to which any list of parts may post."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.calendar import working_days_between
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.urging import LONGEST_TEXT, Urged, remind_units
from chuangwen.plan.queries import late, parts_visible_to
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of
from chuangwen.web.returning import safe_target


@page("GET", "POST", may=Permission.DISPATCH_TASKS)
def urge(request: ActorRequest) -> HttpResponse:
    """Show what is late, with boxes to tick; take the ticked parts of any list (`part`, `text`).

    A value may carry a version behind a colon, as lists with other bulk steps write it; `next` is
    the address of the list that posted.
    """
    if request.method == "POST":
        done = remind_units(
            part_ids=_ids(request), text=request.POST.get("text", ""), by=request.actor
        )
        messages.add_message(
            request, messages.SUCCESS if done.urged else messages.WARNING, wording(done)
        )
        return HttpResponseRedirect(_back(request))
    day = clock.today()
    parts = late(parts_visible_to(request.actor), day).select_related("task", "unit")
    found = page_of(request, parts.order_by("open_due", "pk"))
    rows = [(part, working_days_between(part.due_on or day, day)) for part in found.rows]
    context = {"rows": rows, "page": found, "longest": LONGEST_TEXT}
    return render(request, "plan/urge.html", context)


def wording(done: Urged) -> str:
    """Say what was done, and why some were left out."""
    said = [f"已催办 {done.urged} 项"]
    if done.already_today:
        said.append(f"{done.already_today} 项今天已催办过，不重复")
    if done.nobody_there:
        said.append(f"{done.nobody_there} 项的单位没有联络员或负责人账号，请另行联系")
    if done.not_open:
        said.append(f"{done.not_open} 项已完成或撤回")
    return "；".join(said) + "。"


def _ids(request: ActorRequest) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(raw.split(":")[0]) for raw in request.POST.getlist("part")]
    except ValueError as error:
        raise Invalid("勾选的内容无法识别，没有催办。请刷新页面后重新勾选。") from error


def _back(request: ActorRequest) -> str:
    """Return to the list that posted, if it is ours."""
    return safe_target(request, request.POST.get("next", ""), reverse("plan-urge"))
