"""Photos under their own hash."""

from django.http import HttpResponse, JsonResponse

from chuangwen.api.bodies import blocks_of, drain, span_of
from chuangwen.api.field import operations
from chuangwen.api.gate import OFFSET, endpoint
from chuangwen.files.errors import NotAPicture
from chuangwen.files.models import StoredFile
from chuangwen.files.partials import received
from chuangwen.files.queries import arrived
from chuangwen.inspection.actions.receiving import receive_blob
from chuangwen.inspection.keeping import require_sender
from chuangwen.web.gate import ActorRequest


@endpoint(HEAD=operations.LOOK_FOR_BLOB, PUT=operations.SEND_BLOB)
def exchange_blob(request: ActorRequest, sha256: str) -> HttpResponse:
    """Say how much of a photo has arrived, or take some of it."""
    require_sender(request.actor)
    stored = StoredFile.objects.filter(sha256=sha256).first()
    if request.method == "HEAD":
        return _looked_for(request, sha256, stored)
    if stored is not None:
        drain(request)
        if not stored.kind.is_image:
            raise NotAPicture("这个校验值是另一种文件，不是照片。")
        return _arrived(200, stored.size)
    arrival = receive_blob(
        sha256=sha256, span=span_of(request), content=blocks_of(request), by=request.actor
    )
    drain(request)
    return _arrived(201 if arrival.is_whole else 202, arrival.offset)


def _looked_for(request: ActorRequest, sha256: str, stored: StoredFile | None) -> HttpResponse:
    if stored is not None or arrived([sha256]):
        return HttpResponse(headers={"Cache-Control": "no-store"})
    assert request.actor.account_id is not None  # noqa: S101 - the gate wants an account
    offset = received(request.actor.account_id, sha256)
    return HttpResponse(status=404, headers={"Cache-Control": "no-store", OFFSET: str(offset)})


def _arrived(status: int, offset: int) -> JsonResponse:
    return JsonResponse(
        {"offset": offset},
        status=status,
        headers={OFFSET: str(offset), "Cache-Control": "no-store"},
    )
