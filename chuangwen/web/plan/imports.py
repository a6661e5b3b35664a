"""Taking in a document."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit.errors import Invalid
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.campaigns import campaign_for_import
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.enums import ImportState
from chuangwen.plan.models import PlanImport
from chuangwen.plan.reading import UnreadableDocument, read_document
from chuangwen.web import gate
from chuangwen.web.gate import ActorRequest
from chuangwen.web.paging import page_of


@gate.page(may=Permission.MANAGE_PLAN)
def list_imports(request: ActorRequest) -> HttpResponse:
    """List imports, newest first, with the form for a new one; `state` keeps those in it."""
    imports = PlanImport.objects.select_related("source").defer("source__text")
    if request.GET.get("state") in ImportState.values:
        imports = imports.filter(state=request.GET["state"])
    page = page_of(request, imports.order_by("-created_at", "-pk"))
    return render(request, "plan/imports.html", {"imports": page.rows, "page": page})


@gate.page("POST", may=Permission.MANAGE_PLAN)
def take_in(request: ActorRequest) -> HttpResponse:
    """Read an uploaded file or pasted text and go on to its review."""
    name, data = _document(request)
    try:
        taken = take_in_document(
            campaign=campaign_for_import(by=request.actor),
            source=read_document(data, name),
            name=name,
            data=data,
            by=request.actor,
        )
    except (UnreadableDocument, Invalid) as error:
        context = {"imports": [], "problem": error.message, "pasted": request.POST.get("text", "")}
        return render(request, "plan/imports.html", context, status=422)
    messages.success(request, f"已读入“{name}”。请核对后确认，确认前不会生效。")
    return redirect("plan-review", pk=taken.pk)


def _document(request: HttpRequest) -> tuple[str, bytes]:
    upload = request.FILES.get("file")
    if upload is not None:
        if (upload.size or 0) > settings.CHUANGWEN_UPLOAD_LIMIT:
            limit = settings.CHUANGWEN_UPLOAD_LIMIT // 1024 // 1024
            raise Invalid(f"文件“{upload.name}”超过 {limit} MB。请拆分或压缩图片后再导入。")
        return upload.name or "未命名", upload.read()
    text = request.POST.get("text", "")
    if not text.strip():
        raise Invalid("请选择文件，或粘贴文件的文字。", field="file")
    return "粘贴的文本.txt", text.replace("\r\n", "\n").encode()
