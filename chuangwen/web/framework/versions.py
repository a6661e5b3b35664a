"""Frameworks and their versions: list, tree, begin, copy, publish, give up."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.frameworks import (
    copy_version,
    create_framework,
    discard_draft,
    publish_version,
)
from chuangwen.framework.actions.importing import load_reference_template
from chuangwen.framework.enums import Standing
from chuangwen.framework.queries.versions import annotate_size, visible_versions
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.forms import attempt
from chuangwen.web.framework.trees import branches_of
from chuangwen.web.framework.version_forms import FrameworkForm, LabelForm
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
MAY = Permission.MANAGE_FRAMEWORK


@page(may=READ)
def list_versions(request: ActorRequest) -> HttpResponse:
    """List the versions that the viewer may see, by framework."""
    versions = annotate_size(visible_versions(request.actor))
    context = {
        "versions": versions.order_by("framework__name", "-number"),
        "may_manage": request.actor.may(MAY),
    }
    return render(request, "framework/versions.html", context)


@page("GET", "POST", may=MAY)
def begin(request: ActorRequest) -> HttpResponse:
    """Show the form of a new framework; begin it."""
    form = FrameworkForm(request.POST or None)
    made = attempt(
        form,
        lambda data: create_framework(
            name=data["name"],
            standing=Standing(data["standing"]),
            label=data["label"],
            by=request.actor,
        ),
    )
    if made is not None:
        messages.success(request, f"已建立草稿“{made.label}”。请录入或导入内容。")
        return redirect("framework-version", pk=made.pk)
    context = {"form": form, "title": "新建测评体系", "button": "建立草稿"}
    status = 422 if form.is_bound else 200
    return render(request, "framework/version_form.html", context, status=status)


@page("POST", may=MAY)
def load_template(request: ActorRequest) -> HttpResponse:
    """Make a draft of the reference template."""
    version = load_reference_template(by=request.actor)
    messages.success(request, "已载入参考模板。它不是官方文本，发布前请核对。")
    return redirect("framework-version", pk=version.pk)


@page(may=READ)
def show_version(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a version as a tree; with `q`, only the standards that contain every word."""
    version = load(visible_versions(request.actor), pk)
    standards = version.standards.prefetch_related("methods")
    words = request.GET.get("q", "").split()
    for word in words:
        standards = standards.filter(Q(text__icontains=word) | Q(code=word))
    found = list(standards)
    context = {
        "version": version,
        "branches": branches_of(list(version.nodes.all()), found, pruned=bool(words)),
        "count": len(found),
        "query": " ".join(words),
        "may_edit": version.is_draft and request.actor.may(MAY),
        "may_manage": request.actor.may(MAY),
        "label_form": LabelForm(),
    }
    return render(request, "framework/version.html", context)


@page("POST", may=MAY)
def copy(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a new draft with the same content."""
    version = load(visible_versions(request.actor), pk)
    made = copy_version(version=version, label=request.POST.get("label", ""), by=request.actor)
    messages.success(request, f"已由“{version.label}”建立草稿“{made.label}”。")
    return redirect("framework-version", pk=made.pk)


@page("POST", may=MAY)
def publish(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Publish a draft for good."""
    version = load(visible_versions(request.actor), pk)
    publish_version(version=version, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已发布“{version.label}”，内容不再改变。")
    return redirect("framework-version", pk=pk)


@page("POST", may=MAY)
def discard(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete a draft."""
    version = load(visible_versions(request.actor), pk)
    discard_draft(version=version, by=request.actor)
    messages.success(request, f"已删除草稿“{version.label}”。")
    return redirect("framework")
