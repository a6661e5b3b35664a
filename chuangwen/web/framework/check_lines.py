"""The lines of a checklist: add, edit, order, remove, and their example photos."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.check_lines import add_line, edit_line, move_line, remove_line
from chuangwen.framework.actions.examples import add_examples
from chuangwen.framework.models import CheckLine, Checklist, LineGroup
from chuangwen.framework.queries.checklist_documents import line_entry
from chuangwen.framework.queries.checklists import visible_groups, visible_lines
from chuangwen.framework.queries.examples import examples_of
from chuangwen.people.permissions import Permission
from chuangwen.web.files.posted import Received, receive_uploads
from chuangwen.web.framework.checklist_forms import LineForm, initial_of_line
from chuangwen.web.framework.checklist_rows import row_of
from chuangwen.web.framework.forms import attempt
from chuangwen.web.framework.places import back_to_place
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version

MAY = Permission.MANAGE_FRAMEWORK


@page("GET", "POST", may=MAY)
def add(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a new line; add it, and show the next form when more are to come."""
    group = load(visible_groups(request.actor), pk)
    groups = list(group.checklist.groups.all())
    initial = {"group": str(pk), "weight": "1", "code": _next_code(group.checklist)}
    form = LineForm(request.POST or None, groups=groups, initial=initial)

    def run(data: dict[str, Any]) -> CheckLine:
        into = next(each for each in groups if str(each.pk) == data["group"])
        into.checklist = group.checklist
        return add_line(group=into, content=form.entry(), by=request.actor)

    made = attempt(form, run)
    if made is not None:
        messages.success(request, f"已加入测评项 {made.code}。")
        if "again" in request.POST:
            return redirect("line-new", pk=made.group_id)
        return back_to_place("checklist", made.checklist_id, f"line-{made.pk}")
    return _form_page(request, form, "新增测评项", group.checklist)


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a line with its preview and examples; change it."""
    line = load(visible_lines(request.actor), pk)
    groups = list(line.checklist.groups.all())
    initial = initial_of_line(line_entry(line), str(line.group_id), line.version)
    form = LineForm(request.POST or None, groups=groups, initial=initial)

    def run(data: dict[str, Any]) -> CheckLine:
        return edit_line(
            line=line,
            content=form.entry(),
            base_version=data["version"] or 0,
            group=_group(groups, data["group"]),
            by=request.actor,
        )

    if attempt(form, run) is not None:
        messages.success(request, "已保存。")
        return back_to_place("checklist", line.checklist_id, f"line-{pk}")
    return _form_page(request, form, f"修改测评项 {line.code}", line.checklist, line)


@page("POST", may=MAY)
def move(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a line change places with the one before (`step` -1) or after it in its group."""
    line = load(visible_lines(request.actor), pk)
    move_line(line=line, step=-1 if request.POST.get("step") == "-1" else 1, by=request.actor)
    return back_to_place("checklist", line.checklist_id, f"line-{pk}")


@page("POST", may=MAY)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a line of a draft."""
    line = load(visible_lines(request.actor), pk)
    remove_line(line=line, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已删除测评项 {line.code}。")
    return redirect("checklist", pk=line.checklist_id)


@page("POST", may=MAY)
def show_examples(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Add example photos to a line."""
    line = load(visible_lines(request.actor), pk)
    received = receive_uploads(request)
    received.raise_if_refused()
    is_good = request.POST.get("kind") != "bad"
    added = add_examples(line=line, upload_ids=received.keys, is_good=is_good, by=request.actor)
    messages.success(request, f"已添加 {len(added)} 张{'正确' if is_good else '错误'}示例。")
    return redirect("line-edit", pk=pk)


def _group(groups: list[LineGroup], chosen: str) -> LineGroup:
    return next(each for each in groups if str(each.pk) == chosen)


def _next_code(checklist: Checklist) -> str:
    """Propose the number after the largest that is written as a plain number."""
    codes = checklist.lines.values_list("code", flat=True)
    return str(max((int(code) for code in codes if code.isdecimal()), default=0) + 1)


def _form_page(
    request: ActorRequest,
    form: LineForm,
    title: str,
    checklist: Checklist,
    line: CheckLine | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "checklist": checklist,
        "version": checklist.framework_version,
        "line": line,
        "row": row_of(line, examples_of([line.pk])[line.pk]) if line else None,
        "uploads": Received().uploads,
    }
    status = 422 if form.is_bound else 200
    return render(request, "framework/line_form.html", context, status=status)
