"""Pairs of inspectors and which sites they walk."""

import uuid
from collections import Counter

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuangwen.inspection.actions.dividing import divide_sites, give_sites
from chuangwen.inspection.actions.pairs import add_pair, put_in_pair, remove_member, remove_pair
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import RoundSite
from chuangwen.inspection.queries.conflicts import Conflicts, inspectors
from chuangwen.inspection.queries.visible import pairs_of
from chuangwen.kit import typed
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.inspection.rounds import load_round
from chuangwen.web.loading import posted_version

MAY = Permission.MANAGE_ROUNDS


@page(may=MAY)
def show_pairs(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the pairs, who is in none, and how many sites each has."""
    within = load_round(request, pk)
    members = Conflicts(within, with_units=False).members
    placed = {one.account_id for pair in members.values() for one in pair}
    sites = RoundSite.objects.filter(round=within).order_by().values("pair_id")
    numbers: Counter[uuid.UUID | None] = Counter(
        dict(sites.annotate(number=Count("pk")).values_list("pair_id", "number"))
    )
    pairs = [(pair, members.get(pair.pk, []), numbers[pair.pk]) for pair in pairs_of(within)]
    context = {
        "round": within,
        "pairs": pairs,
        "free": [one for one in inspectors() if one.pk not in placed],
        "waiting": numbers[None],
        "sites": sum(numbers.values()),
        "is_draft": within.state == RoundState.DRAFT,
        "may_change": within.state != RoundState.CLOSED,
    }
    return render(request, "inspection/pairs.html", context)


@page("POST", may=MAY)
def add(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Make a pair of the ticked inspectors."""
    within = load_round(request, pk)
    accounts = [key for raw in request.POST.getlist("account") if (key := typed.identifier(raw))]
    pair = add_pair(
        within=within,
        base_version=posted_version(request),
        account_ids=accounts,
        by=request.actor,
    )
    messages.success(request, f"已建立{pair}。")
    return redirect("round-pairs", pk=pk)


@page("POST", may=MAY)
def put(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Put an inspector into a pair."""
    within = load_round(request, pk)
    put_in_pair(
        within=within,
        base_version=posted_version(request),
        account=_key(request, "account"),
        pair=_key(request, "pair"),
        by=request.actor,
    )
    messages.success(request, "已编入该组。")
    return redirect("round-pairs", pk=pk)


@page("POST", may=MAY)
def take(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an inspector out of his pair."""
    within = load_round(request, pk)
    remove_member(
        within=within,
        base_version=posted_version(request),
        account=_key(request, "account"),
        by=request.actor,
    )
    messages.success(request, "已移出。")
    return redirect("round-pairs", pk=pk)


@page("POST", may=MAY)
def dissolve(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Dissolve a pair."""
    within = load_round(request, pk)
    remove_pair(
        within=within,
        base_version=posted_version(request),
        pair=_key(request, "pair"),
        by=request.actor,
    )
    messages.success(request, "已撤销该组。")
    return redirect("round-pairs", pk=pk)


@page("POST", may=MAY)
def divide(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Divide the sites among the pairs."""
    within = load_round(request, pk)
    number = divide_sites(within=within, base_version=posted_version(request), by=request.actor)
    messages.success(request, f"已分配 {number} 个点位，并排出步行次序。")
    return redirect("round-pairs", pk=pk)


@page("POST", may=MAY)
def give(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give ticked sites to a pair."""
    within = load_round(request, pk)
    keys = [key for raw in request.POST.getlist("site") if (key := typed.identifier(raw))]
    number = give_sites(
        within=within,
        base_version=posted_version(request),
        round_site_ids=keys,
        pair=_key(request, "pair"),
        by=request.actor,
    )
    messages.success(request, f"已把 {number} 个点位分给该组。")
    return redirect("round-sites", pk=pk)


def _key(request: HttpRequest, name: str) -> uuid.UUID:
    found = typed.identifier(request.POST.get(name, ""))
    if found is None:
        raise Invalid("没有选择。请先选择测评组和测评员。", field=name)
    return found
