"""Confirming a record: from sealed bytes to a visit, findings and counts, in one transaction."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.photos import register_photos
from chuangwen.files.models import StoredFile
from chuangwen.framework.judging import SiteJudgement
from chuangwen.inspection.actions.visiting import write_visit
from chuangwen.inspection.enums import RecordState
from chuangwen.inspection.keeping import (
    PHOTOS_LOST,
    missing_photos,
    note_contents,
    note_lost,
    quarantine,
    read_again,
    waits_for_photos,
)
from chuangwen.inspection.models import FieldRecord
from chuangwen.inspection.queries.records import own_record
from chuangwen.inspection.queries.surroundings import Surroundings, surroundings_of
from chuangwen.inspection.rules import examine
from chuangwen.inspection.sealed import SealedRecord, read_sealed
from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor


@dataclass(frozen=True)
class Outcome:
    """What became of a record, and which of its photos the store lacks."""

    record: FieldRecord
    missing: list[str] = field(default_factory=list)


@transaction.atomic
def confirm_record(*, record_id: uuid.UUID, lost: Collection[str] = (), by: Actor) -> Outcome:
    """Make a visit of one's own record once its photos are there; doing it again changes nothing.

    `lost`: photos that the phone no longer has. If all that is missing is among them, the record
    is quarantined; photos that turn up after all release it. Of what a person has to decide, they
    are noted. The number of statements does not depend on the number of lines or photos. Raises
    NotFound for another's record.
    """
    kept = own_record(by, record_id, locked=True)
    if kept is None:
        raise NotFound("没有找到这份记录。可能还没有送到，或不是您的记录。")
    return confirm(kept=kept, lost=lost, inspector=by, by=by)


def confirm(
    *, kept: FieldRecord, lost: Collection[str] = (), inspector: Actor, by: Actor
) -> Outcome:
    """The same for a locked record, inside the caller's transaction."""
    if kept.state in (RecordState.COMMITTED, RecordState.DISMISSED):
        return Outcome(kept, missing_photos(kept.blobs))
    read_again(kept=kept, by=by)
    missing = missing_photos(kept.blobs)
    note_lost(kept=kept, lost=lost, missing=missing, by=by)
    is_waiting = kept.state == RecordState.WAITING
    if not is_waiting and not waits_for_photos(kept):
        return Outcome(kept, missing)
    sealed = read_sealed(kept.sealed_bytes)
    around = surroundings_of(sealed, sealed.account, locked=True)
    found = examine(sealed, around, record_id=kept.pk, inspector=inspector)
    if found.obstacles:
        quarantine(kept=kept, reason="".join(one.reason for one in found.obstacles), by=by)
    elif missing and is_waiting and set(missing) <= set(kept.lost):
        quarantine(kept=kept, reason=f"{len(missing)} {PHOTOS_LOST}", by=by)
    elif not missing:
        stored = register_photos(kept.blobs)
        missing = [sha256 for sha256 in kept.blobs if sha256 not in stored]
        if not missing:
            write_confirmed(kept, sealed, around, stored, judgement=found.judgement, by=by)
    return Outcome(kept, missing)


def write_confirmed(
    kept: FieldRecord,
    sealed: SealedRecord,
    around: Surroundings,
    stored: dict[str, StoredFile],
    *,
    judgement: SiteJudgement | None,
    by: Actor,
    reason: str = "",
) -> None:
    """Write the visit and mark the record, inside the caller's transaction, with the event."""
    kept.state, kept.committed_at = RecordState.COMMITTED, clock.now()
    note_contents(kept, sealed)
    kept.lost = [one for one in kept.blobs if one not in stored]
    kept.save(update_fields=["state", "committed_at", "lost", "device", "blobs"])
    visit = write_visit(kept, sealed, around, stored, judgement)
    details = {"reason": reason} if reason else {}
    record(by=by, verb="visit.confirmed", on=visit, sha256=kept.sha256, **details)
