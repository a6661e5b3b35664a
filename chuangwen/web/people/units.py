"""The register of units: list, one unit, making and changing one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.units import create_unit, edit_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import visible_units
from chuangwen.people.queries.register import RegisterFilter, register_of
from chuangwen.people.queries.units import posts_in
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.paging import page_of
from chuangwen.web.people.unit_forms import NewUnitForm, UnitForm, show_refusal, unit_names
from chuangwen.web.people.verbs import described

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT, Permission.MANAGE_UNITS)
MANAGE = Permission.MANAGE_UNITS
STATES = (("open", "在用"), ("closed", "已停用"), ("all", "全部"))
SORTS = (("kind", "按类别"), ("name", "按名称"), ("code", "按编码"))
MOST_CHILDREN, MOST_EVENTS = 200, 20


def asked_for(request: ActorRequest) -> RegisterFilter:
    """Return the filter that the address carries."""
    given = {name: request.GET.get(name, "") for name in ("text", "kind", "state", "sort")}
    return RegisterFilter(**{name: value for name, value in given.items() if value})


@page(may=SEE)
def list_units(request: ActorRequest) -> HttpResponse:
    """List the units that the viewer may see."""
    wanted = asked_for(request)
    context = {
        "page": page_of(request, register_of(request.actor, wanted, clock.today())),
        "wanted": wanted,
        "kinds": UnitKind.choices,
        "states": STATES,
        "sorts": SORTS,
        "may_manage": request.actor.may(MANAGE),
        "parameters": request.GET.urlencode(),
    }
    return render(request, "people/units.html", context)


@page(may=SEE)
def show_unit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one unit with what belongs to it."""
    units = visible_units(request.actor).select_related("parent", "merged_into")
    unit = load(units, pk)
    may_manage = request.actor.may(MANAGE)
    context: dict[str, Any] = {
        "unit": unit,
        "is_open": unit.is_open(clock.today()),
        "aliases": unit.aliases.order_by("name"),
        "children": unit.children.order_by("valid_until", "name")[:MOST_CHILDREN],
        "posts": posts_in(unit, clock.today()),
        "may_manage": may_manage,
        "sees_work": any(request.actor.may(one) for one in SEE[:2]),
    }
    if may_manage:
        events = AuditEvent.objects.filter(object_id=pk).order_by("-sequence")[:MOST_EVENTS]
        context["history"] = [described(event) for event in events]
    return render(request, "people/unit.html", context)


@page("GET", "POST", may=MANAGE)
def make_unit(request: ActorRequest) -> HttpResponse:
    """Enter a new unit."""
    form = NewUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unit = create_unit(**form.cleaned_data, by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"已建立“{unit.name}”。")
            return redirect("unit", pk=unit.pk)
    return _form(request, form, {"title": "新建单位", "button": "建立", "unit_names": unit_names()})


@page("GET", "POST", may=MANAGE)
def change_unit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a unit's own facts."""
    unit = load(visible_units(request.actor), pk)
    form = UnitForm(request.POST or None, initial=_facts(unit))
    if request.method == "POST" and form.is_valid():
        version = posted_version(request)
        try:
            edit_unit(unit=unit, base_version=version, **form.cleaned_data, by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已保存。改名时，原名称保留为别名。")
            return redirect("unit", pk=pk)
    context = {"title": f"修改 {unit.name}", "button": "保存", "unit": unit}
    return _form(request, form, context | {"version": request.POST.get("version", unit.version)})


def _facts(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in ("name", "kind", "code", "valid_from")}


def _form(request: ActorRequest, form: UnitForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "people/unit_form.html", {**context, "form": form}, status=status)
