"""Checklists as XLSForm, out and in."""

import uuid
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.entering_checklists import enter_form
from chuangwen.framework.models import Checklist, FrameworkVersion
from chuangwen.framework.queries.checklist_documents import whole_checklist
from chuangwen.framework.queries.checklists import visible_checklists, visible_site_types
from chuangwen.framework.queries.versions import visible_versions
from chuangwen.kit.errors import Invalid, Problem
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.checklist_forms import XlsformForm
from chuangwen.web.framework.files import TYPES
from chuangwen.web.framework.forms import attempt
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
Entered = tuple[Checklist, tuple[Problem, ...]]


@page(may=READ)
def export(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a checklist as an XLSForm workbook."""
    from chuangwen.framework.xlsform.writing import write_xlsform  # noqa: PLC0415 - heavy

    checklist = load(visible_checklists(request.actor), pk)
    version = checklist.framework_version
    site_type, entry = whole_checklist(checklist)
    form_id = f"checklist_{checklist.site_type_id.hex[-12:]}"
    content = write_xlsform(entry, site_type, form_id=form_id, version=version.label)
    name = quote(f"{site_type.name} {version.label} XLSForm.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(content, content_type=TYPES["xlsx"], headers=headers)


@page("GET", "POST", may=Permission.MANAGE_FRAMEWORK)
def take_in(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the form for a file; make a checklist of it, and say row by row what was left out."""
    version = load(visible_versions(request.actor), pk)
    types = visible_site_types(request.actor)
    form = XlsformForm(request.POST or None, request.FILES or None, types=types)
    entered = attempt(form, lambda data: _enter(request, version, data))
    if entered is not None:
        checklist, remarks = entered
        messages.success(request, f"已导入“{checklist.site_type.name}”的测评表。")
        if not remarks:
            return redirect("checklist", pk=checklist.pk)
        context = {"checklist": checklist, "version": version, "remarks": remarks}
        return render(request, "framework/xlsform_remarks.html", context)
    context = {"form": form, "version": version, "title": "导入 XLSForm"}
    status = 422 if form.is_bound else 200
    return render(request, "framework/xlsform_form.html", context, status=status)


def _enter(request: ActorRequest, version: FrameworkVersion, data: dict[str, Any]) -> Entered:
    from chuangwen.framework.xlsform.reading import read_xlsform  # noqa: PLC0415 - heavy

    upload: UploadedFile[Any] = data["file"]
    if (upload.size or 0) > settings.CHUANGWEN_UPLOAD_LIMIT:
        limit = settings.CHUANGWEN_UPLOAD_LIMIT // 1024 // 1024
        raise Invalid(f"文件“{upload.name}”超过 {limit} MB。请检查是否选错了文件。", field="file")
    standards = set(version.standards.values_list("code", flat=True))
    reading = read_xlsform(upload.read(), standards)
    site_type = reading.site_type
    if data["site_type"]:
        site_type = None
    elif site_type is None:
        raise Invalid("文件没有写是哪种点位。请选择点位类型。", field="site_type")
    code = data["site_type"] or reading.checklist.site_type
    checklist = enter_form(
        version=version,
        content=replace(reading.checklist, site_type=code),
        site_type=site_type,
        replacing=data["replacing"],
        by=request.actor,
    )
    return checklist, reading.remarks
