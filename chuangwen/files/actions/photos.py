"""Photos that a phone sends under their own hash, in one request or in several."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from chuangwen.audit.actions import Author
from chuangwen.files import partials
from chuangwen.files.actions.waiting import await_derivatives
from chuangwen.files.errors import NotAPicture, OtherBytes, TooLarge
from chuangwen.files.kinds import FileKind, recognise
from chuangwen.files.kinds.refusals import too_large
from chuangwen.files.limits import largest
from chuangwen.files.models import StoredFile
from chuangwen.files.stores import configured_store
from chuangwen.files.stores.base import key_of
from chuangwen.kit.errors import Invalid
from chuangwen.tenancy.scope import current_tenant_id

CHUNK = 2**20


@dataclass(frozen=True)
class Span:
    """Which part of a file of `total` bytes a request carries: from `start` up to `end`."""

    start: int
    end: int
    total: int


@dataclass(frozen=True)
class Arrival:
    """How many bytes have arrived by now; with its row once they are all there."""

    offset: int
    stored: StoredFile | None = None


def receive_photo(*, sha256: str, span: Span, content: Iterable[bytes], by: Author) -> Arrival:
    """Keep a part of a photo, or the whole; with the last byte it is checked and stored.

    Raises TooLarge before anything is written, WrongOffset for a part that does not follow,
    OtherBytes when the hash is another, NotAPicture for other content, a cut or an endless picture:
    of the last two nothing stays. Bytes that end too soon stay and can be gone on from.
    """
    limit = largest()
    if span.total > limit:
        raise TooLarge(too_large("照片", limit).message)
    if by.account_id is None:
        raise ValueError("photos come from somebody's phone")
    with partials.part(by.account_id, sha256, span.start) as file:
        digest = _digest_of_the_beginning(file, span.start)
        offset = span.start
        for block in content:
            wanted = block[: span.end - offset]
            file.write(wanted)
            digest.update(wanted)
            offset += len(wanted)
            if offset == span.end:
                break
        if offset < span.total:
            return Arrival(offset)
        file.flush()
        try:
            kind = _checked(file, digest.hexdigest(), sha256)
        except (OtherBytes, NotAPicture):
            _discard(file)
            raise
        configured_store().keep(file, key_of(current_tenant_id(), sha256))
        _discard(file)  # a remote store copies; a local one has renamed it
    return Arrival(offset, _row(sha256, offset, kind))


def _discard(file: BinaryIO) -> None:
    Path(file.name).unlink(missing_ok=True)
    file.close()


def _digest_of_the_beginning(file: BinaryIO, length: int) -> "hashlib._Hash":
    digest = hashlib.sha256()
    file.seek(0)
    while length > 0 and (block := file.read(min(CHUNK, length))):
        digest.update(block)
        length -= len(block)
    return digest


def _checked(file: BinaryIO, found: str, promised: str) -> FileKind:
    if found != promised:
        raise OtherBytes("收到的内容与校验值不符，可能在传输中损坏，已作废。请从头重传。")
    try:
        kind = recognise(file, "照片")
    except Invalid as error:
        raise NotAPicture(error.message) from error
    if not kind.is_image:
        raise NotAPicture("收到的不是照片（JPG、PNG、WebP、HEIC）。请在测评页面内拍照。")
    file.seek(0, os.SEEK_END)
    return kind


def _row(sha256: str, size: int, kind: FileKind) -> StoredFile:
    with transaction.atomic():
        stored, is_new = StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": size, "media_type": kind.media_type}
        )
        if is_new:
            await_derivatives(stored)
    return stored
