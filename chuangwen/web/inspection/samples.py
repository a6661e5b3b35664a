"""The sample of a round: a preview of the strata, the draw, the sites one by one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.models import SiteType
from chuangwen.inspection.actions.running import (
    add_sites_while_running,
    remove_site_while_running,
)
from chuangwen.inspection.actions.sampling import choose_sites, draw_sample, drop_sites
from chuangwen.inspection.enums import RoundState, Sampling
from chuangwen.inspection.listing import Wanted, sites_listed
from chuangwen.inspection.models import Round
from chuangwen.inspection.queries.candidates import Drawn, draw_from_register
from chuangwen.inspection.queries.visible import pairs_of
from chuangwen.inspection.workflow import ROUND
from chuangwen.kit import clock, typed
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import open_on
from chuangwen.sites.models import Site
from chuangwen.web.framework.forms import attempt
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.inspection.forms import SampleForm
from chuangwen.web.inspection.rounds import SEE, load_round
from chuangwen.web.loading import posted_version
from chuangwen.web.paging import page_of

MAY = Permission.MANAGE_ROUNDS
RESULTS = (("untested", "未测"), ("passed", "达标"), ("failed", "未达标"))
TURNS = (("1", "第一次（计入结果）"), ("2", "第二次（比对用）"))
MOST_CODES = 500


@page("GET", "POST", may=MAY)
def sample(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what the wishes would draw; POST draws it."""
    within = load_round(request, pk)
    ROUND.check("edit", RoundState(within.state))
    given = request.POST if request.method == "POST" else request.GET
    form = _form(given if "method" in given or request.method == "POST" else None)
    if request.method == "POST":
        drawn = attempt(form, lambda data: _draw(request, within, form, data))
        if drawn is not None:
            messages.success(request, f"已抽出 {len(drawn.sites)} 个点位。请建立测评组。")
            return redirect("round-pairs", pk=pk)
        return _rendered(request, within, form, None, 422)
    preview = attempt(form, lambda _: _preview(within, form)) if form.is_bound else None
    return _rendered(request, within, form, preview, 200)


@page(may=SEE)
def list_sites(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """List the sites of a round, filtered as the address says."""
    within = load_round(request, pk)
    wanted = Wanted.read({**request.GET.dict(), "round": str(pk)})
    found = page_of(request, sites_listed(request.actor, wanted))
    may_manage = request.actor.may(MAY)
    context = {
        "round": within,
        "page": found,
        "wanted": wanted,
        "results": RESULTS,
        "turns": TURNS,
        "may_manage": may_manage,
        "pairs": list(pairs_of(within)) if may_manage else [],
        "may_change": may_manage and within.state != RoundState.CLOSED,
        "is_draft": within.state == RoundState.DRAFT,
    }
    return render(request, "inspection/round_sites.html", context)


@page("POST", may=MAY)
def add(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Add sites by their codes: to a draft, or with the reason to a running round."""
    within = load_round(request, pk)
    version = posted_version(request)
    sites = _named(request)
    if within.state == RoundState.DRAFT:
        number = choose_sites(within=within, base_version=version, site_ids=sites, by=request.actor)
    else:
        number = add_sites_while_running(
            within=within,
            base_version=version,
            site_ids=sites,
            reason=request.POST.get("reason", ""),
            by=request.actor,
        )
    messages.success(request, f"增加了 {number} 个点位。请分配给测评组。")
    return redirect("round-sites", pk=pk)


@page("POST", may=MAY)
def drop(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take ticked sites out of a draft, or one, with the reason, out of a running round."""
    within = load_round(request, pk)
    version = posted_version(request)
    keys = [key for raw in request.POST.getlist("drop") if (key := typed.identifier(raw))]
    if not keys:
        raise Invalid("没有选择点位。请先勾选。")
    if within.state == RoundState.DRAFT:
        drop_sites(within=within, base_version=version, site_ids=keys, by=request.actor)
    else:
        remove_site_while_running(
            within=within,
            base_version=version,
            site_id=keys[0],
            reason=request.POST.get("reason", ""),
            by=request.actor,
        )
    messages.success(request, "已从本轮去掉。")
    return redirect("round-sites", pk=pk)


def _form(given: Any) -> SampleForm:
    streets = open_on(Unit.objects.filter(kind__in=("street", "community")), clock.today())
    return SampleForm(
        given,
        site_types=SiteType.objects.order_by("position", "pk").values_list("pk", "name"),
        areas=streets.order_by("kind", "name").values_list("pk", "name"),
    )


def _preview(within: Round, form: SampleForm) -> Drawn:
    return draw_from_register(within.framework_version, form.wishes(), earlier=within.earlier)


def _draw(request: ActorRequest, within: Round, form: SampleForm, data: dict[str, Any]) -> Drawn:
    return draw_sample(
        within=within,
        base_version=data["version"] or 0,
        wishes=form.wishes(),
        by=request.actor,
    )


def _rendered(
    request: HttpRequest, within: Round, form: SampleForm, preview: Drawn | None, status: int
) -> HttpResponse:
    context = {
        "round": within,
        "form": form,
        "preview": preview,
        "is_by_hand": form.is_bound and form.data.get("method") == Sampling.BY_HAND,
    }
    return render(request, "inspection/sample.html", context, status=status)


def _named(request: HttpRequest) -> list[uuid.UUID]:
    """Return the sites whose codes were typed. Raises Invalid naming those that are unknown."""
    codes = list(dict.fromkeys(request.POST.get("codes", "").replace("，", " ").split()))
    if not 1 <= len(codes) <= MOST_CODES:
        raise Invalid(f"请填写 1 至 {MOST_CODES} 个点位编号，用空格或换行隔开。", field="codes")
    found = dict(Site.objects.filter(code__in=codes).values_list("code", "pk"))
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise Invalid(f"名录中没有编号“{'”“'.join(unknown[:5])}”。请核对后再填。", field="codes")
    return list(found.values())
