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
from chuangwen.inspection.rules import obstacles
from chuangwen.inspection.sealed import MOST_BYTES, SealedRecord, Unreadable, read_sealed
from chuangwen.kit.errors import NotPermitted
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


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
    kept = _known(record_id, sha256, inspector)
    if kept is None:
        try:
            kept = _new(record_id, content, sha256, inspector, by)
        except IntegrityError:  # sent twice at the same moment, or another district's number
            kept = _known(record_id, sha256, inspector)
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


def quarantine(*, kept: FieldRecord, reason: str, lost: Collection[str] = (), by: Actor) -> None:
    """Set a record aside for a person, with its photos; inside the caller's transaction."""
    kept.state, kept.reason, kept.lost = RecordState.QUARANTINED, reason, list(lost)
    kept.save()
    files = register_photos(kept.blobs)
    HeldPhoto.objects.bulk_create(
        [HeldPhoto(record=kept, sha256=one, file=files.get(one)) for one in kept.blobs],
        ignore_conflicts=True,
    )
    record(by=by, verb="field_record.quarantined", on=kept, reason=reason)


def _known(record_id: uuid.UUID, sha256: str, inspector: Actor) -> FieldRecord | None:
    kept = FieldRecord.objects.filter(pk=record_id).first()
    if kept is not None and (kept.sha256 != sha256 or kept.account_id != inspector.account_id):
        raise _taken()
    return kept


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
        state=RecordState.WAITING,
    )
    kept.save(force_insert=True)
    if reason:
        quarantine(kept=kept, reason=reason, by=by)
    return kept


def _reason(sealed: SealedRecord, record_id: uuid.UUID, inspector: Actor) -> str:
    around = surroundings_of(sealed, sealed.account)
    found = obstacles(sealed, around, record_id=record_id, inspector=inspector)
    return "".join(one.reason for one in found)
