"""The groups of a checklist: add, rename, order, remove."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.line_groups import (
    add_group,
    move_group,
    remove_group,
    rename_group,
)
from chuangwen.framework.models import Checklist, LineGroup
from chuangwen.framework.queries.checklists import visible_checklists, visible_groups
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.checklist_forms import GroupForm
from chuangwen.web.framework.forms import attempt
from chuangwen.web.framework.places import back_to_place
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

MAY = Permission.MANAGE_FRAMEWORK


@page("GET", "POST", may=MAY)
def add(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a new group; add it."""
    checklist = load(visible_checklists(request.actor), pk)
    form = GroupForm(request.POST or None)
    made = attempt(
        form,
        lambda data: add_group(checklist=checklist, title=data["title"], by=request.actor),
    )
    if made is not None:
        messages.success(request, f"已加入分组“{made.title}”。")
        return redirect("line-new", pk=made.pk)
    return _form_page(request, form, "新增分组", checklist)


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the title of a group; change it."""
    group = load(visible_groups(request.actor), pk)
    form = GroupForm(request.POST or None, initial={"title": group.title})
    renamed = attempt(
        form, lambda data: rename_group(group=group, title=data["title"], by=request.actor)
    )
    if renamed is not None:
        messages.success(request, "已保存。")
        return back_to_place("checklist", group.checklist_id, f"group-{pk}")
    return _form_page(request, form, f"修改分组“{group.title}”", group.checklist, group)


@page("POST", may=MAY)
def move(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a group change places with the one before (`step` -1) or after it."""
    group = load(visible_groups(request.actor), pk)
    step = -1 if request.POST.get("step") == "-1" else 1
    move_group(group=group, step=step, by=request.actor)
    return back_to_place("checklist", group.checklist_id, f"group-{pk}")


@page("POST", may=MAY)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete an empty group."""
    group = load(visible_groups(request.actor), pk)
    remove_group(group=group, by=request.actor)
    messages.success(request, f"已删除分组“{group.title}”。")
    return redirect("checklist", pk=group.checklist_id)


def _form_page(
    request: ActorRequest,
    form: GroupForm,
    title: str,
    checklist: Checklist,
    editing: LineGroup | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "checklist": checklist,
        "version": checklist.framework_version,
        "group": editing,
    }
    status = 422 if form.is_bound else 200
    return render(request, "framework/group_form.html", context, status=status)
