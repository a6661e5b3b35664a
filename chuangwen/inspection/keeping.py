"""Keeping what arrived: sealed bytes, the photos they name, and the reasons for quarantine."""

import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.photos import register_photos
from chuangwen.files.queries import arrived
from chuangwen.inspection.enums import RecordState
from chuangwen.inspection.errors import OtherRecord, RecordTooLarge
from chuangwen.inspection.models import FieldRecord, HeldPhoto, PairMember
from chuangwen.inspection.queries.surroundings import surroundings_of
from chuangwen.inspection.rules import examine
from chuangwen.inspection.sealed import (
    MOST_BYTES,
    SealedRecord,
    Unreadable,
    read_sealed,
    round_named_in,
)
from chuangwen.kit.errors import NotPermitted
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

PHOTOS_LOST = "张照片在手机上已丢失，没有送到。"


@dataclass(frozen=True)
class Received:
    """The record as it is now, whether it came just now, and which photos it still lacks."""

    record: FieldRecord
    is_new: bool
    missing: list[str]


def keep_record(*, record_id: uuid.UUID, content: bytes, inspector: Actor, by: Actor) -> Received:
    """Keep sealed bytes for whoever brings them: `inspector` is whose record it is."""
    if len(content) > MOST_BYTES:
        raise RecordTooLarge(
            f"记录超过 {MOST_BYTES // 2**20} MB，没有接收。请导出救援文件并联系创文办。"
        )
    sha256 = hashlib.sha256(content).hexdigest()
    kept = _known(record_id, sha256, inspector, by)
    if kept is None:
        try:
            kept = _new(record_id, content, sha256, inspector, by)
        except IntegrityError:  # sent twice at the same moment, or another district's number
            kept = _known(record_id, sha256, inspector, by)
            if kept is None:
                raise _taken() from None
        else:
            return Received(kept, is_new=True, missing=missing_photos(kept.blobs))
    return Received(kept, is_new=False, missing=missing_photos(kept.blobs))


def require_sender(by: Actor) -> None:
    """Raise NotPermitted for who neither inspects nor ever was in a pair.

    Whose rights ended while he was out of reach may still hand in what he has: it is quarantined.
    """
    if by.may(Permission.INSPECT) or PairMember.objects.filter(account=by.account_id).exists():
        return
    raise NotPermitted(
        f"您没有“{Permission.INSPECT.value}”的权限。如工作需要，请联系安全管理员授予相应角色。"
    )


def missing_photos(blobs: Collection[str]) -> list[str]:
    """Return which photos the store does not hold, in the order of the manifest. One query."""
    if not blobs:
        return []
    held = set(arrived(blobs))
    return [sha256 for sha256 in blobs if sha256 not in held]


def hold_photo(*, sha256: str) -> None:
    """Keep a photo that a quarantined record waits for: what arrives must outlive the sweep."""
    waiting = HeldPhoto.objects.filter(sha256=sha256, file__isnull=True)
    if not waiting.exists():
        return
    with transaction.atomic():
        stored = register_photos([sha256]).get(sha256)
        waiting.update(file=stored)


def quarantine(*, kept: FieldRecord, reason: str, by: Actor) -> None:
    """Set a record aside for a person, with its photos; inside the caller's transaction."""
    kept.state, kept.reason = RecordState.QUARANTINED, reason
    kept.save()
    files = register_photos(kept.blobs)
    HeldPhoto.objects.bulk_create(
        [HeldPhoto(record=kept, sha256=one, file=files.get(one)) for one in kept.blobs],
        ignore_conflicts=True,
    )
    record(by=by, verb="field_record.quarantined", on=kept, reason=reason)


def waits_for_photos(kept: FieldRecord) -> bool:
    """Tell whether lost photos are all that keeps a record from being confirmed."""
    return kept.state == RecordState.QUARANTINED and kept.reason.endswith(PHOTOS_LOST)


def note_lost(*, kept: FieldRecord, lost: Collection[str], missing: list[str], by: Actor) -> None:
    """Keep what the phone says it lost of the missing photos, whatever else speaks against the
    record: once a person accepts it, nobody waits for them. What was told stays told."""
    told = [one for one in missing if one in set(lost) and one not in set(kept.lost)]
    if not told:
        return
    kept.lost = [*kept.lost, *told]
    kept.save(update_fields=["lost"])
    record(by=by, verb="field_record.photos_lost", on=kept, number=len(told))


def note_contents(kept: FieldRecord, sealed: SealedRecord) -> bool:
    """Note what an earlier version could not read in a record; tell whether it was so."""
    if kept.device:  # every record that was ever read has one
        return False
    kept.device, kept.blobs = sealed.device, sealed.blobs
    return True


def read_again(*, kept: FieldRecord, by: Actor) -> None:
    """Let a record that an earlier version could not read, and this one can, take its ordinary
    way; inside the caller's transaction."""
    if kept.device:
        return
    try:
        sealed = read_sealed(kept.sealed_bytes)
    except Unreadable:
        return
    if note_contents(kept, sealed):
        kept.state, kept.reason = RecordState.WAITING, ""
        kept.save(update_fields=["device", "blobs", "state", "reason"])
        record(by=by, verb="field_record.read_again", on=kept)


def _known(record_id: uuid.UUID, sha256: str, inspector: Actor, by: Actor) -> FieldRecord | None:
    kept = FieldRecord.objects.filter(pk=record_id).first()
    if kept is None or (kept.sha256, kept.account_id) == (sha256, inspector.account_id):
        return kept
    if kept.sha256 != sha256 or not _is_sealed_by(kept, inspector):
        raise _taken()
    return _given_back(kept, inspector, by)


def _is_sealed_by(kept: FieldRecord, inspector: Actor) -> bool:
    try:
        return read_sealed(kept.sealed_bytes).account == inspector.account_id
    except Unreadable:
        return False


@transaction.atomic
def _given_back(kept: FieldRecord, inspector: Actor, by: Actor) -> FieldRecord:
    """Whoever sealed it has it: until then it was in the name of who brought the rescue file."""
    locked = FieldRecord.objects.select_for_update().get(pk=kept.pk)
    if inspector.account_id is not None and locked.account_id != inspector.account_id:
        locked.account_id = inspector.account_id
        locked.save(update_fields=["account"])
        record(by=by, verb="field_record.given_back", on=locked)
    return locked


def _taken() -> OtherRecord:
    return OtherRecord("这个编号已有另一份记录，没有接收这一份。请导出救援文件并联系创文办。")


@transaction.atomic
def _new(
    record_id: uuid.UUID, content: bytes, sha256: str, inspector: Actor, by: Actor
) -> FieldRecord:
    reason, sealed = "", None
    try:
        sealed = read_sealed(content)
    except Unreadable as error:
        reason = f"读不懂：{error}"
    if sealed is not None:
        reason = _reason(sealed, record_id, inspector)
    if inspector.account_id is None:
        raise ValueError("a record is somebody's")
    kept = FieldRecord(
        id=record_id,
        account_id=inspector.account_id,
        device=sealed.device if sealed else "",
        sha256=sha256,
        content=FieldRecord.as_text(content),
        blobs=sealed.blobs if sealed else [],
        round_named=round_named_in(content),
        state=RecordState.WAITING,
    )
    kept.save(force_insert=True)
    if reason:
        quarantine(kept=kept, reason=reason, by=by)
    return kept


def _reason(sealed: SealedRecord, record_id: uuid.UUID, inspector: Actor) -> str:
    around = surroundings_of(sealed, sealed.account)
    found = examine(sealed, around, record_id=record_id, inspector=inspector)
    return "".join(one.reason for one in found.obstacles)
