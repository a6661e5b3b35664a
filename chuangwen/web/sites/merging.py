"""Sites that may be entered twice, and merging two."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import typed
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.models import Site
from chuangwen.sites.queries import visible_sites
from chuangwen.sites.queries.duplicates import MOST_PAIRS, likely_duplicates
from chuangwen.sites.queries.listing import SiteFilter, choices_for
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.sites.listing import MANAGE

NEAR, FARTHEST = 50, 1_000


@page(may=MANAGE)
def list_duplicates(request: ActorRequest) -> HttpResponse:
    """Show pairs of one type that lie near each other or have nearly one name."""
    wanted = SiteFilter.read(request.GET.dict())
    metres = _metres(request.GET.get("metres", ""))
    context = {
        "pairs": likely_duplicates(request.actor, wanted, metres),
        "most": MOST_PAIRS,
        "metres": metres,
        "wanted": wanted,
        "choices": choices_for(request.actor),
    }
    return render(request, "sites/duplicates.html", context)


@page("GET", "POST", may=MANAGE)
def merge(request: ActorRequest) -> HttpResponse:
    """Show two sites side by side; merge the second into the first."""
    given = request.POST if request.method == "POST" else request.GET
    keep, other = (_site(request, given.get(name, ""), name) for name in ("keep", "other"))
    problem = ""
    if request.method == "POST":
        versions = [
            typed.whole_number(request.POST.get(name, ""))
            for name in ("keep_version", "other_version")
        ]
        if versions[0] is None or versions[1] is None:
            raise Invalid("页面缺少版本信息。请刷新页面后重新提交。")
        try:
            merge_sites(
                keep=keep, keep_version=versions[0], other=other, other_version=versions[1],
                by=request.actor,
            )  # fmt: skip
        except Invalid as error:
            problem = error.message
        else:
            messages.success(request, f"“{other.name}”已并入“{keep.name}”，两份档案都保留。")
            return redirect("site", pk=keep.pk)
    context = {"keep": keep, "other": other, "problem": problem, "rows": _side_by_side(keep, other)}
    return render(request, "sites/merge.html", context, status=422 if problem else 200)


def _site(request: ActorRequest, raw: str, field: str) -> Site:
    """Return a site by its key or its code. Raises Invalid naming what was given."""
    visible = visible_sites(request.actor).select_related("site_type", "area")
    key: uuid.UUID | None = typed.identifier(raw)
    found = visible.filter(pk=key) if key else visible.filter(code=raw.strip())
    if not raw.strip():
        raise Invalid("请填写要合并的点位编号。", field=field)
    site = found.first()
    if site is None:
        raise IllegalTransition(f"没有编号为“{raw[:40]}”的点位。请核对编号。")
    return site


def _side_by_side(keep: Site, other: Site) -> list[tuple[str, object, object]]:
    names = ("code", "name", "site_type", "area", "address", "longitude", "latitude", "telephone")
    return [
        (str(Site._meta.get_field(name).verbose_name), getattr(keep, name), getattr(other, name))  # type: ignore[union-attr]
        for name in names
    ]


def _metres(raw: str) -> int:
    found = typed.whole_number(raw)
    return NEAR if found is None else min(max(found, 1), FARTHEST)
