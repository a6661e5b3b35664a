"""The register as a file: import with a preview, template, export."""

import base64
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import ImportRefused, Invalid
from chuangwen.people.actions.register_import import ImportSummary, import_register
from chuangwen.people.queries.register import register_of
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.downloads import as_download
from chuangwen.web.people.register_book import register_book, template_book
from chuangwen.web.people.units import MANAGE, SEE, asked_for
from chuangwen.web.people.verbs import change_text

LARGEST = 5 * 1024 * 1024
SHOWN = 200


@page("GET", "POST", may=MANAGE)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show what a file would change, or what is wrong with it; write once that is confirmed."""
    if request.method != "POST":
        return render(request, "people/unit_import.html")
    try:
        data = _sent_file(request)
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
    carried = base64.b64encode(data).decode()
    return {"summary": summary, "edited": edited, "shown": SHOWN, "carried": carried}


def _sent_file(request: ActorRequest) -> bytes:
    """Return the uploaded file, or the one that the preview carried along."""
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        if (uploaded.size or 0) > LARGEST:
            limit = LARGEST // 2**20
            raise Invalid(f"文件超过 {limit} MB。单位名录只需一张表，请去掉图片等内容后再导入。")
        return bytes(uploaded.read())
    try:
        return base64.b64decode(request.POST.get("carried", ""), validate=True)
    except ValueError as error:
        raise Invalid("页面内容不完整。请重新选择文件。") from error
