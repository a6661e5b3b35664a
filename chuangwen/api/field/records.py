"""Sealed records: taken in, confirmed, looked at a second time."""

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse

from chuangwen.api.bodies import BadRequest, json_object, whole_body
from chuangwen.api.field import operations
from chuangwen.api.gate import endpoint
from chuangwen.inspection.actions.confirming import confirm_record
from chuangwen.inspection.actions.receiving import receive_record
from chuangwen.inspection.enums import RecordState
from chuangwen.inspection.models import FieldRecord
from chuangwen.inspection.queries.records import own_record
from chuangwen.inspection.receipts import receipt_of
from chuangwen.inspection.sealed import MOST_BYTES, MOST_PHOTOS
from chuangwen.kit.errors import NotFound
from chuangwen.web.failures import in_json
from chuangwen.web.gate import ActorRequest

MOST_LOST = 256 * 1024  # bytes in which all photos of a visit can be named
SET_ASIDE = {
    RecordState.QUARANTINED: (422, "已收到并保存，但不能直接计入，由创文办处理。原因："),
    RecordState.DISMISSED: (410, "创文办决定不采用这份记录。原因："),
}


@endpoint(GET=operations.SEE_RECORD, PUT=operations.SEND_RECORD)
def exchange_record(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take sealed bytes in, or tell what the server holds of one's own record."""
    if request.method == "PUT":
        content = whole_body(request, MOST_BYTES)
        received = receive_record(record_id=pk, content=content, by=request.actor)
        kept = received.record
        if kept.state in SET_ASIDE:
            return _set_aside(kept, received.missing)
        return _answer(_state(kept, received.missing), 201 if received.is_new else 200)
    found = own_record(request.actor, pk)
    if found is None:
        raise NotFound("没有找到这份记录。可能还没有送到，或不是您的记录。")
    return _answer(
        {
            "state": found.state,
            "sha256": found.sha256,
            "blobs": found.blobs,
            "reason": found.reason,
            "receipt": receipt_of(found) if found.state == RecordState.COMMITTED else None,
        }
    )


@endpoint(POST=operations.CONFIRM)
def confirm(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Confirm one's own record and give the receipt."""
    outcome = confirm_record(record_id=pk, lost=_lost(request), by=request.actor)
    kept = outcome.record
    if kept.state == RecordState.COMMITTED:
        return _answer(receipt_of(kept))
    if kept.state in SET_ASIDE:
        return _set_aside(kept, outcome.missing)
    count = len(outcome.missing)
    return in_json(409, f"还缺 {count} 张照片。请传完再确认。", **_state(kept, outcome.missing))


def _lost(request: ActorRequest) -> list[str]:
    lost = json_object(request, MOST_LOST).get("lost", [])
    if not isinstance(lost, list) or len(lost) > MOST_PHOTOS:
        raise BadRequest("“lost”须是照片校验值的列表。")
    return [one for one in lost if isinstance(one, str)]


def _set_aside(kept: FieldRecord, missing: list[str]) -> JsonResponse:
    status, words = SET_ASIDE[RecordState(kept.state)]
    return in_json(status, f"{words}{kept.reason}", **_state(kept, missing))


def _state(kept: FieldRecord, missing: list[str]) -> dict[str, Any]:
    return {"state": kept.state, "missing": missing, "reason": kept.reason}


def _answer(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(
        content,
        status=status,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False},
    )
