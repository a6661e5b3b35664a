"""现场记录: what phones sent; those set aside are accepted or dismissed, with the reason."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chuangwen.files.enums import Purpose
from chuangwen.files.models import StoredFile
from chuangwen.files.queries import arrived, derivative_of
from chuangwen.inspection.actions.reviewing import accept_record, dismiss_record
from chuangwen.inspection.enums import RecordState
from chuangwen.inspection.models import FieldRecord, Round, RoundSite
from chuangwen.inspection.queries.records import visible_records
from chuangwen.inspection.sealed import SealedRecord, Unreadable, read_sealed
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.permissions import Permission
from chuangwen.web.files.serving import answer_with
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.paging import page_of

MAY = Permission.REVIEW_RECORDS
TONES = {
    RecordState.QUARANTINED: "warning",
    RecordState.WAITING: "info",
    RecordState.COMMITTED: "success",
    RecordState.DISMISSED: "neutral",
}
EVERYTHING = "all"


@page(may=MAY)
def list_records(request: ActorRequest) -> HttpResponse:
    """List what waits for a decision; by `state` the others; `q` is a name or a device."""
    state = request.GET.get("state", "")
    words = request.GET.get("q", "").strip()[:60]
    records = visible_records(request.actor).defer("content", "blobs")
    if state != EVERYTHING:
        known = state if state in RecordState.values else RecordState.QUARANTINED
        records = records.filter(state=known)
    if words:
        records = records.filter(account__name__icontains=words) | records.filter(device=words)
    found = page_of(request, records.order_by("-received_at", "pk"))
    context = {
        "page": found,
        "rows": [(one, TONES[RecordState(one.state)]) for one in found.rows],
        "states": [*RecordState.choices, (EVERYTHING, "全部")],
        "state": state or RecordState.QUARANTINED.value,
        "words": words,
        "is_narrow": bool(words or state),
    }
    return render(request, "inspection/records.html", context)


@page(may=MAY)
def show_record(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what a record says and, while it waits, the two ways to decide."""
    return _shown(request, load(visible_records(request.actor), pk))


@page(may=MAY)
def download_content(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the sealed bytes as they are, whatever they are."""
    kept = load(visible_records(request.actor), pk)
    headers = {"Content-Disposition": f'attachment; filename="{kept.pk}.json"'}
    return HttpResponse(kept.sealed_bytes, content_type="application/octet-stream", headers=headers)


@page(may=MAY)
def show_photo(request: ActorRequest, pk: str, sha256: str) -> HttpResponseBase:
    """Send the picture of a photo that a record names, without what the camera wrote."""
    kept = load(visible_records(request.actor), _key(pk))
    file = StoredFile.objects.filter(sha256=sha256).first() if sha256 in kept.blobs else None
    made = derivative_of(file, Purpose.DISPLAY) if file else None
    if made is None or made.result is None:
        raise NotFound("这张照片还没有送到，或浏览图正在后台生成。请过一会儿刷新。")
    return answer_with(request, made.result, name=f"{sha256[:12]}.jpg", inline=True)


@page("POST", may=MAY)
def accept(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm a record in spite of what spoke against it."""
    kept = load(visible_records(request.actor), pk)
    try:
        accept_record(kept=kept, reason=request.POST.get("reason", ""), by=request.actor)
    except Invalid as error:
        return _shown(request, kept, error.message)
    messages.success(request, "已采用：实地测评、问题和计数都已写入。")
    return redirect("field-records")


@page("POST", may=MAY)
def dismiss(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave a record out; its bytes stay."""
    kept = load(visible_records(request.actor), pk)
    try:
        dismiss_record(kept=kept, reason=request.POST.get("reason", ""), by=request.actor)
    except Invalid as error:
        return _shown(request, kept, error.message)
    messages.success(request, "已决定不采用，原样内容仍保存着。")
    return redirect("field-records")


def _shown(request: ActorRequest, kept: FieldRecord, problem: str = "") -> HttpResponse:
    try:
        sealed: SealedRecord | None = read_sealed(kept.sealed_bytes)
    except Unreadable:
        sealed = None
    held = set(arrived(kept.blobs))
    context: dict[str, Any] = {
        "kept": kept,
        "tone": TONES[RecordState(kept.state)],
        "sealed": sealed,
        "within": Round.objects.filter(pk=sealed.round).first() if sealed else None,
        "site": _site(sealed),
        "photos": [(sha256, sha256 in held) for sha256 in kept.blobs],
        "missing": len(kept.blobs) - len(held.intersection(kept.blobs)),
        "may_decide": kept.state == RecordState.QUARANTINED,
        "reason": request.POST.get("reason", ""),
        "problem": problem,
    }
    return render(request, "inspection/record.html", context, status=422 if problem else 200)


def _site(sealed: SealedRecord | None) -> RoundSite | None:
    if sealed is None or sealed.round_site is None:
        return None
    return RoundSite.objects.filter(pk=sealed.round_site).select_related("site").first()


def _key(raw: str) -> uuid.UUID:
    try:
        return uuid.UUID(raw)
    except ValueError as error:
        raise NotFound("没有找到您要的内容。可能已被删除，或不属于您的单位。") from error
