"""问题清单 from a spreadsheet: handed in, shown as it was read, and entered once agreed to."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chuangwen.files.actions.uploads import upload_file
from chuangwen.files.models import Upload
from chuangwen.files.queries import open_file, own_uploads
from chuangwen.kit import clock, typed
from chuangwen.kit.errors import ImportRefused, Invalid
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.importing import GONE, ImportedProblems, import_problems
from chuangwen.rectification.enums import Source
from chuangwen.rectification.problem_list.drafts import USUAL_SOURCE, Defaults
from chuangwen.reports.sheets.problem_list import problem_list_template
from chuangwen.web.fields import DayField
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.downloads import as_download

MAY = Permission.MANAGE_CASES
LARGEST = 20 * 2**20
SHOWN, MOST_TOLD = 200, 500


class ImportForm(forms.Form):
    """What holds for rows that do not say."""

    source = forms.ChoiceField(
        label="来源", choices=Source.choices, help_text="表里没有写来源的行按这个。"
    )
    found_on = DayField(
        label="发现日期", help_text="表里没有写发现日期的行按这个；“3个工作日内”也从这天数起。"
    )
    leaves_units_open = forms.BooleanField(
        label="认不出的单位先留空（原文留在详情，立案后再派遣）", required=False
    )

    def defaults(self) -> Defaults:
        """Return what the action takes. Raises Invalid for a form that is not filled in."""
        if not self.is_valid():
            raise Invalid("表单没有填写完整，请看下面的提示。")
        given = self.cleaned_data
        return Defaults(
            found_on=given["found_on"],
            source=Source(given["source"]),
            leaves_units_open=given["leaves_units_open"],
        )


@dataclass(frozen=True)
class Sent:
    """A file as sent, or as kept since it was shown."""

    data: bytes
    name: str
    kept: Upload | None = None


@page("GET", "POST", may=MAY)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show what a file would become, or all that is wrong with it; enter it once confirmed."""
    if request.method != "POST":
        usual = {"source": USUAL_SOURCE, "found_on": clock.today()}
        return _page(request, {"form": ImportForm(initial=usual)})
    form = ImportForm(request.POST)
    is_confirmed = "confirmed" in request.POST
    try:
        defaults, sent = form.defaults(), _sent(request)
        done = import_problems(
            data=sent.data,
            defaults=defaults,
            twins=frozenset(request.POST.getlist("twin")),
            dispatches="dispatches" in request.POST,
            dry_run=not is_confirmed,
            upload_id=sent.kept.pk if sent.kept else None,
            by=request.actor,
        )
    except ImportRefused as error:
        told = {"problems": error.problems[:MOST_TOLD], "rest": len(error.problems) - MOST_TOLD}
        return _page(request, {"form": form, "problem": error.message, **told}, error.status)
    except Invalid as error:
        return _page(request, {"form": form, "problem": error.message}, error.status)
    if is_confirmed:
        messages.success(request, _told(done))
        return redirect("cases")
    kept = sent.kept or upload_file(
        content=sent.data, name=sent.name, any_kind=True, by=request.actor
    )
    return _page(request, {"form": form, "kept": kept, **_preview(done, clock.today())})


@page(may=MAY)
def template(_request: ActorRequest) -> HttpResponseBase:
    """Send the empty list."""
    return as_download(problem_list_template(clock.today()), "问题清单模板.xlsx")


def _page(request: ActorRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "rectification/case_import.html", context, status=status)


def _sent(request: ActorRequest) -> Sent:
    """Return the uploaded file, or the one that was shown. Raises Invalid for neither."""
    uploaded = request.FILES.get("file")
    if uploaded is not None:
        if (uploaded.size or 0) > LARGEST:
            raise Invalid(
                f"文件超过 {LARGEST // 2**20} MB。请去掉照片，或分成几个文件后再导入。",
                field="file",
            )
        return Sent(uploaded.read(), uploaded.name or "问题清单.xlsx")
    key = typed.identifier(request.POST.get("upload", ""))
    kept = own_uploads(request.actor, [key]) if key else []
    if not kept:
        raise Invalid(GONE, field="file")
    with open_file(kept[0].file) as file:
        return Sent(file.read(), kept[0].name, kept[0])


def _preview(done: ImportedProblems, today: datetime.date) -> dict[str, Any]:
    read = done.read
    return {
        "done": done,
        "read": read,
        "new": done.taken[:SHOWN],
        "rest_of_new": len(done.taken) - SHOWN,
        "twins": read.twins[:MOST_TOLD],
        "rest_of_twins": len(read.twins) - MOST_TOLD,
        "doubtful_count": len(read.doubtful),
        "undated": sum(1 for draft in done.taken if draft.due_on is None),
        "without_unit": sum(1 for draft in done.taken if draft.lead is None),
        "shown": SHOWN,
        "day": today,
    }


def _told(done: ImportedProblems) -> str:
    sent, waiting = len(done.dispatched), len(done.cases) - len(done.dispatched)
    parts = [f"已立案并派遣 {sent} 个"] if sent else []
    parts += [f"{waiting} 个等待立案"] if waiting else []
    return f"已导入 {len(done.cases)} 个问题：{'，'.join(parts)}。"
