"""What the pages of a review show, and how its steps answer."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.people.queries.register_names import register_names
from chuangwen.plan.comparing.amending import confirmed_imports
from chuangwen.plan.confirming.readiness import summary_of
from chuangwen.plan.confirming.unknown_owners import blocks_of_owners, unknown_owners
from chuangwen.plan.enums import ImportState, ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport
from chuangwen.plan.reviewing.ordering import in_order
from chuangwen.plan.reviewing.storing import Outcome
from chuangwen.web.gate import ActorRequest
from chuangwen.web.loading import load
from chuangwen.web.plan.card_filter import filter_of
from chuangwen.web.plan.cards import CHANGES, cards_of, counts_of, is_in_view
from chuangwen.web.plan.segments import segments_of

PART = 800  # cards on one page
VIEWS = frozenset({*ItemKind.values, "all", CHANGES})


def load_import(pk: uuid.UUID) -> PlanImport:
    """Return an import with its texts. Raises NotFound."""
    imports = PlanImport.objects.select_related("source", "amends", "campaign")
    return load(imports.defer("amends__text"), pk)


def load_item(pk: uuid.UUID, item: uuid.UUID) -> ImportItem:
    """Return an item of an import, with both. Raises NotFound."""
    items = ImportItem.objects.select_related("plan_import__source", "plan_import__campaign")
    return load(items.select_related("parent").filter(plan_import_id=pk), item)


def is_partial(request: ActorRequest) -> bool:
    """Tell whether the script of the review asks, which needs only what changed."""
    return request.headers.get("X-Review") == "1"


def view_of(
    request: ActorRequest, plan_import: PlanImport, items: Iterable[ImportItem] | None = None
) -> str:
    """Return the view that is asked for, else doubts, or what differs from the campaign.

    Of `items` without a doubt all are shown: an empty view would look like nothing to do.
    """
    wanted = request.GET.get("kind") or request.POST.get("kind_filter") or ""
    if wanted in VIEWS:
        return wanted
    if plan_import.compared_at:
        return CHANGES
    has_doubts = items is None or any(item.kind == ItemKind.ANOMALY for item in items)
    return ItemKind.ANOMALY if has_doubts else "all"


def shared_context(plan_import: PlanImport, items: list[ImportItem], view: str) -> dict[str, Any]:
    """Return what both the page and the answer to a step show."""
    is_open = plan_import.state == ImportState.REVIEW
    differing = [item for item in items if is_in_view(item, CHANGES)]
    unknown = unknown_owners(items, register_names()) if is_open else []
    summary = summary_of(items)
    summary.blocks += blocks_of_owners(unknown)
    return {
        "plan_import": plan_import,
        "is_open": is_open,
        "kinds": counts_of(items),
        "kind": view,
        "differing": len(differing),
        "gone": sum(item.change == ItemChange.GONE for item in differing),
        "summary": summary,
        "unknown_owners": unknown,
        "unsettled": sum(owner.blocks for owner in unknown),
        "last_step": plan_import.steps.order_by("-number").first() if is_open else None,
        "today": clock.today(),
    }


def page_context(request: ActorRequest, plan_import: PlanImport) -> dict[str, Any]:
    """Return everything of the review page."""
    items = in_order(plan_import.items.all())
    view = view_of(request, plan_import, items)
    in_view = [item for item in items if is_in_view(item, view)]
    wanted = filter_of(request.GET)
    shown = wanted.keep(in_view, items)
    pages = Paginator(shown, PART)
    part = pages.get_page(request.GET.get("part")).number
    text = plan_import.source.text
    is_compared = plan_import.compared_at is not None
    context = shared_context(plan_import, items, view)
    sources = {other.source_id: other.source for other in confirmed_imports(plan_import)}
    return context | {
        "segments": segments_of(text, [item for item in items if item.change != ItemChange.GONE]),
        "cards": cards_of(
            list(pages.page(part).object_list), items, text, view=view, is_compared=is_compared
        ),
        "part": part,
        "parts": pages.page_range if pages.num_pages > 1 else [],
        # One page of cards is filtered by the script; the server filters more than that.
        "is_large": wanted.is_narrow or len(in_view) > PART,
        "wanted": wanted,
        "passing": len(shown),
        "passing_doubts": sum(item.kind == ItemKind.ANOMALY for item in shown),
        "passing_gone": sum(item.change == ItemChange.GONE for item in shown),
        "passing_changed": sum(item.change == ItemChange.CHANGED for item in shown),
        "kinds_of_items": ItemKind.choices,
        "states_of_items": ItemState.choices,
        "changes_of_items": ItemChange.choices,
        "sources": list(sources.values()) if context["is_open"] else [],
    }


def passing_ids(request: ActorRequest, plan_import: PlanImport) -> list[uuid.UUID]:
    """Return the items that pass the posted filter, on whatever page of cards they are."""
    items = in_order(plan_import.items.all())
    view = view_of(request, plan_import, items)
    in_view = [item for item in items if is_in_view(item, view)]
    return [item.pk for item in filter_of(request.POST).keep(in_view, items)]


def answer(
    request: ActorRequest, plan_import: PlanImport, outcome: Outcome, message: str
) -> HttpResponse:
    """Answer a step: the script gets the changed cards, others go back to the page."""
    if not is_partial(request):
        messages.success(request, message)
        query = f"?kind={view_of(request, plan_import)}{filter_of(request.POST).query}"
        return redirect(reverse("plan-review", kwargs={"pk": plan_import.pk}) + query)
    items = in_order(plan_import.items.all())
    view = view_of(request, plan_import, items)
    text = plan_import.source.text
    shown = [item for item in items if is_in_view(item, view) or item.pk in outcome.changed]
    is_compared = plan_import.compared_at is not None
    cards = cards_of(shown, items, text, view=view, is_compared=is_compared)
    context = shared_context(plan_import, items, view) | {
        "cards": [card for card in cards if card.item.pk in outcome.changed],
        "removed": outcome.removed,
        "message": message,
        "segments": segments_of(text, items) if outcome.moved else None,
    }
    return render(request, "plan/_review_answer.html", context)
