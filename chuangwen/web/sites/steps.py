"""Steps at one site: reopening, ending a duty, recording works and photos."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.sites.actions.duties import end_duty
from chuangwen.sites.actions.states import reopen_site
from chuangwen.sites.actions.works import Work, add_photos, correct_work, record_work
from chuangwen.sites.enums import Difficulty
from chuangwen.sites.models import Site, SiteDuty, SiteWork
from chuangwen.sites.queries import visible_sites
from chuangwen.web.files.posted import receive_uploads
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_day, posted_version
from chuangwen.web.people.unit_forms import show_refusal
from chuangwen.web.sites.forms import CorrectionForm, WorkForm
from chuangwen.web.sites.listing import MANAGE, SEE
from chuangwen.web.sites.site import shown

WORK_FIELDS = ("title", "done_on", "difficulty", "money", "note")


def _site(request: ActorRequest, pk: uuid.UUID) -> Site:
    return load(visible_sites(request.actor), pk)


@page("POST", may=MANAGE)
def reopen(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a closed or merged site back into use."""
    site = reopen_site(
        site=_site(request, pk),
        base_version=posted_version(request),
        reason=request.POST.get("reason", ""),
        by=request.actor,
    )
    messages.success(request, f"已恢复“{site.name}”。请核对主管单位。")
    return redirect("site", pk=pk)


@page("POST", may=MANAGE)
def end(request: ActorRequest, pk: uuid.UUID, duty: uuid.UUID) -> HttpResponse:
    """End a duty after a day."""
    site = _site(request, pk)
    found = load(SiteDuty.objects.filter(site=site).select_related("site"), duty)
    day = posted_day(request, "last_day", "最后一天")
    end_duty(duty=found, last_day=day, reason=request.POST.get("reason", ""), by=request.actor)
    messages.success(request, f"责任于 {day} 后结束。")
    return redirect("site", pk=pk)


@page("POST", may=SEE)
def record(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Record what was done at a site."""
    site, form = _site(request, pk), WorkForm(request.POST)
    if form.is_valid():
        try:
            record_work(site=site, work=_work(form), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已登记建设情况。")
            return redirect("site", pk=pk)
    return render(request, "sites/site.html", shown(request, pk, work_form=form), status=422)


@page("GET", "POST", may=SEE)
def correct(request: ActorRequest, pk: uuid.UUID, work: uuid.UUID) -> HttpResponse:
    """Correct what was recorded."""
    site = _site(request, pk)
    row = load(SiteWork.objects.filter(site=site).select_related("site"), work)
    initial = {name: getattr(row, name) for name in WORK_FIELDS}
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version, reason = posted_version(request), form.cleaned_data["reason"]
        try:
            correct_work(
                row=row, base_version=version, work=_work(form), reason=reason, by=request.actor
            )
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已更正。原来的内容留在经过里。")
            return redirect("site", pk=pk)
    context = {
        "title": "更正建设情况",
        "button": "更正",
        "site": site,
        "form": form,
        "version": request.POST.get("version", site.version),
    }
    return render(request, "sites/site_form.html", context, status=422 if form.errors else 200)


@page("POST", may=SEE)
def photograph(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Put photos and papers into the file."""
    site, received = _site(request, pk), receive_uploads(request)
    try:
        received.raise_if_refused()
        add_photos(site=site, upload_ids=received.keys, by=request.actor)
    except Invalid as error:
        more = {"photo_problem": error.message, "uploads": received.uploads}
        return render(request, "sites/site.html", shown(request, pk, **more), status=422)
    messages.success(request, f"已添加 {len(received.keys)} 个附件。")
    return redirect("site", pk=pk)


def _work(form: WorkForm) -> Work:
    given = form.cleaned_data
    return Work(
        title=given["title"],
        done_on=given["done_on"] or clock.today(),
        difficulty=Difficulty(given["difficulty"]),
        money=given["money"],
        note=given["note"],
    )
