"""Reading attachments: the owner's visibility decides, foreign ones do not exist."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import Model, OuterRef, Subquery

from chuangwen.audit.actions import Author
from chuangwen.files.enums import Purpose
from chuangwen.files.models import Attachment, Derivative, StoredFile, Upload
from chuangwen.files.owners import owner_kind
from chuangwen.files.stores import configured_store
from chuangwen.files.stores.base import key_of
from chuangwen.kit.errors import Gone, NotFound
from chuangwen.tenancy.scope import current_tenant_id

MISSING = "没有找到您要的内容。可能已被删除，或不属于您的单位。"


@dataclass(frozen=True)
class Found:
    """An attachment that the viewer may open, the row it is at, and what else is allowed."""

    attachment: Attachment
    owner: Model
    sees_original: bool
    may_remove: bool


def find_attachment(viewer: Author, key: uuid.UUID) -> Found:
    """Return one attachment. Two queries. Raises NotFound, for foreign ones too, and Gone."""
    attachment = Attachment.objects.select_related("file").filter(pk=key).first()
    kind = owner_kind(attachment.owner_kind) if attachment else None
    owner = kind.find(viewer, attachment.owner_id) if attachment and kind else None
    if attachment is None or kind is None or owner is None:
        raise NotFound(MISSING)
    if attachment.removed_at is not None:
        raise Gone(f"这个附件已移除。原因：{attachment.removal_reason}")
    return Found(
        attachment, owner, kind.sees_originals(viewer, owner), kind.may_remove(viewer, owner)
    )


def attachments_of(
    kind: str | Collection[str], owner_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, list[Attachment]]:
    """Return the attachments of rows that the viewer was given already, removed ones included.

    One query, whatever the number of rows, also for rows of several kinds; images carry
    `thumbnail_state`.
    """
    state = Derivative.objects.filter(source=OuterRef("file"), purpose=Purpose.THUMBNAIL)
    wanted = list(owner_ids)
    grouped: dict[uuid.UUID, list[Attachment]] = defaultdict(list)
    if not wanted:
        return grouped
    kinds = [kind] if isinstance(kind, str) else list(kind)
    rows = Attachment.objects.filter(owner_kind__in=kinds, owner_id__in=wanted)
    annotated = rows.annotate(thumbnail_state=Subquery(state.values("state")[:1]))
    for attachment in annotated.select_related("file").order_by("owner_id", "position"):
        grouped[attachment.owner_id].append(attachment)
    return grouped


def own_uploads(viewer: Author, keys: Iterable[uuid.UUID]) -> list[Upload]:
    """Return the viewer's waiting uploads among `keys`, in the order of sending."""
    own = Upload.objects.filter(account_id=viewer.account_id, pk__in=list(keys))
    return list(own.select_related("file"))


def derivative_of(file: StoredFile, purpose: Purpose) -> Derivative | None:
    """Return the picture that was made of an image, with its file. One query."""
    made = Derivative.objects.filter(source=file, purpose=purpose)
    return made.select_related("result").first()


def open_file(file: StoredFile) -> BinaryIO:
    """Open the bytes. Raises NotFound when the store has lost them, which `files verify` lists."""
    try:
        return configured_store().open(file.key)
    except FileNotFoundError as error:
        raise NotFound(
            f"文件 {file.sha256[:12]} 的内容不在文件库中。请联系系统管理员核对文件库。"
        ) from error


def arrived(sha256s: Collection[str]) -> list[str]:
    """Return which photos the store holds, with a row or still without. One query."""
    rows = StoredFile.objects.filter(sha256__in=sha256s, media_type__startswith="image/")
    named = set(rows.values_list("sha256", flat=True))
    store, tenant = configured_store(), current_tenant_id()
    return [one for one in sha256s if one in named or store.touch(key_of(tenant, one))]
