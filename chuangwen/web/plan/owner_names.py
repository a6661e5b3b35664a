"""The page of an import on which unknown names get their meaning."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit.errors import Invalid
from chuangwen.people.enums import DEPARTMENTS, UnitKind
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import find_unit
from chuangwen.people.queries.register_names import register_names
from chuangwen.plan.actions.owner_names import Meaning, NameChoice, settle_owner_names
from chuangwen.plan.confirming.alike import alike
from chuangwen.plan.confirming.unknown_owners import UnknownOwner, unknown_owners
from chuangwen.plan.confirming.values import UNIT_KINDS
from chuangwen.plan.enums import ImportState
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing.ordering import in_order
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.unit_forms import unit_names
from chuangwen.web.plan.review_context import load_import

KINDS = (*UNIT_KINDS, "其他")


@dataclass(frozen=True)
class Row:
    """One unknown name with the places that use it, and what was chosen so far."""

    owner: UnknownOwner
    places: tuple[str, ...]
    meaning: str
    kind: str
    unit: str
    group_kinds: tuple[str, ...]


@page("GET", "POST", may=Permission.MANAGE_PLAN)
def settle_names(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """List the names that the register does not know; take in what they mean."""
    plan_import = load_import(pk)
    if request.method != "POST":
        return _page(request, plan_import)
    try:
        choices = _choices(request)
        settle_owner_names(plan_import=plan_import, choices=choices, by=request.actor)
    except Invalid as error:
        return _page(request, plan_import, problem=error.message)
    messages.success(request, f"已处理 {len(choices)} 个名称，可以在核对页撤销。")
    return redirect("plan-owner-names", pk=pk)


def _choices(request: ActorRequest) -> list[NameChoice]:
    """Return what was chosen; names without a choice stay as they are."""
    given = request.POST
    choices = []
    for number, name in enumerate(given.getlist("name")):
        chosen = given.get(f"meaning-{number}", "")
        if not chosen:
            continue
        if chosen not in Meaning.values:
            raise Invalid(f"“{name}”：处理方式无效。请刷新页面后重选。")
        written = given.get(f"unit-{number}", "").strip()
        unit = find_unit(written) if chosen == Meaning.ALIAS and written else None
        if chosen == Meaning.ALIAS and written and unit is None:
            raise Invalid(f"“{name}”：名录中没有“{written}”。请从提示中选择已有单位。")
        kinds = given.getlist(f"group-{number}")
        if not set(kinds) <= set(UnitKind.values):
            raise Invalid(f"“{name}”：单位类别无效。请刷新页面后重选。")
        choices.append(
            NameChoice(
                name=name,
                meaning=Meaning(chosen),
                unit_kind=given.get(f"kind-{number}", "其他"),
                unit=unit,
                group_kinds=tuple(UnitKind(kind) for kind in kinds),
            )
        )
    return choices


def _page(request: ActorRequest, plan_import: PlanImport, *, problem: str = "") -> HttpResponse:
    items = in_order(plan_import.items.all())
    is_open = plan_import.state == ImportState.REVIEW
    known = register_names()
    owners = unknown_owners(items, known) if is_open else []
    near = alike([owner.name for owner in owners if not owner.is_collective], known)
    names = request.POST.getlist("name")
    rows = [_row(request, owner, items, near, names) for owner in owners]
    context: dict[str, Any] = {
        "plan_import": plan_import,
        "is_open": is_open,
        "rows": rows,
        "problem": problem,
        "meanings": Meaning.choices,
        "unit_kinds": KINDS,
        "group_kinds": UnitKind.choices,
        "unit_names": unit_names() if rows else [],
    }
    return render(request, "plan/owner_names.html", context, status=422 if problem else 200)


def _row(
    request: ActorRequest,
    owner: UnknownOwner,
    items: list[ImportItem],
    near: dict[str, str],
    names: list[str],
) -> Row:
    by_id = {item.pk: item for item in items}
    parents = (by_id.get(duty.parent_id) for duty in owner.duties if duty.parent_id)
    number = names.index(owner.name) if owner.name in names else None

    def typed(field: str, otherwise: str) -> str:
        return otherwise if number is None else request.POST.get(f"{field}-{number}", otherwise)

    return Row(
        owner=owner,
        places=tuple(dict.fromkeys(str(parent) for parent in parents if parent is not None)),
        meaning=typed("meaning", Meaning.GROUP if owner.is_collective else ""),
        kind=typed("kind", owner.kind or "其他"),
        unit=typed("unit", near.get(owner.name, "")),
        group_kinds=_likely_kinds(owner)
        if number is None
        else tuple(request.POST.getlist(f"group-{number}")),
    )


def _likely_kinds(owner: UnknownOwner) -> tuple[str, ...]:
    """Return the kinds that a collective name most likely means: 部门 are of several kinds."""
    if not owner.is_collective:
        return ()
    if "部门" in owner.name or "单位" in owner.name:
        return DEPARTMENTS
    kind = UNIT_KINDS.get(owner.kind)
    return (kind.value,) if kind is not None else ()
