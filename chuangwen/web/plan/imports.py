"""The documents that were taken in, and the form for another one."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import typed
from chuangwen.kit.clock import SHANGHAI
from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.campaigns import campaign_for_import
from chuangwen.plan.actions.document_readings import receive_document
from chuangwen.plan.enums import ImportState
from chuangwen.plan.models import DocumentReading, PlanImport
from chuangwen.plan.reading import UnreadableDocument
from chuangwen.web import gate
from chuangwen.web.gate import ActorRequest
from chuangwen.web.paging import page_of
from chuangwen.web.plan.reading import open_readings

FILTERS = ("q", "state", "who", "from", "to")
MOST_READINGS = 20
STATE_TONES = {
    ImportState.REVIEW: "warning",
    ImportState.CONFIRMED: "success",
    ImportState.DISCARDED: "neutral",
}


@gate.page(may=Permission.MANAGE_PLAN)
def list_imports(request: ActorRequest) -> HttpResponse:
    """List what was taken in, newest first; filters: words, state, person, days."""
    return render(request, "plan/imports.html", _context(request))


@gate.page("GET", "POST", may=Permission.MANAGE_PLAN)
def take_in(request: ActorRequest) -> HttpResponse:
    """Read an uploaded file or pasted text and go on to its review, or to its progress.

    What is refused comes back with the list as it was filtered, and with the words as pasted.
    """
    if request.method != "POST":
        return redirect(f"{reverse('plan-imports')}?{request.GET.urlencode()}")
    try:
        name, data = _document(request)
        campaign = campaign_for_import(by=request.actor)
        taken = receive_document(campaign=campaign, name=name, data=data, by=request.actor)
    except (UnreadableDocument, Invalid) as error:
        pasted = request.POST.get("text", "")
        context = _context(request) | {"problem": error.message, "pasted": pasted}
        return render(request, "plan/imports.html", context, status=422)
    if isinstance(taken, DocumentReading):
        return redirect("plan-reading", pk=taken.pk)
    messages.success(request, f"已读入“{name}”。请核对后确认，确认前不会生效。")
    return redirect("plan-review", pk=taken.pk)


def _context(request: ActorRequest) -> dict[str, Any]:
    imports = PlanImport.objects.select_related("source", "amends")
    people = Account.objects.filter(pk=OuterRef("account_id"))
    imports = _filtered(request, imports.defer("source__text", "amends__text"))
    imports = imports.annotate(who=Subquery(people.values("name")[:1]))
    page = page_of(request, imports.order_by("-created_at", "-pk"))
    authors = PlanImport.objects.order_by().values("account_id").distinct()
    return {
        "page": page,
        "rows": [(one, STATE_TONES[ImportState(one.state)]) for one in page.rows],
        "readings": open_readings()[:MOST_READINGS],
        "states": ImportState.choices,
        "people": Account.objects.filter(pk__in=authors).order_by("name", "pk"),
        "wanted": request.GET,
        "is_narrow": any(request.GET.get(name) for name in FILTERS),
        "query": request.GET.urlencode(),
        "limit": settings.CHUANGWEN_UPLOAD_LIMIT // 1024 // 1024,
    }


def _filtered(request: HttpRequest, imports: QuerySet[PlanImport]) -> QuerySet[PlanImport]:
    """Keep what the filters ask for; one that makes no sense is left out."""
    wanted = request.GET
    for word in wanted.get("q", "").split():
        imports = imports.filter(source__name__icontains=word)
    if wanted.get("state") in ImportState.values:
        imports = imports.filter(state=wanted["state"])
    if wanted.get("who") == "system":
        imports = imports.filter(account_id=None)
    elif key := typed.identifier(wanted.get("who", "")):
        imports = imports.filter(account_id=key)
    if first := _midnight(wanted.get("from", "")):
        imports = imports.filter(created_at__gte=first)
    if last := _midnight(wanted.get("to", "")):
        imports = imports.filter(created_at__lt=last + datetime.timedelta(days=1))
    return imports


def _midnight(raw: str) -> datetime.datetime | None:
    try:
        day = typed.day(raw)
        return datetime.datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    except ValueError:
        return None


def _document(request: HttpRequest) -> tuple[str, bytes]:
    upload = request.FILES.get("file")
    if upload is not None:
        if (upload.size or 0) > settings.CHUANGWEN_UPLOAD_LIMIT:
            limit = settings.CHUANGWEN_UPLOAD_LIMIT // 1024 // 1024
            raise Invalid(f"文件“{upload.name}”超过 {limit} MB。请拆分或压缩图片后再导入。")
        return upload.name or "未命名", upload.read()
    text = request.POST.get("text", "")
    if not text.strip():
        raise Invalid("没有收到文件，也没有粘贴文字。请选择文件，或粘贴文件的文字。", field="file")
    return "粘贴的文本.txt", text.replace("\r\n", "\n").encode()
