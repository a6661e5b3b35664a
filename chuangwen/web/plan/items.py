"""One item of a review: its form, cutting it in two, a doubt with its reading, adding one."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.kit.typed import whole_number
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.reshaping import split_item
from chuangwen.plan.actions.review import SAME_PARENT, add_item, edit_item, settle_doubt
from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing.fields import FIELDS, BadFields
from chuangwen.plan.reviewing.parents import NEEDED, PARENTS, possible_parents
from chuangwen.plan.reviewing.reshaping import SPLITTABLE, words_of
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.plan.item_forms import fields_of, prefilled, title_of
from chuangwen.web.plan.review import STATES
from chuangwen.web.plan.review_context import (
    answer,
    is_partial,
    load_import,
    load_item,
    view_of,
)

MAY = Permission.MANAGE_PLAN
Place = tuple[int | None, int | None]
ADDABLE = [kind for kind in ItemKind if kind not in {ItemKind.ANOMALY, ItemKind.DOCUMENT}]


@page("GET", "POST", may=MAY)
def change_item(request: ActorRequest, pk: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Show an item's form; save it. A refused form comes back as typed, with the errors."""
    found = load_item(pk, item)
    if request.method != "POST":
        return _form(request, found)
    kind = ItemKind(found.kind)
    typed = {name: request.POST[name] for name in FIELDS[kind] if name in request.POST}
    try:
        outcome = edit_item(
            item=found,
            base_version=posted_version(request),
            changes=typed,
            parent=_parent(request, found.plan_import, kind),
            by=request.actor,
        )
    except (Invalid, StaleEdit) as error:
        fresh = load_item(pk, item)
        return _form(request, fresh, typed=typed, error=error)
    return answer(request, load_import(pk), outcome, "已保存修改并接受该条目。")


@page("POST", may=MAY)
def split(request: ActorRequest, pk: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Cut an item before a character of its words."""
    found = load_item(pk, item)
    try:
        at = whole_number(request.POST.get("at", ""))
        if at is None:
            raise Invalid("请先在文字中点选拆分的位置。", field="at")
        outcome = split_item(
            item=found, base_version=posted_version(request), at=at, by=request.actor
        )
    except (Invalid, StaleEdit) as error:
        return _form(request, load_item(pk, item), error=error)
    return answer(request, load_import(pk), outcome, "已拆成两条。")


@page("POST", may=MAY)
def settle(request: ActorRequest, pk: uuid.UUID, item: uuid.UUID) -> HttpResponse:
    """Accept or reject a doubt by the reading as it was written."""
    found = load_item(pk, item)
    state = STATES.get(request.POST.get("decision", ""))
    if state is None:
        raise Invalid("请选择“按此读法接受”或“不采用”。")
    reading = request.POST.get("reading", "")
    try:
        outcome = settle_doubt(
            item=found,
            base_version=posted_version(request),
            reading=reading,
            state=state,
            by=request.actor,
        )
    except (Invalid, StaleEdit) as error:
        return _form(request, load_item(pk, item), typed={"reading": reading}, error=error)
    touched = len(outcome) - 1
    also = f"，{touched} 个条目随之改动" if touched > 0 else ""
    return answer(request, load_import(pk), outcome, f"疑点已处理{also}。")


@page("GET", "POST", may=MAY)
def add(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Add an item of a kind, from marked text or from nothing."""
    plan_import = load_import(pk)
    given = request.POST if request.method == "POST" else request.GET
    try:
        kind = ItemKind(given.get("kind_of_item", ItemKind.TASK))
    except ValueError as error:
        raise Invalid("没有这种条目。请刷新页面后重试。", field="kind_of_item") from error
    start, end = (whole_number(given.get(name, "")) for name in ("start", "end"))
    words = plan_import.source.text[start:end] if start is not None and end is not None else ""
    if request.method != "POST":
        return _add_form(request, plan_import, kind, (start, end), prefilled(kind, words))
    typed = {name: request.POST.get(name, "") for name in FIELDS[kind]}
    try:
        parent = _parent(request, plan_import, kind)
        added, outcome = add_item(
            plan_import=plan_import,
            kind=kind,
            values=typed,
            parent=None if parent is SAME_PARENT else parent,
            start=start,
            end=end,
            by=request.actor,
        )
    except Invalid as error:
        return _add_form(request, plan_import, kind, (start, end), typed, error=error)
    return answer(request, plan_import, outcome, f"已添加{added.get_kind_display()}“{added}”。")


def _form(
    request: ActorRequest,
    item: ImportItem,
    *,
    typed: Mapping[str, Any] | None = None,
    error: Invalid | StaleEdit | None = None,
) -> HttpResponse:
    kind, plan_import = ItemKind(item.kind), item.plan_import
    text = plan_import.source.text
    source = text[item.start : item.end] if item.start is not None else ""
    parents = _parents(plan_import, kind, item.start, item.parent)
    words = words_of(kind, item.data, source)[0] if kind in SPLITTABLE else ""
    is_stale = isinstance(error, StaleEdit)
    context = {
        "plan_import": plan_import,
        "item": item,
        "title": title_of(item),
        "fields": fields_of(
            kind,
            {**item.data, **(typed or {})},
            errors=_errors(error),
            now=item.data if is_stale else None,
        ),
        "parents": parents,
        "parent_id": request.POST.get("parent", str(item.parent_id or "")),
        "parent_is_needed": kind in NEEDED,
        "words": words,
        "problem": error.message if error is not None and not _errors(error) else "",
        "parent_error": _errors(error).get("parent", ""),
        "kind_filter": view_of(request, plan_import),
    }
    return _render(request, "item", context, error)


def _add_form(
    request: ActorRequest,
    plan_import: PlanImport,
    kind: ItemKind,
    place: Place,
    values: Mapping[str, Any],
    *,
    error: Invalid | None = None,
) -> HttpResponse:
    start, end = place
    parents = _parents(plan_import, kind, start, None)
    first = str(parents[0].pk) if parents and start is not None else ""
    errors = _errors(error)
    context = {
        "plan_import": plan_import,
        "kinds_to_add": [(each.value, each.label) for each in ADDABLE],
        "chosen_kind": kind.value,
        "start": start,
        "end": end,
        "words": plan_import.source.text[start:end][:200] if start is not None else "",
        "fields": fields_of(kind, values, errors=errors),
        "parents": parents,
        "parent_id": request.POST.get("parent", first),
        "parent_is_needed": kind in NEEDED,
        "problem": error.message if error is not None and not errors else "",
        "parent_error": errors.get("parent", ""),
        "kind_filter": view_of(request, plan_import),
    }
    return _render(request, "add", context, error)


def _render(
    request: ActorRequest, name: str, context: dict[str, Any], error: Invalid | StaleEdit | None
) -> HttpResponse:
    status = error.status if error is not None else 200
    template = (
        f"plan/_review_{name}_part.html" if is_partial(request) else f"plan/review_{name}.html"
    )
    return render(request, template, context, status=status)


def _errors(error: Exception | None) -> dict[str, str]:
    if isinstance(error, BadFields):
        return error.errors
    if isinstance(error, Invalid) and error.field == "parent":
        return {"parent": error.message}
    return {}


def _parents(
    plan_import: PlanImport, kind: ItemKind, at: int | None, present: ImportItem | None
) -> list[ImportItem]:
    if kind not in PARENTS:
        return []
    items = plan_import.items.filter(kind__in=PARENTS[kind]).order_by("position")
    found = possible_parents(kind, items, at)
    return found if present is None or present in found else [present, *found]


def _parent(request: ActorRequest, plan_import: PlanImport, kind: ItemKind) -> Any:
    """Return the chosen section; what has none keeps what it has."""
    if kind not in PARENTS or "parent" not in request.POST:
        return SAME_PARENT
    raw = request.POST["parent"]
    if not raw:
        return None
    try:
        return load(plan_import.items.all(), uuid.UUID(raw))
    except ValueError as error:
        raise Invalid("“属于”：选择无效。请刷新页面后重选。", field="parent") from error
