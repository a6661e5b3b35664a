"""Files on their way: sent first, attached when the form around them is accepted."""

import uuid

from django.db import transaction

from chuangwen.audit.actions import Author, record
from chuangwen.files.actions.storing import Content, store_file
from chuangwen.files.limits import MOST_WAITING
from chuangwen.files.models import Upload
from chuangwen.files.names import clean_name
from chuangwen.kit.errors import Invalid


def upload_file(*, content: Content, name: str, by: Author, any_kind: bool = False) -> Upload:
    """Store a file for its author alone, until it is attached. Raises Invalid like `store_file`.

    `any_kind` takes every kind, for what another reader has accepted.
    """
    shown = clean_name(name)
    if Upload.objects.filter(account_id=by.account_id).count() >= MOST_WAITING:
        raise Invalid(
            f"没有上传“{shown}”：您已有 {MOST_WAITING} 个上传的文件还没有提交。"
            "请先提交或移除它们。",
            field="files",
        )
    stored = store_file(content=content, name=shown, by=by, any_kind=any_kind)
    with transaction.atomic():
        upload = Upload.objects.create(file=stored, name=shown, account_id=by.account_id)
        record(by=by, verb="file.uploaded", on=upload, sha256=stored.sha256, size=stored.size)
    return upload


@transaction.atomic
def discard_upload(*, upload_id: uuid.UUID, by: Author) -> None:
    """Take back one's own upload; taking it back twice is no error. The sweep deletes the bytes."""
    upload = Upload.objects.filter(pk=upload_id, account_id=by.account_id).first()
    if upload is not None:
        record(by=by, verb="file.upload_discarded", on=upload)
        upload.delete()
