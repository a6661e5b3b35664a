"""Handing a document in: a short one is read at once, a long one waits for the worker."""

from django.conf import settings
from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.storing import store_file
from chuangwen.kit.errors import IllegalTransition
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.enums import ReadingState
from chuangwen.plan.models import Campaign, DocumentReading, PlanImport
from chuangwen.plan.reading import read_document, refuse_unreadable

UNDER_WAY = (ReadingState.WAITING, ReadingState.READING, ReadingState.PARSING)


def receive_document(
    *, campaign: Campaign, name: str, data: bytes, by: Actor
) -> PlanImport | DocumentReading:
    """Take a document in, or queue it when the file or its text is long (a setting says when).

    Raises UnreadableDocument for what can be refused without reading all of it, and like
    `take_in_document`; then nothing was stored.
    """
    by.require(Permission.MANAGE_PLAN)
    limit = settings.CHUANGWEN_READ_AT_ONCE
    refuse_unreadable(data, name)
    if len(data) <= limit:
        source = read_document(data, name)
        if len(source.text.encode("utf-8", "surrogatepass")) <= limit:
            return take_in_document(campaign=campaign, source=source, name=name, data=data, by=by)
    return queue_document(campaign=campaign, name=name, data=data, by=by)


def queue_document(*, campaign: Campaign, name: str, data: bytes, by: Actor) -> DocumentReading:
    """Keep the file and let the worker read it."""
    by.require(Permission.MANAGE_PLAN)
    original = store_file(content=data, name=name, any_kind=True, by=by)
    with transaction.atomic():
        reading = DocumentReading.objects.create(
            campaign=campaign,
            name=name[:200],
            size=len(data),
            original=original,
            account_id=by.account_id,
        )
        record(by=by, verb="plan.reading_queued", on=reading, size=[None, len(data)])
    return reading


@transaction.atomic
def cancel_reading(*, reading: DocumentReading, by: Actor) -> DocumentReading:
    """Give a reading up; the worker stops within a second, and the file is let go.

    Raises IllegalTransition when it is finished: then the import can be discarded instead.
    """
    by.require(Permission.MANAGE_PLAN)
    locked = DocumentReading.objects.select_for_update().get(pk=reading.pk)
    if locked.state not in {*UNDER_WAY, ReadingState.FAILED}:
        raise IllegalTransition(
            f"“{locked.name}”{locked.get_state_display()}，不能再取消。请刷新页面查看。"
        )
    before, locked.state, locked.original = locked.state, ReadingState.CANCELLED, None
    locked.save(update_fields=["state", "original"])
    record(by=by, verb="plan.reading_cancelled", on=locked, state=[before, locked.state])
    return locked


@transaction.atomic
def retry_reading(*, reading: DocumentReading, by: Actor) -> DocumentReading:
    """Queue a failed reading once more, with all its attempts. Raises IllegalTransition."""
    by.require(Permission.MANAGE_PLAN)
    locked = DocumentReading.objects.select_for_update().get(pk=reading.pk)
    if locked.state != ReadingState.FAILED:
        raise IllegalTransition(
            f"“{locked.name}”{locked.get_state_display()}，不需要重试。请刷新页面查看。"
        )
    locked.state, locked.attempts, locked.problem = ReadingState.WAITING, 0, ""
    locked.taken_at = locked.beat_at = None
    locked.save(update_fields=["state", "attempts", "problem", "taken_at", "beat_at"])
    record(by=by, verb="plan.reading_retried", on=locked)
    return locked
