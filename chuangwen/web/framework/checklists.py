"""The checklists of a version: list, one with its preview, add, edit, order, remove."""

import uuid
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.checklists import (
    add_checklist,
    edit_checklist,
    move_checklist,
    remove_checklist,
)
from chuangwen.framework.models import CheckLine, Checklist
from chuangwen.framework.queries.checklists import (
    annotate_lines,
    visible_checklists,
    visible_site_types,
)
from chuangwen.framework.queries.examples import examples_of
from chuangwen.framework.queries.versions import visible_versions
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.checklist_forms import ChecklistForm, initial_of_checklist
from chuangwen.web.framework.checklist_rows import row_of
from chuangwen.web.framework.forms import attempt
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MAY = Permission.MANAGE_FRAMEWORK


@page(may=READ)
def list_checklists(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """List the checklists of a version."""
    version = load(visible_versions(request.actor), pk)
    checklists = annotate_lines(visible_checklists(request.actor)).filter(framework_version=version)
    context = {
        "version": version,
        "checklists": list(checklists),
        "may_edit": version.is_draft and request.actor.may(MAY),
    }
    return render(request, "framework/checklists.html", context)


@page(may=READ)
def show_checklist(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a checklist with all its lines, and how the phone will show them."""
    checklist = load(visible_checklists(request.actor), pk)
    lines = list(CheckLine.objects.filter(checklist=checklist).select_related("standard"))
    examples = examples_of(line.pk for line in lines)
    by_group: dict[uuid.UUID, list[CheckLine]] = defaultdict(list)
    for line in lines:
        by_group[line.group_id].append(line)
    context = {
        "checklist": checklist,
        "version": checklist.framework_version,
        "groups": [
            (group, [row_of(line, examples[line.pk]) for line in by_group[group.pk]])
            for group in checklist.groups.all()
        ],
        "count": len(lines),
        "may_edit": checklist.framework_version.is_draft and request.actor.may(MAY),
    }
    return render(request, "framework/checklist.html", context)


@page("GET", "POST", may=MAY)
def add(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a new checklist in a draft; add it."""
    version = load(visible_versions(request.actor), pk)
    taken = version.checklists.values("site_type")
    types = list(visible_site_types(request.actor).exclude(pk__in=taken))
    form = ChecklistForm(request.POST or None, types=types)
    made = attempt(
        form, lambda _: add_checklist(version=version, content=form.entry(), by=request.actor)
    )
    if made is not None:
        messages.success(request, f"已建立“{made.site_type.name}”的测评表。请加分组和测评项。")
        return redirect("checklist", pk=made.pk)
    context = {"form": form, "version": version, "title": "新建测评表", "has_types": bool(types)}
    status = 422 if form.is_bound else 200
    return render(request, "framework/checklist_form.html", context, status=status)


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show rule, note and source of a checklist; change them."""
    checklist = load(visible_checklists(request.actor), pk)
    initial = initial_of_checklist(checklist)
    form = ChecklistForm(request.POST or None, types=None, initial=initial)

    def run(data: dict[str, Any]) -> Checklist:
        return edit_checklist(
            checklist=checklist,
            content=form.entry(),
            base_version=data["version"] or 0,
            by=request.actor,
        )

    if attempt(form, run) is not None:
        messages.success(request, "已保存。")
        return redirect("checklist", pk=pk)
    context = {
        "form": form,
        "version": checklist.framework_version,
        "checklist": checklist,
        "title": "达标规则和说明",
        "has_types": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "framework/checklist_form.html", context, status=status)


@page("POST", may=MAY)
def move(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a checklist change places with the one before (`step` -1) or after it."""
    checklist = load(visible_checklists(request.actor), pk)
    step = -1 if request.POST.get("step") == "-1" else 1
    move_checklist(checklist=checklist, step=step, by=request.actor)
    return redirect("checklists", pk=checklist.framework_version_id)


@page("POST", may=MAY)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a checklist of a draft."""
    checklist = load(visible_checklists(request.actor), pk)
    remove_checklist(checklist=checklist, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已删除“{checklist.site_type.name}”的测评表。")
    return redirect("checklists", pk=checklist.framework_version_id)
