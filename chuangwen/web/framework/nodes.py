"""Editing the tree of a draft."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.tree import add_node, edit_node, move_node, remove_node
from chuangwen.framework.models import FrameworkVersion, Node
from chuangwen.framework.queries.versions import visible_nodes, visible_versions
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.forms import attempt
from chuangwen.web.framework.version_forms import NodeForm
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version

MAY = Permission.MANAGE_FRAMEWORK


@page("GET", "POST", may=MAY)
def add_project(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a new Ⅰ测评项目; add it."""
    return _add(request, load(visible_versions(request.actor), pk), None)


@page("GET", "POST", may=MAY)
def add_child(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form of a new entry below another; add it."""
    parent = load(visible_nodes(request.actor), pk)
    return _add(request, parent.framework_version, parent)


@page("GET", "POST", may=MAY)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show code and title of an entry; change them."""
    node = load(visible_nodes(request.actor), pk)
    initial = {"code": node.code, "title": node.title, "version": node.version}
    form = NodeForm(request.POST or None, initial=initial)

    def run(data: dict[str, Any]) -> Node:
        version = data["version"] or 0
        return edit_node(
            node=node,
            code=data["code"],
            title=data["title"],
            base_version=version,
            by=request.actor,
        )

    if attempt(form, run) is not None:
        messages.success(request, "已保存。")
        return redirect("framework-version", pk=node.framework_version_id)
    return _form_page(request, form, f"修改 {node.code}", node)


@page("POST", may=MAY)
def move(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Let an entry change places with the one before (`step` -1) or after it."""
    node = load(visible_nodes(request.actor), pk)
    move_node(node=node, step=-1 if request.POST.get("step") == "-1" else 1, by=request.actor)
    messages.success(request, f"已移动 {node.code}。")
    return redirect("node-edit", pk=pk)


@page("POST", may=MAY)
def remove(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete an empty entry."""
    node = load(visible_nodes(request.actor), pk)
    remove_node(node=node, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已删除 {node.code}。")
    return redirect("framework-version", pk=node.framework_version_id)


def _add(request: ActorRequest, version: FrameworkVersion, parent: Node | None) -> HttpResponse:
    form = NodeForm(request.POST or None)

    def run(data: dict[str, Any]) -> Node:
        return add_node(
            version=version,
            parent=parent,
            code=data["code"],
            title=data["title"],
            by=request.actor,
        )

    if attempt(form, run) is not None:
        messages.success(request, "已加入。")
        return redirect("framework-version", pk=version.pk)
    return _form_page(request, form, f"在 {parent} 下新增" if parent else "新增Ⅰ测评项目")


def _form_page(
    request: ActorRequest, form: NodeForm, title: str, editing: Node | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "button": "保存", "editing": editing}
    status = 422 if form.is_bound else 200
    return render(request, "framework/version_form.html", context, status=status)
