"""One's own notices. Nobody reads another person's."""

from dataclasses import dataclass

from django.db.models import QuerySet

from chuangwen.notices.models import Notice
from chuangwen.people.actors import Actor

MOST_COUNTED = 100


@dataclass(frozen=True)
class InboxFilter:
    """What to show; empty shows everything."""

    unread: bool = False
    kind: str = ""


def notices_of(actor: Actor, wanted: InboxFilter) -> QuerySet[Notice]:
    """Return the viewer's notices, the newest first."""
    notices = Notice.objects.filter(recipient_id=actor.account_id)
    if wanted.unread:
        notices = notices.filter(read_at__isnull=True)
    if wanted.kind:
        notices = notices.filter(kind=wanted.kind)
    return notices.order_by("-pk")


def unread_number(actor: Actor) -> int:
    """Return how many notices are unread, at most `MOST_COUNTED`. One query, by its own index.

    Needs no tenant scope: the frame of error pages asks as well.
    """
    unread = Notice.across_tenants.filter(
        tenant_id=actor.tenant_id, recipient_id=actor.account_id, read_at__isnull=True
    )
    return unread[:MOST_COUNTED].count()
