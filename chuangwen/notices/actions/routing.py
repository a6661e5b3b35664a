"""From notices to e-mails that wait: who has an address and wants the kind."""

from django.db import transaction

from chuangwen.kit.upserts import insert_missing
from chuangwen.notices.enums import MAILED_BY_DEFAULT, Channel, NoticeKind
from chuangwen.notices.models import Delivery, EmailChoice, Notice

AT_ONCE = 500


def route_notices() -> int:
    """Give every new notice of the tenant its e-mail, if its person wants one; return how many.

    May be killed or run twice at once: rows are locked, and a notice has one e-mail at most.
    """
    total = 0
    while True:
        looked_at, made = _route_some()
        total += made
        if looked_at < AT_ONCE:
            return total


@transaction.atomic
def _route_some() -> tuple[int, int]:
    new = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(routed=False)
    notices = list(new.select_related("recipient").order_by("pk")[:AT_ONCE])
    people = {notice.recipient_id for notice in notices}
    chosen = {
        (choice.account_id, choice.kind): choice.wanted
        for choice in EmailChoice.objects.filter(account_id__in=people)
    }
    deliveries = [
        Delivery(notice=notice, channel=Channel.EMAIL)
        for notice in notices
        if notice.recipient.is_active
        and notice.recipient.email
        and chosen.get(
            (notice.recipient_id, notice.kind), NoticeKind(notice.kind) in MAILED_BY_DEFAULT
        )
    ]
    made = insert_missing(deliveries, ["notice", "channel"])
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(routed=True)
    return len(notices), made
