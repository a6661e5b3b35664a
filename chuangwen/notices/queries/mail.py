"""E-mails: what a person chose, and how the messages fare."""

from django.db.models import Count, QuerySet

from chuangwen.notices.enums import MAILED_BY_DEFAULT, DeliveryState, NoticeKind
from chuangwen.notices.models import Delivery, EmailChoice
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


def mailed_kinds(actor: Actor) -> frozenset[NoticeKind]:
    """Return the kinds that the viewer gets by e-mail; the system itself gets none."""
    if actor.account_id is None:
        return frozenset()
    chosen = dict(
        EmailChoice.objects.filter(account_id=actor.account_id).values_list("kind", "wanted")
    )
    return frozenset(
        kind for kind in NoticeKind if chosen.get(kind.value, kind in MAILED_BY_DEFAULT)
    )


def deliveries_for(actor: Actor, state: str = "") -> QuerySet[Delivery]:
    """Return the district's messages, the newest first, for system administrators only."""
    if not actor.may(Permission.MANAGE_ACCOUNTS):
        return Delivery.objects.none()
    deliveries = Delivery.objects.select_related("notice__recipient")
    if state in DeliveryState.values:
        deliveries = deliveries.filter(state=state)
    return deliveries.order_by("-pk")


def delivery_numbers(actor: Actor) -> dict[str, int]:
    """Return how many messages are in each state."""
    if not actor.may(Permission.MANAGE_ACCOUNTS):
        return {}
    counted = Delivery.objects.order_by().values_list("state").annotate(number=Count("pk"))
    return dict(counted)
