"""Who is signed in, and what to work on."""

import contextlib
import hashlib
import json
import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from chuangwen.api.field import operations
from chuangwen.api.gate import endpoint
from chuangwen.inspection.queries.bundles import bundle_of, rounds_of
from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest

MAY = (Permission.INSPECT,)
FRESH = {"Cache-Control": "no-store"}


@endpoint(GET=operations.SESSION)
def show_session(request: ActorRequest) -> HttpResponse:
    """Tell who is signed in, with the token for what is sent."""
    return _answer(
        {
            "account": {"id": str(request.actor.account_id), "name": request.actor.name},
            "csrf": get_token(request),
            "server_time": _now(),
        }
    )


@endpoint(GET=operations.ROUNDS, may=MAY)
def list_rounds(request: ActorRequest) -> HttpResponse:
    """List the running rounds in which the viewer walks; `etag` tells whether one has changed."""
    return _answer(
        [{**one, "etag": _tag_now(request, one["id"])} for one in rounds_of(request.actor)]
    )


@endpoint(GET=operations.ROUND, may=MAY)
def show_round(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give everything that is needed for work without a signal; unchanged, nothing."""
    bundle = _bundle(request, pk)
    tag = _tag(bundle)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    asked = request.headers.get("If-None-Match", "")
    if tag in {one.strip().removeprefix("W/") for one in asked.split(",")}:
        return HttpResponse(status=304, headers=headers)
    return _answer({**bundle, "server_time": _now()}, headers)


def _bundle(request: ActorRequest, pk: uuid.UUID) -> dict[str, Any]:
    return bundle_of(
        request.actor, pk, address_of=lambda key: reverse("file-thumbnail", args=[key])
    )


def _tag(bundle: dict[str, Any]) -> str:
    canonical = json.dumps(bundle, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f'"{hashlib.sha256(canonical.encode()).hexdigest()}"'


def _tag_now(request: ActorRequest, key: str) -> str:
    """The same as the round's own address gives; nothing of one that was closed this moment."""
    with contextlib.suppress(NotFound):
        return _tag(_bundle(request, uuid.UUID(key)))
    return ""


def _answer(content: Any, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse(
        content,
        safe=False,
        headers=headers or FRESH,
        json_dumps_params={"ensure_ascii": False},
    )


def _now() -> str:
    return clock.now().isoformat(timespec="milliseconds")
