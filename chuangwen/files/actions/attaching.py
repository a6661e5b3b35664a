"""From an upload to an attachment, and its removal."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max, Model

from chuangwen.audit.actions import Author, record
from chuangwen.files.limits import MOST_AT_ONCE
from chuangwen.files.models import Attachment, Upload
from chuangwen.files.owners import owner_kind
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotFound, NotPermitted


@dataclass(frozen=True)
class Named:
    """A stored file and the name under which it is shown."""

    file_id: uuid.UUID
    name: str


def attach_uploads(
    *, kind: str, owner: Model, upload_ids: Iterable[uuid.UUID], by: Author
) -> list[Attachment]:
    """Attach the author's own uploads to a row, in the order given. Four statements.

    Call it inside the action of the owning room, which has checked the permission, holds the row
    and records the event with `hashes`. Raises Invalid when an upload is gone (sent twice, swept,
    somebody else's) or there are too many.
    """
    wanted = list(dict.fromkeys(upload_ids))
    if not wanted:
        return []
    if not connection.in_atomic_block:
        raise RuntimeError("files are attached inside the transaction of their owner's action")
    own = Upload.objects.filter(pk__in=wanted, account_id=by.account_id)
    locked = own.select_for_update(of=("self",)).select_related("file")
    uploads = {upload.pk: upload for upload in locked}
    if len(uploads) != len(wanted):
        raise Invalid(gone(len(wanted) - len(uploads)), field="files")
    held = Attachment.objects.filter(owner_kind=kind, owner_id=owner.pk)
    first = held.aggregate(last=Max("position", default=-1))["last"] + 1
    if first + len(wanted) > MOST_AT_ONCE:
        raise Invalid(f"附件共 {first + len(wanted)} 个，最多 {MOST_AT_ONCE} 个。请合并后再提交。")
    attached = Attachment.objects.bulk_create(
        Attachment(
            file=uploads[pk].file,
            owner_kind=kind,
            owner_id=owner.pk,
            position=position,
            name=uploads[pk].name,
            added_by=by.account_id,
        )
        for position, pk in enumerate(wanted, first)
    )
    Upload.objects.filter(pk__in=wanted).delete()
    return attached


def attach_again(
    *, kind: str, owners: Mapping[uuid.UUID, uuid.UUID], by: Author
) -> list[Attachment]:
    """Attach the files of rows to their copies (old number to new), which have none yet.

    Call it inside the action that copies the rows and records its event. Two statements.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("files are attached inside the transaction of their owner's action")
    held = Attachment.objects.filter(
        owner_kind=kind, owner_id__in=list(owners), removed_at__isnull=True
    )
    return Attachment.objects.bulk_create(
        [
            Attachment(
                file_id=each.file_id,
                owner_kind=kind,
                owner_id=owners[each.owner_id],
                position=each.position,
                name=each.name,
                added_by=by.account_id,
            )
            for each in held
        ],
        batch_size=500,
    )


def attach_stored(*, kind: str, files: Mapping[uuid.UUID, Sequence[Named]], by: Author) -> None:
    """Attach files that another room stored already to new rows, at most `MOST_AT_ONCE` each.

    Call it inside the action that makes the rows and records its event. One statement.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("files are attached inside the transaction of their owner's action")
    Attachment.objects.bulk_create(
        [
            Attachment(
                file_id=each.file_id,
                owner_kind=kind,
                owner_id=owner,
                position=position,
                name=each.name,
                added_by=by.account_id,
            )
            for owner, stored in files.items()
            for position, each in enumerate(stored[:MOST_AT_ONCE])
        ],
        batch_size=500,
    )


def gone(count: int) -> str:
    """Return what a person is told when uploads of a form are no longer there."""
    return (
        f"{count} 个附件已提交过，或放置太久已清除。"
        "请打开页面查看是否已提交；如没有，请重新选择文件。"
    )


def hashes(attached: Sequence[Attachment]) -> list[str]:
    """Return what an event says about files. No names: they may be of persons, the log stays."""
    return [attachment.file.sha256 for attachment in attached]


@transaction.atomic
def remove_attachment(*, attachment: Attachment, reason: str, by: Author) -> Attachment:
    """Take a file off a row; who, when and why stay, and so do the bytes.

    Raises NotFound, NotPermitted as the owning room decides, and Invalid without a reason. A file
    that is off already stays as it is.
    """
    locked = Attachment.objects.select_for_update().get(pk=attachment.pk)
    kind = owner_kind(locked.owner_kind)
    owner = kind.find(by, locked.owner_id) if kind else None
    if kind is None or owner is None:
        raise NotFound("没有找到这个附件。可能已移除，或不属于您的单位。")
    if not kind.may_remove(by, owner):
        raise NotPermitted("您不能移除这个附件。请联系所属单位或创文办。")
    if not reason.strip():
        raise Invalid("请写明移除附件的原因，便于以后核对。", field="reason")
    if locked.removed_at is None:
        locked.removed_by, locked.removed_at = by.account_id, clock.now()
        locked.removal_reason = reason.strip()
        locked.save(update_fields=["removed_by", "removed_at", "removal_reason"])
        record(by=by, verb="file.removed", on=locked, reason=locked.removal_reason)
    return locked
