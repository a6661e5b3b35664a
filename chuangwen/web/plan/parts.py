"""One unit's part of a task: 施工图, progress, completion."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock, typed
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions import parts as actions
from chuangwen.plan.attachments import MEASURES
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import TaskPart
from chuangwen.plan.queries import part_for, parts_visible_to
from chuangwen.plan.review_queue import REASONS, WAITING, with_neighbours
from chuangwen.web.files.posted import receive_uploads
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_day, posted_version
from chuangwen.web.plan.history import history_of_part
from chuangwen.web.plan.progress import measures_files_of, progress_of

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
Rows = list[dict[str, str]]
BLANK = {"text": "", "due_on": ""}
WRITABLE = (PartState.ASSIGNED, PartState.RETURNED)


@page(may=MAY)
def show_part(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one part; `queue` shows it as one of those that wait, `copy` fills in its measures."""
    queue = request.GET.get("queue", "")
    part = load(_shown(request, queue), pk)
    source = _copied_from(request, part) if request.GET.get("copy") else part
    context = _context(request, part, _measures(source))
    if source is not part:
        context["copied"] = source.task.title
    return render(request, "plan/part.html", context)


@page("POST", may=Permission.WORK_ON_TASKS)
def submit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Hand in measures; a refused form comes back with everything as typed."""
    part = part_for(request.actor, pk)
    rows, received = _rows(request), receive_uploads(request)
    try:
        received.raise_if_refused()
        steps = [actions.Step(row["text"], _day(row["due_on"], n)) for n, row in enumerate(rows, 1)]
        actions.submit_measures(
            part=part,
            base_version=posted_version(request),
            steps=steps,
            uploads=received.keys,
            by=request.actor,
        )
    except (Invalid, StaleEdit) as error:
        part = load(_shown(request, ""), pk)
        context = _context(request, part, rows) | {"problem": error.message}
        context["measure_uploads"] = received.uploads
        return render(request, "plan/part.html", context, status=error.status)
    messages.success(request, "措施已报送，等待创文办审核。")
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
    except (Invalid, IllegalTransition) as error:
        typed = {"day": request.POST.get("day", ""), "text": request.POST.get("text", "")}
        part = load(_shown(request, ""), pk)
        context = _context(request, part, _measures(part)) | {"progress_problem": error}
        context |= {"typed": typed, "uploads": received.uploads}
        return render(request, "plan/part.html", context, status=error.status)
    messages.success(request, "进展已记录。")
    return redirect("plan-part", pk=pk)


@page("POST", may=Permission.WORK_ON_TASKS)
def finish(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark the unit's own part done, with what shows it; a refused form comes back as typed."""
    part = part_for(request.actor, pk)
    received = receive_uploads(request)
    try:
        received.raise_if_refused()
        actions.finish_part(
            part=part,
            base_version=posted_version(request),
            text=request.POST.get("text", ""),
            uploads=received.keys,
            by=request.actor,
        )
    except (Invalid, StaleEdit, IllegalTransition) as error:
        part = load(_shown(request, ""), pk)
        context = _context(request, part, _measures(part)) | {"finish_problem": error}
        context |= {"finish_text": request.POST.get("text", "")}
        context |= {"finish_uploads": received.uploads}
        return render(request, "plan/part.html", context, status=error.status)
    messages.success(request, "已标记本部分完成，整体完成由创文办确认。")
    return redirect("plan-part", pk=pk)


@page(may=Permission.WORK_ON_TASKS)
def choose_copy(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """List the unit's other tasks whose measures may be copied."""
    part = part_for(request.actor, pk)
    others = parts_visible_to(request.actor).filter(unit_id=part.unit_id).exclude(pk=pk)
    found = others.filter(measures__isnull=False).distinct().select_related("task")
    rows = found.prefetch_related("measures").order_by("-pk")[:50]
    return render(request, "plan/copy_measures.html", {"part": part, "others": rows})


def _shown(request: ActorRequest, queue: str) -> QuerySet[TaskPart]:
    related = ("task__action", "task__area", "task__key_work", "unit")
    parts = parts_visible_to(request.actor).select_related(*related)
    if queue and request.actor.may(Permission.REVIEW_TASKS):
        return with_neighbours(parts, request.actor, queue)
    return parts


def _copied_from(request: ActorRequest, part: TaskPart) -> TaskPart:
    """Return the other part of the same unit whose measures are to be copied. Raises NotFound."""
    own = parts_visible_to(request.actor).filter(unit_id=part.unit_id).select_related("task")
    wanted = typed.identifier(request.GET["copy"])
    return load(own, wanted) if wanted else part


def _measures(part: TaskPart) -> Rows:
    return [{"text": row.text, "due_on": row.due_on.isoformat()} for row in part.measures.all()]


def _context(request: ActorRequest, part: TaskPart, rows: Rows) -> dict[str, Any]:
    may_review = request.actor.may(Permission.REVIEW_TASKS)
    may_work = request.actor.may(Permission.WORK_ON_TASKS, unit_id=part.unit_id)
    queue = request.GET.get("queue", "") if may_review else ""
    tells_history = bool(request.GET.get("history"))
    return {
        "part": part,
        "rows": rows,
        "blanks": [BLANK] * (1 if rows else 3),
        "progress": [] if tells_history else progress_of(part, request.actor),
        "measure_files": [] if tells_history else measures_files_of(part),
        "sees_originals": MEASURES.sees_originals(request.actor, part),
        "may_remove_files": MEASURES.may_remove(request.actor, part),
        "tells_history": tells_history,
        "history": history_of_part(part) if tells_history else [],
        "queue": queue,
        "reasons": REASONS,
        "may_work": may_work,
        "may_write": may_work and part.state in WRITABLE,
        "may_review": may_review,
        "may_dispatch": request.actor.may(Permission.DISPATCH_TASKS),
        "may_ask": request.actor.may(Permission.ASK_ABOUT_DUTY),
        "is_waiting": part.state in WAITING,
        "judged": typed.identifier(request.GET.get("judged", "")) if may_review else None,
        "day": clock.today(),
        "typed": {},
    }


def _rows(request: ActorRequest) -> Rows:
    texts, days = request.POST.getlist("text"), request.POST.getlist("due_on")
    pairs = zip(texts, days, strict=False)
    return [{"text": text.strip(), "due_on": day} for text, day in pairs if text.strip() or day]


def _day(raw: str, row: int) -> datetime.date:
    try:
        return typed.day(raw)
    except ValueError as error:
        raise Invalid(
            f"第 {row} 条措施的时限“{raw}”不是日期。请写成 2021-09-30 的样子。"
        ) from error
