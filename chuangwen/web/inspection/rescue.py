"""Taking in the rescue file of a phone that cannot send."""

from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.inspection.actions.rescuing import Rescued, import_rescue
from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.unit_forms import show_refusal


class RescueForm(forms.Form):
    """The file that the phone has exported."""

    file = forms.FileField(
        label="救援文件（.zip）",
        error_messages={"empty": "这是空文件。请重新从手机导出。"},
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )


@page("GET", "POST", may=Permission.REVIEW_RECORDS)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show the form; take the file in and say what became of each record."""
    form = RescueForm(request.POST or None, request.FILES or None)
    found: list[Rescued] = []
    if request.method == "POST" and form.is_valid():
        sent: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            found = import_rescue(file=cast("BinaryIO", sent), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "inspection/rescue.html", {"form": form, "found": found}, status=status)
