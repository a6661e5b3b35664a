"""A unit's own tasks: list, 施工图, progress; and the office's judgement of them."""

import datetime
import uuid

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions import parts as actions
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import TaskPart
from chuangwen.plan.queries import late, part_for, parts_visible_to
from chuangwen.web.files.posted import receive_uploads
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_day, posted_version
from chuangwen.web.paging import page_of
from chuangwen.web.plan.progress import progress_of

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)


@page(may=MAY)
def list_parts(request: ActorRequest) -> HttpResponse:
    """List visible parts, the earliest deadline first; filters `state`, `late` and `unit`."""
    day = clock.today()
    parts = parts_visible_to(request.actor)
    state = request.GET.get("state", "")
    if state in PartState.values:
        parts = parts.filter(state=state)
    if request.GET.get("late"):
        parts = late(parts, day)
    ordered = parts.select_related("task", "unit").order_by(F("due_on").asc(nulls_last=True), "pk")
    context = {
        "page": page_of(request, ordered),
        "states": PartState.choices,
        "state": state,
        "only_late": bool(request.GET.get("late")),
        "day": day,
    }
    return render(request, "plan/parts.html", context)


@page(may=MAY)
def show_part(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one part with its measures and progress."""
    part = part_for(request.actor, pk)
    return render(request, "plan/part.html", _context(request, part, _measures(part)))


@page("POST", may=Permission.WORK_ON_TASKS)
def submit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in measures; a refused form comes back with everything as typed."""
    part = part_for(request.actor, pk)
    rows = _rows(request)
    try:
        steps = [actions.Step(row["text"], _day(row["due_on"], n)) for n, row in enumerate(rows, 1)]
        actions.submit_measures(
            part=part, base_version=posted_version(request), steps=steps, by=request.actor
        )
    except Invalid as error:
        context = _context(request, part, rows) | {"problem": error.message}
        return render(request, "plan/part.html", context, status=422)
    messages.success(request, "措施已报送，等待创文办审核。")
    return redirect("plan-part", pk=pk)


@page("POST", may=Permission.REVIEW_TASKS)
def judge(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm or return the measures, or send a finished part back."""
    part = part_for(request.actor, pk)
    version, reason = posted_version(request), request.POST.get("reason", "")
    match request.POST.get("decision"):
        case "confirm":
            actions.confirm_measures(part=part, base_version=version, by=request.actor)
        case "return":
            actions.return_measures(
                part=part, base_version=version, reason=reason, by=request.actor
            )
        case "rework":
            actions.rework_part(part=part, base_version=version, reason=reason, by=request.actor)
        case _:
            raise Invalid("请选择“通过”或“退回”。")
    messages.success(request, "审核结果已通知单位。")
    return redirect("plan-part", pk=pk)


@page("POST", may=Permission.WORK_ON_TASKS)
def report_progress(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a progress entry with its files; a refused one comes back as typed, files included."""
    part = part_for(request.actor, pk)
    received = receive_uploads(request)
    try:
        received.raise_if_refused()
        actions.add_progress(
            part=part,
            day=posted_day(request, "day", "日期"),
            text=request.POST.get("text", ""),
            uploads=received.keys,
            by=request.actor,
        )
    except Invalid as error:
        typed = {"day": request.POST.get("day", ""), "text": request.POST.get("text", "")}
        context = _context(request, part, _measures(part)) | {"progress_problem": error}
        context |= {"typed": typed, "uploads": received.uploads}
        return render(request, "plan/part.html", context, status=422)
    messages.success(request, "进展已记录。")
    return redirect("plan-part", pk=pk)


@page("POST", may=Permission.WORK_ON_TASKS)
def finish(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark the unit's own part done."""
    part = part_for(request.actor, pk)
    actions.finish_part(part=part, base_version=posted_version(request), by=request.actor)
    messages.success(request, "已标记本部分完成，整体完成由创文办确认。")
    return redirect("plan-part", pk=pk)


def _measures(part: TaskPart) -> list[dict[str, str]]:
    return [{"text": row.text, "due_on": row.due_on.isoformat()} for row in part.measures.all()]


def _context(request: ActorRequest, part: object, rows: list[dict[str, str]]) -> dict[str, object]:
    unit_id = part.unit_id  # type: ignore[attr-defined]
    return {
        "part": part,
        "rows": rows + [{"text": "", "due_on": ""}] * 3,
        "progress": progress_of(part, request.actor),  # type: ignore[arg-type]
        "may_work": request.actor.may(Permission.WORK_ON_TASKS, unit_id=unit_id),
        "may_review": request.actor.may(Permission.REVIEW_TASKS),
        "day": clock.today(),
    }


def _rows(request: ActorRequest) -> list[dict[str, str]]:
    texts, days = request.POST.getlist("text"), request.POST.getlist("due_on")
    pairs = zip(texts, days, strict=False)
    return [{"text": text.strip(), "due_on": day} for text, day in pairs if text.strip() or day]


def _day(raw: str, row: int) -> datetime.date:
    try:
        return datetime.date.fromisoformat(raw)
    except ValueError as error:
        raise Invalid(
            f"第 {row} 条措施的时限“{raw}”不是日期。请写成 2021-09-30 的样子。"
        ) from error
