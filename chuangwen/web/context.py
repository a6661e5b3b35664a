"""What the frame around every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.notices.queries.inbox import MOST_COUNTED, unread_number
from chuangwen.people.actors import Actor
from chuangwen.web.navigation import navigation_for


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return viewer, district, today and the navigation; anonymous pages get the last two only."""
    actor: Actor | None = getattr(request, "actor", None)
    context: dict[str, Any] = {
        "today": clock.today(),
        "today_is_fixed": clock.is_fixed(),
        "is_demonstration": settings.CHUANGWEN_DEMONSTRATION,
    }
    if actor is not None:
        context |= {
            "viewer": actor,
            "district": request.user.tenant,  # type: ignore[union-attr]
            "navigation": navigation_for(actor, request.path),
            "bell": _bell(request),
        }
    return context


def _bell(request: HttpRequest) -> dict[str, Any]:
    """The number came with the account; a further query only where another backend loaded it."""
    unread: int | None = getattr(request.user, "unread_notices", None)
    if unread is None:
        unread = unread_number(request.actor)  # type: ignore[attr-defined]
    shown = f"{MOST_COUNTED - 1}+" if unread >= MOST_COUNTED else unread
    return {"url": reverse("notices"), "unread": shown}
