"""Entering a site and changing its facts."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.models import SiteType
from chuangwen.kit.errors import Invalid
from chuangwen.sites.actions.editing import create_site, edit_site
from chuangwen.sites.queries import visible_sites
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.people.unit_forms import show_refusal, unit_names
from chuangwen.web.sites.forms import NewSiteForm, SiteForm, facts_shown
from chuangwen.web.sites.listing import MANAGE


@page("GET", "POST", may=MANAGE)
def make_site(request: ActorRequest) -> HttpResponse:
    """Enter a new site."""
    form = NewSiteForm(request.POST or None, types=SiteType.objects.all())
    if request.method == "POST" and form.is_valid():
        try:
            site = create_site(
                facts=form.facts(), owner=form.cleaned_data["owner"], by=request.actor
            )
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"已建立“{site.name}”，编号 {site.code}。")
            return redirect("site", pk=site.pk)
    return _form(request, form, {"title": "新建点位", "button": "建立"})


@page("GET", "POST", may=MANAGE)
def change_site(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a site's facts."""
    site = load(visible_sites(request.actor).select_related("site_type", "area"), pk)
    form = SiteForm(request.POST or None, types=SiteType.objects.all(), initial=facts_shown(site))
    if request.method == "POST" and form.is_valid():
        version = posted_version(request)
        try:
            edit_site(site=site, base_version=version, facts=form.facts(), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("site", pk=pk)
    context = {"title": f"修改 {site.name}", "button": "保存", "site": site}
    return _form(request, form, context | {"version": request.POST.get("version", site.version)})


def _form(request: ActorRequest, form: SiteForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    context |= {"form": form, "unit_names": unit_names()}
    return render(request, "sites/site_form.html", context, status=status)
