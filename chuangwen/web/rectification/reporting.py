"""登记问题: what somebody saw becomes a case that waits for 立案."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock, typed
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.opening import Seen, report_case
from chuangwen.rectification.enums import Source
from chuangwen.rectification.models import Category
from chuangwen.sites.enums import SiteState
from chuangwen.sites.models import Site
from chuangwen.sites.queries import visible_sites
from chuangwen.web.files.posted import Received, receive_uploads
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.unit_forms import show_refusal, unit_names
from chuangwen.web.rectification.forms import ReportForm

REPORT = Permission.REPORT_CASES
OFFICE = "区创文办"


@page("GET", "POST", may=REPORT)
def report(request: ActorRequest) -> HttpResponse:
    """Enter a problem with its photos; a refused form keeps them."""
    actor, received = request.actor, Received()
    form = ReportForm(
        request.POST or None,
        units=_units(actor),
        categories=Category.objects.filter(is_active=True).order_by("code"),
        initial={
            "found_on": clock.today(),
            "source": Source.SELF if not actor.may_everywhere(REPORT) else Source.CITY_OFFICE,
            "site": request.GET.get("site", "")[:100],
        },
    )
    if request.method == "POST":
        received = receive_uploads(request)
        try:
            if form.is_valid():
                received.raise_if_refused()
                case = report_case(
                    seen=_seen(actor, form.cleaned_data),
                    unit=_unit(form.cleaned_data["unit"]),
                    uploads=received.keys,
                    by=actor,
                )
                messages.success(request, "已登记，等待创文办立案。")
                return redirect("case", pk=case.pk)
        except Invalid as error:
            show_refusal(form, error)
    context = {
        "form": form,
        "uploads": received.uploads,
        "problem": "".join(received.problems),
        "unit_names": unit_names(),
    }
    return render(request, "rectification/report.html", context, status=422 if form.errors else 200)


def _units(actor: Actor) -> list[tuple[str, str]]:
    """Return for whom somebody may report: the office, or the units in which they work."""
    if actor.may_everywhere(REPORT):
        return [("", OFFICE)]
    return [
        (str(post.unit_id), post.unit_name)
        for post in actor.posts
        if actor.may(REPORT, unit_id=post.unit_id)
    ]


def _unit(raw: str) -> Unit | None:
    key = typed.identifier(raw)
    return Unit.objects.filter(pk=key).first() if key else None


def _seen(actor: Actor, given: dict[str, Any]) -> Seen:
    return Seen(
        title=given["title"],
        text=given["text"],
        source=Source(given["source"]),
        found_on=given["found_on"],
        site=_site(actor, given["site"]),
        place=given["place"],
        area=given["area"],
        category=given["category"],
        proposed_lead=given["proposed_lead"],
    )


def _site(actor: Actor, written: str) -> Site | None:
    """Return the site in use of a code or name. Raises Invalid for none, and for several."""
    if not written:
        return None
    sites = visible_sites(actor).filter(state=SiteState.OPEN).select_related("area")
    found = list(sites.filter(code=written)[:2]) or list(sites.filter(name=written)[:2])
    if len(found) != 1:
        what = "不止一个，请改写点位编号" if found else "没有找到，请核对，或留空并写明地点"
        raise Invalid(f"点位“{written}”{what}。", field="site")
    return found[0]
