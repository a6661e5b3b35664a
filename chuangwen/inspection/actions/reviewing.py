"""A person decides on what was set aside, and looks at what struck."""

import uuid
from collections.abc import Collection

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.files.actions.photos import register_photos
from chuangwen.inspection.actions.confirming import write_confirmed
from chuangwen.inspection.enums import FlagState, RecordState
from chuangwen.inspection.keeping import note_contents
from chuangwen.inspection.models import FieldRecord, VisitFlag
from chuangwen.inspection.queries.surroundings import surroundings_of
from chuangwen.inspection.rules import examine
from chuangwen.inspection.sealed import Unreadable, read_sealed
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def accept_record(*, kept: FieldRecord, reason: str, by: Actor) -> FieldRecord:
    """Confirm a quarantined record in spite of what spoke against it; the reason stays.

    Raises Invalid without a reason, for what nobody can accept (a closed round, an impossible
    answer), for one's own and while photos are still on their way; IllegalTransition if it was
    decided already.
    """
    by.require(Permission.REVIEW_RECORDS)
    locked = _quarantined(kept)
    if locked.account_id == by.account_id:
        raise Invalid("这是您自己的记录，不能由您采用。请由创文办的另一人处理。")
    why = _given(reason)
    try:
        sealed = read_sealed(locked.sealed_bytes)
    except Unreadable as error:
        raise Invalid(f"不能采用：读不懂。{error}原样内容仍保存着。") from error
    around = surroundings_of(sealed, sealed.account, locked=True)
    found = examine(sealed, around, record_id=locked.pk, inspector=by)
    final = [one.reason for one in found.obstacles if one.is_final]
    if final:
        raise Invalid(f"不能采用：{''.join(final)}原样内容仍保存着。")
    note_contents(locked, sealed)
    stored = register_photos(locked.blobs)
    missing = [one for one in locked.blobs if one not in stored]
    if set(missing) - set(locked.lost):
        raise Invalid(f"还有 {len(missing)} 张照片没有送到。请等手机传完，或导入救援文件后再采用。")
    write_confirmed(locked, sealed, around, stored, judgement=found.judgement, by=by, reason=why)
    return locked


@transaction.atomic
def dismiss_record(*, kept: FieldRecord, reason: str, by: Actor) -> FieldRecord:
    """Leave a quarantined record out of everything; it stays where it is, with the reason."""
    by.require(Permission.REVIEW_RECORDS)
    locked = _quarantined(kept)
    locked.state, locked.reason = RecordState.DISMISSED, _given(reason)
    locked.save(update_fields=["state", "reason"])
    record(by=by, verb="field_record.dismissed", on=locked, reason=locked.reason)
    return locked


@transaction.atomic
def settle_flags(*, flag_ids: Collection[uuid.UUID], note: str, by: Actor) -> int:
    """Note that somebody has looked; return how many were open. Results stay as they are."""
    by.require(Permission.REVIEW_RECORDS)
    said = note.strip()
    if len(said) > 500:
        raise Invalid("查看意见最多 500 字。请写短一些。", field="note")
    open_ones = VisitFlag.objects.filter(pk__in=flag_ids, state=FlagState.OPEN)
    flags = list(open_ones.select_for_update().order_by("pk"))
    VisitFlag.objects.filter(pk__in=[flag.pk for flag in flags]).update(
        state=FlagState.SETTLED, settled_note=said
    )
    details = {"reason": said} if said else {}
    record_all(by=by, entries=[Entry("visit_flag.settled", flag, details) for flag in flags])
    return len(flags)


def _quarantined(kept: FieldRecord) -> FieldRecord:
    locked = FieldRecord.objects.select_for_update().get(pk=kept.pk)
    if locked.state != RecordState.QUARANTINED:
        raise IllegalTransition(
            f"这份记录现在是“{locked.get_state_display()}”，不用再处理。可能已有人处理，请刷新查看。"
        )
    return locked


def _given(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > 500:
        raise Invalid("请写明理由（至多 500 字），便于以后核对。", field="reason")
    return said
