"""Reading one's notices, and throwing away old ones."""

import datetime
import uuid

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.notices.enums import DeliveryState, NoticeKind
from chuangwen.notices.models import Delivery, Notice
from chuangwen.notices.queries.inbox import InboxFilter, notices_of
from chuangwen.people.actors import Actor

KEEP_READ = datetime.timedelta(days=180)
KEEP_UNREAD = datetime.timedelta(days=400)
SWEPT_AT_ONCE = 1000


@transaction.atomic
def mark_read(*, notice_id: uuid.UUID, by: Actor) -> Notice:
    """Mark one's own notice as read and return it. Raises NotFound, for other people's too.

    Reading is no change of the district's business, hence no audit event.
    """
    notice = notices_of(by, InboxFilter()).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("没有找到这条通知。可能已超过保存期限，或不是发给您的。")
    if notice.read_at is None:
        notice.read_at = clock.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(*, kind: NoticeKind | None = None, by: Actor) -> int:
    """Mark all of one's notices as read, or those of a kind; return how many were unread."""
    unread = notices_of(by, InboxFilter(unread=True, kind=kind or ""))
    return unread.update(read_at=clock.now())


def sweep_notices() -> int:
    """Throw away the tenant's notices past their time, a thousand at once; return how many.

    What happened stays in the audit log. A message that is still to be sent keeps its notice.
    """
    now = clock.now()
    total = 0
    for old in (
        Notice.objects.filter(created_at__lt=now - KEEP_UNREAD),
        Notice.objects.filter(created_at__lt=now - KEEP_READ, read_at__isnull=False),
    ):
        waiting = Delivery.objects.filter(state=DeliveryState.WAITING).values("notice_id")
        while True:
            ids = list(old.exclude(pk__in=waiting).values_list("pk", flat=True)[:SWEPT_AT_ONCE])
            if not ids:
                break
            with transaction.atomic():
                Notice.objects.filter(pk__in=ids).delete()
            total += len(ids)
    return total
