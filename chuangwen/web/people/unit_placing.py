"""Moving, closing, reopening and merging units; their aliases."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.aliases import add_alias, remove_alias
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.placing import close_unit, move_unit, reopen_unit
from chuangwen.people.models import Membership, Unit, UnitAlias
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import visible_units
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.people.open_work import open_work_of
from chuangwen.web.people.unit_forms import (
    AliasForm,
    ClosingForm,
    MergeForm,
    PlaceForm,
    show_refusal,
    unit_names,
)
from chuangwen.web.people.units import MANAGE


@page("GET", "POST", may=MANAGE)
def move(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the unit under another one."""
    unit = load(visible_units(request.actor).select_related("parent"), pk)
    form = PlaceForm(request.POST or None, initial={"parent": unit.parent})
    if request.method == "POST" and form.is_valid():
        version = posted_version(request)
        try:
            move_unit(
                unit=unit,
                base_version=version,
                parent=form.cleaned_data["parent"],
                by=request.actor,
            )
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已移动，下级单位一并移动。")
            return redirect("unit", pk=pk)
    return _form(request, form, unit, "移动", "移动")


@page("GET", "POST", may=MANAGE)
def close(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Close the unit after a day; what it still has to do is named before."""
    unit = load(visible_units(request.actor), pk)
    form = ClosingForm(request.POST or None, initial={"last_day": clock.today()})
    if request.method == "POST" and form.is_valid():
        version, day = posted_version(request), form.cleaned_data["last_day"]
        try:
            close_unit(unit=unit, base_version=version, last_day=day, by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"“{unit.name}”{day} 后停用，其中的任职同日结束。")
            return redirect("unit", pk=pk)
    context = {
        "open_work": open_work_of(unit, request.actor),
        "sees_work": request.actor.may(Permission.VIEW_DISTRICT),
    }
    return _form(request, form, unit, "停用", "停用", **context)


@page("POST", may=MANAGE)
def reopen(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take back the closing."""
    unit = load(visible_units(request.actor), pk)
    reopen_unit(unit=unit, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已恢复“{unit.name}”。停用时结束的任职需要重新授予。")
    return redirect("unit", pk=pk)


@page("GET", "POST", may=MANAGE)
def merge(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose the unit that stays, see what will move, and confirm."""
    other = load(visible_units(request.actor), pk)
    form = MergeForm(request.POST or None)
    context: dict[str, object] = {"unit": other, "form": form, "unit_names": unit_names()}
    if request.method == "POST" and form.is_valid():
        keep = form.cleaned_data["keep"]
        if "confirmed" in request.POST:
            try:
                merge_units(keep=keep, other=other, by=request.actor)
            except Invalid as error:
                form.add_error("keep", error.message)
            else:
                messages.success(request, f"“{other.name}”已并入“{keep.name}”。")
                return redirect("unit", pk=keep.pk)
        context |= {"keep": keep, **_what_moves(other)}
    status = 422 if form.errors else 200
    return render(request, "people/unit_merge.html", context, status=status)


@page("POST", may=MANAGE)
def add_name(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Add an alias."""
    unit = load(visible_units(request.actor), pk)
    form = AliasForm(request.POST)
    if not form.is_valid():
        raise Invalid("别名是空的或超过 100 字。请返回后重新填写。", field="name")
    add_alias(unit=unit, **form.cleaned_data, by=request.actor)
    messages.success(request, f"已添加别名“{form.cleaned_data['name']}”。")
    return redirect("unit", pk=pk)


@page("POST", may=MANAGE)
def remove_name(request: ActorRequest, pk: uuid.UUID, alias: uuid.UUID) -> HttpResponse:
    """Take an alias away."""
    unit = load(visible_units(request.actor), pk)
    found = load(UnitAlias.objects.filter(unit=unit), alias)
    remove_alias(alias=found, by=request.actor)
    messages.success(request, f"已去掉别名“{found.name}”。")
    return redirect("unit", pk=pk)


def _what_moves(other: Unit) -> dict[str, object]:
    return {
        "moving_names": [other.name, *other.aliases.values_list("name", flat=True)],
        "moving_children": list(other.children.values_list("name", flat=True)[:20]),
        "moving_posts": Membership.objects.filter(unit=other, valid_until=None).count(),
    }


def _form(
    request: ActorRequest,
    form: PlaceForm | ClosingForm,
    unit: Unit,
    title: str,
    button: str,
    **more: object,
) -> HttpResponse:
    context: dict[str, object] = {
        **more,
        "form": form,
        "unit": unit,
        "title": f"{title} {unit.name}",
        "button": button,
    }
    context["unit_names"] = unit_names() if isinstance(form, PlaceForm) else []
    context["version"] = request.POST.get("version", unit.version)
    status = 422 if form.errors else 200
    return render(request, "people/unit_form.html", context, status=status)
