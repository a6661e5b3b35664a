"""The register as a file: import with a preview, template, export."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import ImportRefused, Invalid
from chuangwen.people.actions.register_import import ImportSummary, import_register
from chuangwen.people.queries.register import register_of
from chuangwen.web.carrying import carried, sent_or_carried
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.downloads import as_download
from chuangwen.web.people.register_book import register_book, template_book
from chuangwen.web.people.units import MANAGE, SEE, asked_for
from chuangwen.web.people.verbs import change_text

SHOWN = 200


@page("GET", "POST", may=MANAGE)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show what a file would change, or what is wrong with it; write once that is confirmed."""
    if request.method != "POST":
        return render(request, "people/unit_import.html")
    try:
        data = sent_or_carried(request, "单位名录")
        confirmed = "confirmed" in request.POST
        summary = import_register(data=data, dry_run=not confirmed, by=request.actor)
    except ImportRefused as error:
        context = {"problem": error.message, "problems": error.problems}
        return render(request, "people/unit_import.html", context, status=422)
    except Invalid as error:
        return render(request, "people/unit_import.html", {"problem": error.message}, status=422)
    if confirmed:
        made, edited = len(summary.made), len(summary.edited)
        messages.success(request, f"已导入：新建 {made} 个单位，更新 {edited} 个。")
        return redirect("units")
    return render(request, "people/unit_import.html", _preview(summary, data))


@page(may=MANAGE)
def download_template(request: ActorRequest) -> HttpResponseBase:
    """Send an empty register with its columns explained."""
    return as_download(template_book(clock.today()), "单位名录模板.xlsx")


@page(may=SEE)
def download_register(request: ActorRequest) -> HttpResponseBase:
    """Send the units of the list, as filtered, in the columns that the import reads."""
    day = clock.today()
    units = register_of(request.actor, asked_for(request), day).prefetch_related("aliases")
    return as_download(register_book(units, day), f"单位名录{day:%Y%m%d}.xlsx")


def _preview(summary: ImportSummary, data: bytes) -> dict[str, Any]:
    edited = [
        (name, [change_text(field, values) for field, values in facts.items()])
        for name, facts in summary.edited[:SHOWN]
    ]
    return {"summary": summary, "edited": edited, "shown": SHOWN, "carried": carried(data)}
