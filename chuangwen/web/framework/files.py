"""Framework files in and out."""

import uuid
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.framework.actions.importing import import_version
from chuangwen.framework.exchange.files import WRITERS, read_framework
from chuangwen.framework.models import FrameworkVersion
from chuangwen.framework.queries.documents import document_of
from chuangwen.framework.queries.versions import visible_versions
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.permissions import Permission
from chuangwen.web.framework.forms import attempt
from chuangwen.web.framework.version_forms import UploadForm
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load

READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
}


@page("GET", "POST", may=Permission.MANAGE_FRAMEWORK)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show the form for a file; make a draft of it."""
    versions = visible_versions(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None, versions=versions)
    version = attempt(form, lambda data: _import(request, data))
    if version is not None:
        messages.success(request, f"已导入为草稿“{version.label}”，发布前可以修改。")
        return redirect("framework-version", pk=version.pk)
    context = {"form": form, "title": "导入测评体系", "button": "导入为草稿", "is_upload": True}
    status = 422 if form.is_bound else 200
    return render(request, "framework/version_form.html", context, status=status)


@page(may=READ)
def export(request: ActorRequest, pk: uuid.UUID, suffix: str) -> HttpResponse:
    """Send a version as .xlsx or .yaml."""
    if suffix not in WRITERS:
        raise NotFound("只能导出为 .xlsx 或 .yaml。请检查地址。")
    version = load(visible_versions(request.actor), pk)
    content = WRITERS[suffix](document_of(version))
    name = quote(f"{version.framework.name} {version.label}.{suffix}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(content, content_type=TYPES[suffix], headers=headers)


def _import(request: ActorRequest, data: dict[str, Any]) -> FrameworkVersion:
    upload: UploadedFile[Any] = data["file"]
    if (upload.size or 0) > settings.CHUANGWEN_UPLOAD_LIMIT:
        limit = settings.CHUANGWEN_UPLOAD_LIMIT // 1024 // 1024
        raise Invalid(f"文件“{upload.name}”超过 {limit} MB。请检查是否选错了文件。", field="file")
    return import_version(
        document=read_framework(upload.read()),
        label=data["label"],
        based_on=data["based_on"],
        by=request.actor,
    )
