"""Who is signed in, and what to work on."""

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse

from chuangwen.api.field import operations
from chuangwen.api.gate import endpoint
from chuangwen.inspection.queries.bundles import bundle_of, bundle_tag, rounds_of
from chuangwen.kit import clock
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
    return _answer(rounds_of(request.actor))


@endpoint(GET=operations.ROUND, may=MAY)
def show_round(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give everything that is needed for work without a signal; unchanged, nothing."""
    tag = bundle_tag(request.actor, pk)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    asked = request.headers.get("If-None-Match", "")
    if tag in {one.strip().removeprefix("W/") for one in asked.split(",")}:
        return HttpResponse(status=304, headers=headers)
    bundle = bundle_of(
        request.actor, pk, address_of=lambda key: reverse("file-thumbnail", args=[key])
    )
    return _answer({**bundle, "server_time": _now()}, headers)


def _answer(content: Any, headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse(
        content,
        safe=False,
        headers=headers or FRESH,
        json_dumps_params={"ensure_ascii": False},
    )


def _now() -> str:
    return clock.now().isoformat(timespec="milliseconds")
