"""The unit signs for a 督办单 and answers it."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from chuangwen.files.actions.attaching import attach_uploads
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.supervision.enums import ANSWER_KIND, NoticeStep
from chuangwen.supervision.models import NoticeEvent, SupervisionNotice
from chuangwen.supervision.stepping import Given, locked_notice, required, take_step


@transaction.atomic
def receipt_notice(*, notice: SupervisionNotice, base_version: int, by: Actor) -> NoticeEvent:
    """签收, by a person of the unit."""
    by.require(Permission.ANSWER_SUPERVISION, unit_id=notice.unit_id)
    locked = locked_notice(notice, base_version)
    by.require(Permission.ANSWER_SUPERVISION, unit_id=locked.unit_id)
    locked.receipted_on = clock.today()
    return take_step(locked, NoticeStep.RECEIPT, Given(columns=("receipted_on",)), by)


@transaction.atomic
def answer_notice(
    *,
    notice: SupervisionNotice,
    base_version: int,
    text: str,
    uploads: Sequence[uuid.UUID] = (),
    by: Actor,
) -> NoticeEvent:
    """答复: what was done, with files."""
    by.require(Permission.ANSWER_SUPERVISION, unit_id=notice.unit_id)
    said = required(text, "办理的情况", "text")
    locked = locked_notice(notice, base_version)
    by.require(Permission.ANSWER_SUPERVISION, unit_id=locked.unit_id)
    locked.answered_on = clock.today()
    given = Given(text=said, columns=("answered_on",))
    event = take_step(locked, NoticeStep.ANSWER, given, by)
    attach_uploads(kind=ANSWER_KIND, owner=event, upload_ids=uploads, by=by)
    return event
