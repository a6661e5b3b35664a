"""Photos that a phone sends under their own hash, in one request or in several."""

import hashlib
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from chuangwen.audit.actions import Author
from chuangwen.files import partials
from chuangwen.files.actions.waiting import await_all_derivatives
from chuangwen.files.errors import NotAPicture, OtherBytes, TooLarge
from chuangwen.files.kinds import recognise
from chuangwen.files.kinds.refusals import too_large
from chuangwen.files.limits import largest
from chuangwen.files.models import StoredFile
from chuangwen.files.stores import configured_store
from chuangwen.files.stores.base import key_of
from chuangwen.kit.errors import Invalid
from chuangwen.tenancy.scope import current_tenant_id

CHUNK = 2**20
IMAGES = "image/"


@dataclass(frozen=True)
class Span:
    """Which part of a file of `total` bytes a request carries: from `start` up to `end`."""

    start: int
    end: int
    total: int


@dataclass(frozen=True)
class Arrival:
    """How many bytes have arrived by now, and whether that is all of them."""

    offset: int
    is_whole: bool = False


def receive_photo(*, sha256: str, span: Span, content: Iterable[bytes], by: Author) -> Arrival:
    """Keep a part of a photo, or the whole; with the last byte it is checked and kept for good.

    Its bytes are on disk then. Its name is for certain, and its row is written, with what refers to
    it: see `register_photos`. A power cut before that costs sending it again, and no phone has
    deleted it yet.

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
            _check(file, digest.hexdigest(), sha256)
        except (OtherBytes, NotAPicture):
            _discard(file)
            raise
        configured_store().keep(file, key_of(current_tenant_id(), sha256), settled=False)
        _discard(file)  # a remote store copies; a local one has renamed it
    return Arrival(offset, is_whole=True)


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


def _check(file: BinaryIO, found: str, promised: str) -> None:
    if found != promised:
        raise OtherBytes("收到的内容与校验值不符，可能在传输中损坏，已作废。请从头重传。")
    try:
        kind = recognise(file, "照片")
    except Invalid as error:
        raise NotAPicture(error.message) from error
    if not kind.is_image:
        raise NotAPicture("收到的不是照片（JPG、PNG、WebP、HEIC）。请在测评页面内拍照。")


def register_photos(sha256s: Collection[str]) -> dict[str, StoredFile]:
    """Return the rows of photos that have arrived, locked; write those that have none yet.

    In the transaction of what refers to them, with a constant number of statements. So a phone
    that sends six photos costs one write of the database and not seven. Bytes that nothing refers
    to in the end have no row, and are swept.
    """
    if not sha256s:
        return {}
    found = _rows(sha256s)
    store, tenant = configured_store(), current_tenant_id()
    new = [
        made
        for sha256 in sorted(set(sha256s) - found.keys())
        if store.touch(key_of(tenant, sha256)) and (made := _unnamed(sha256))
    ]
    if new:
        store.settle(key_of(tenant, one.sha256) for one in new)
        StoredFile.objects.bulk_create(new, ignore_conflicts=True)
        found |= _rows([one.sha256 for one in new])
        await_all_derivatives([found[one.sha256] for one in new])
    return found


def _rows(sha256s: Collection[str]) -> dict[str, StoredFile]:
    files = StoredFile.objects.filter(sha256__in=sha256s, media_type__startswith=IMAGES)
    files = files.order_by("pk")
    return {one.sha256: one for one in files.select_for_update(no_key=True)}


def _unnamed(sha256: str) -> StoredFile | None:
    """Return the row to be of bytes in the store; None if they are no photo after all."""
    with configured_store().open(key_of(current_tenant_id(), sha256)) as file:
        try:
            kind = recognise(file, "照片")
        except Invalid:
            return None
        size = file.seek(0, os.SEEK_END)
    return (
        StoredFile(sha256=sha256, size=size, media_type=kind.media_type) if kind.is_image else None
    )
