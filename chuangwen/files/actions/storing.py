"""Bytes first, row second."""

import hashlib
from collections.abc import Callable, Iterable
from typing import BinaryIO

from django.db import transaction

from chuangwen.audit.actions import Author
from chuangwen.files.actions.waiting import await_derivatives
from chuangwen.files.kinds import OTHER, FileKind, recognise
from chuangwen.files.kinds.refusals import EMPTY, refused, too_large
from chuangwen.files.limits import largest
from chuangwen.files.models import StoredFile
from chuangwen.files.stores import configured_store
from chuangwen.files.stores.base import key_of
from chuangwen.kit.errors import Invalid
from chuangwen.tenancy.scope import current_tenant_id

Content = bytes | Iterable[bytes]


def store_file(
    *, content: Content, name: str, by: Author, any_kind: bool = False, at_most: int | None = None
) -> StoredFile:
    """Keep bytes for ever under their hash; the same bytes are one file. Returns its row.

    Raises Invalid, with nothing kept, for an empty or too large file and for a kind that may not
    be attached; `any_kind` takes every kind, for originals that another reader has accepted, and
    `at_most` as many bytes, for files of our own making. Killed
    at any moment it leaves no row without bytes; bytes without a row are swept later. The caller
    records the event: only it knows what the file is for.
    """
    if by.tenant_id != current_tenant_id():
        raise ValueError("a file is stored in the scope of its author's tenant")
    stored = keep_bytes(content, name, _any if any_kind else recognise, at_most)
    if not any_kind and stored.kind.is_image and not stored.derivatives.exists():
        with transaction.atomic():
            await_derivatives(stored)
    return stored


def keep_bytes(
    content: Content,
    name: str,
    recognised: Callable[[BinaryIO, str], FileKind],
    at_most: int | None = None,
) -> StoredFile:
    """Write the bytes, make them durable, then write the row if there is none."""
    store = configured_store()
    with store.incoming() as file:
        sha256, size = _receive(file, content, name, at_most or largest())
        kind = recognised(file, name)
        store.keep(file, key_of(current_tenant_id(), sha256))
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": kind.media_type}
    )
    return stored


def _receive(file: BinaryIO, content: Content, name: str, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for block in (content,) if isinstance(content, bytes) else content:
        size += len(block)
        if size > limit:
            raise too_large(name, limit)
        digest.update(block)
        file.write(block)
    file.flush()
    if not size:
        raise refused(name, EMPTY)
    return digest.hexdigest(), size


def _any(file: BinaryIO, name: str) -> FileKind:
    try:
        return recognise(file, name)
    except Invalid:
        return OTHER
