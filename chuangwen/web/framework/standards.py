"""One standard: read it, write it."""

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.standards import add_standard, edit_standard, remove_standard
from chuangwen.framework.models import Indicator, Node, Standard, VersionMapping
from chuangwen.framework.queries.documents import standard_entry
from chuangwen.framework.queries.versions import (
    visible_nodes,
    visible_standards,
    visible_versions,
)
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.forms import attempt
from chuangwen.web.framework.version_forms import StandardForm, initial_of
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MAY = Permission.MANAGE_FRAMEWORK


@page(may=READ)
def show_standard(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a standard with its methods, its indicators and what it was or became."""
    related = visible_standards(request.actor).select_related(
        "framework_version__framework", "node__parent__parent"
    )
    standard = load(related, pk)
    relations = VersionMapping.objects.filter(Q(old_standard=standard) | Q(new_standard=standard))
    visible = visible_versions(request.actor).values("pk")
    context = {
        "standard": standard,
        "version": standard.framework_version,
        "methods": sorted(standard.methods.all(), key=lambda each: each.method),
        "links": standard.indicator_links.select_related("indicator").order_by(
            "indicator__position"
        ),
        "relations": relations.filter(old_version__in=visible, new_version__in=visible)
        .select_related("old_standard", "new_standard", "old_version", "new_version")
        .order_by("pk"),
        "may_edit": standard.framework_version.is_draft and request.actor.may(MAY),
    }
    return render(request, "framework/standard.html", context)


@page("GET", "POST", may=MAY)
def add(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a new standard below a Ⅲ测评内容; add it."""
    node = load(visible_nodes(request.actor), pk)
    form = StandardForm(request.POST or None, indicators=_indicator_names())
    made = attempt(form, lambda _: add_standard(node=node, content=form.entry(), by=request.actor))
    if made is not None:
        messages.success(request, f"已加入标准 {made.code}。")
        return redirect("framework-version", pk=node.framework_version_id)
    return _form_page(request, form, "新增测评标准", node)


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a standard of a draft; change it."""
    related = visible_standards(request.actor).select_related("framework_version", "node")
    standard = load(related.prefetch_related("methods", "indicator_links__indicator"), pk)
    initial = initial_of(standard_entry(standard), standard.version)
    form = StandardForm(request.POST or None, indicators=_indicator_names(), initial=initial)

    def run(data: dict[str, Any]) -> Standard:
        return edit_standard(
            standard=standard,
            content=form.entry(),
            base_version=data["version"] or 0,
            by=request.actor,
        )

    if attempt(form, run) is not None:
        messages.success(request, "已保存。")
        return redirect("standard", pk=pk)
    return _form_page(request, form, f"修改标准 {standard.code}", standard.node)


@page("POST", may=MAY)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a standard of a draft."""
    standard = load(visible_standards(request.actor).select_related("framework_version"), pk)
    remove_standard(standard=standard, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已删除标准 {standard.code}。")
    return redirect("framework-version", pk=standard.framework_version_id)


def _indicator_names() -> list[str]:
    return list(Indicator.objects.values_list("name", flat=True))


def _form_page(request: ActorRequest, form: StandardForm, title: str, node: Node) -> HttpResponse:
    context = {"form": form, "title": title, "button": "保存", "node": node}
    status = 422 if form.is_bound else 200
    return render(request, "framework/version_form.html", context, status=status)
