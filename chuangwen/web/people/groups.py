"""Collective owners: list with what each means today, and changing them."""

import re
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.groups import create_group, edit_group, remove_group
from chuangwen.people.models import UnitGroup
from chuangwen.people.queries.groups import groups_with_counts
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.people.unit_forms import GroupForm, show_refusal
from chuangwen.web.people.units import MANAGE


@page(may=MANAGE)
def list_groups(request: ActorRequest) -> HttpResponse:
    """List the collective names with how many units each means today."""
    return render(request, "people/groups.html", {"groups": groups_with_counts(clock.today())})


@page("GET", "POST", may=MANAGE)
def make_group(request: ActorRequest) -> HttpResponse:
    """Enter a collective name."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            create_group(**_values(form), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            return redirect("unit-groups")
    return _form(request, form, {"title": "新建集体称谓", "button": "建立"})


@page("GET", "POST", may=MANAGE)
def change_group(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change what a collective name means."""
    group = load(UnitGroup.objects.all(), pk)
    initial = {"name": group.name, "kinds": group.kinds, "aliases": "、".join(group.aliases)}
    form = GroupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = posted_version(request)
        try:
            edit_group(group=group, base_version=version, **_values(form), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已保存。以前展开的责任不变。")
            return redirect("unit-groups")
    version_shown = request.POST.get("version", group.version)
    return _form(request, form, {"title": group.name, "button": "保存", "version": version_shown})


@page("POST", may=MANAGE)
def drop_group(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Forget a collective name."""
    group = load(UnitGroup.objects.all(), pk)
    remove_group(group=group, by=request.actor)
    messages.success(request, f"已删除集体称谓“{group.name}”。")
    return redirect("unit-groups")


def _values(form: GroupForm) -> dict[str, Any]:
    given = form.cleaned_data
    aliases = re.split(r"[、,，;；]", given["aliases"])
    return {"name": given["name"], "kinds": given["kinds"], "aliases": aliases}


def _form(request: ActorRequest, form: GroupForm, context: dict[str, object]) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {**context, "form": form, "back": "unit-groups"}
    return render(request, "people/unit_form.html", context, status=status)
