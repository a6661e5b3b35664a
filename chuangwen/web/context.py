"""What the frame around every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from chuangwen.kit import clock
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
        }
    return context
