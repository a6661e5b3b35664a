"""Telling people: rows in the caller's transaction, so that nothing is told that did not happen."""

from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from chuangwen.kit import clock
from chuangwen.kit.upserts import insert_missing
from chuangwen.notices.models import Notice
from chuangwen.notices.notes import Told
from chuangwen.people.actors import Actor


def notify(*, notes: Iterable[Told], by: Actor) -> int:
    """Tell people; whoever acts is not told of their own deed. Returns how many notices are new.

    One statement, whatever the number of people. What was told before under the same key is left
    as it is. Raises RuntimeError outside a transaction: a notice without its deed would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("notices are written inside the transaction of what they tell")
    now = clock.now()
    rows = [
        Notice(
            tenant_id=by.tenant_id,
            recipient_id=recipient,
            kind=each.note.kind,
            subject=each.note.subject,
            body=each.note.body,
            key=each.note.key,
            about_kind=each.note.about or "",
            about_id=each.note.about_id,
            created_at=now,
            routed=not settings.CHUANGWEN_SENDS_EMAIL,
        )
        for each in notes
        for recipient in each.recipient_ids
        if recipient != by.account_id
    ]
    return insert_missing(rows, ["tenant", "recipient", "key"])
