"""Site types: list, add, edit, order, remove."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.site_types import (
    add_site_type,
    edit_site_type,
    move_site_type,
    remove_site_type,
)
from chuangwen.framework.models import SiteType
from chuangwen.framework.queries.checklist_documents import site_type_entry
from chuangwen.framework.queries.checklists import visible_checklists, visible_site_types
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.checklist_forms import SiteTypeForm
from chuangwen.web.framework.forms import attempt
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MAY = Permission.MANAGE_FRAMEWORK


@page(may=READ)
def list_types(request: ActorRequest) -> HttpResponse:
    """List the site types in their order, each with the number of versions that look at it."""
    counts = dict(
        visible_checklists(request.actor)
        .order_by()
        .values_list("site_type")
        .annotate(count=Count("pk"))
    )
    types = list(visible_site_types(request.actor))
    context = {
        "rows": [(each, counts.get(each.pk, 0)) for each in types],
        "may_manage": request.actor.may(MAY),
    }
    return render(request, "framework/site_types.html", context)


@page("GET", "POST", may=MAY)
def add(request: ActorRequest) -> HttpResponse:
    """Show the form of a new site type; add it."""
    form = SiteTypeForm(request.POST or None)
    made = attempt(form, lambda _: add_site_type(content=form.entry(), by=request.actor))
    if made is not None:
        messages.success(request, f"已加入“{made.name}”。")
        return redirect("site-types")
    return _form_page(request, form, "新增点位类型")


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a site type; change it."""
    site_type = load(visible_site_types(request.actor), pk)
    initial = {**vars(site_type_entry(site_type)), "version": site_type.version}
    form = SiteTypeForm(request.POST or None, initial=initial)

    def run(data: dict[str, Any]) -> SiteType:
        return edit_site_type(
            site_type=site_type,
            content=form.entry(),
            base_version=data["version"] or 0,
            by=request.actor,
        )

    if attempt(form, run) is not None:
        messages.success(request, "已保存。")
        return redirect("site-types")
    return _form_page(request, form, f"修改“{site_type.name}”", site_type)


@page("POST", may=MAY)
def move(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Let a site type change places with the one before (`step` -1) or after it."""
    site_type = load(visible_site_types(request.actor), pk)
    step = -1 if request.POST.get("step") == "-1" else 1
    move_site_type(site_type=site_type, step=step, by=request.actor)
    return redirect("site-types")


@page("POST", may=MAY)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a site type that nothing uses."""
    site_type = load(visible_site_types(request.actor), pk)
    remove_site_type(site_type=site_type, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已删除“{site_type.name}”。")
    return redirect("site-types")


def _form_page(
    request: ActorRequest, form: SiteTypeForm, title: str, editing: SiteType | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "button": "保存", "editing": editing}
    status = 422 if form.is_bound else 200
    return render(request, "framework/site_type_form.html", context, status=status)
