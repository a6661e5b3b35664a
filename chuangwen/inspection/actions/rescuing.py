"""Taking a rescue file in: what a phone has exported because it cannot send.

The same way as by the line: known records are passed over, the others confirmed or quarantined.
"""

import contextlib
import hashlib
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.photos import Span, receive_photo
from chuangwen.files.errors import NotAPicture, OtherBytes, TooLarge
from chuangwen.files.limits import largest
from chuangwen.files.queries import arrived
from chuangwen.inspection.actions.confirming import confirm
from chuangwen.inspection.enums import RecordState
from chuangwen.inspection.errors import OtherRecord
from chuangwen.inspection.keeping import hold_photo, keep_record
from chuangwen.inspection.models import FieldRecord
from chuangwen.inspection.sealed import HASH, MOST_BYTES, Unreadable, read_sealed
from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer
from chuangwen.kit.errors import Invalid
from chuangwen.kit.typed import identifier
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import actor_named
from chuangwen.tenancy.models import Tenant

MOST_ENTRIES = 3000
MOST_TOTAL = 500 * 2**20  # unpacked, whatever the entries claim
LIMITS = Limits(parts=MOST_ENTRIES, total=MOST_TOTAL, part=MOST_TOTAL)


@dataclass(frozen=True)
class Rescued:
    """What became of one entry, in words; `is_good` if there is nothing to do about it."""

    name: str
    what: str
    is_good: bool = True


def import_rescue(*, file: BinaryIO, by: Actor) -> list[Rescued]:
    """Take photos, then records and drafts; return what became of each and of each bad entry.

    A draft was not sealed: it is set aside, can never be accepted, and counts as no visit.

    Raises Invalid, with nothing taken, for what is no zip file or has absurdly many entries. Each
    record is a transaction of its own: a bad one does not keep the good ones out.
    """
    by.require(Permission.REVIEW_RECORDS)
    try:
        unpacked = _Unpacked(ZipContainer(file, LIMITS))
    except UnsafeArchive as error:
        if error.fault is Fault.TOO_MANY:
            said = f"文件中有 {error.number} 项，超过 {MOST_ENTRIES} 项。请分批导出。"
            raise Invalid(said) from error
        raise Invalid("这不是救援文件，或已损坏。请重新从手机导出 .zip 后再导入。") from error
    found = [*_photos(unpacked, by), *_records(unpacked, by)]
    if not found:
        raise Invalid("文件中没有现场记录。请选择手机导出的“救援-….zip”。")
    _note(found, by)
    return found


@transaction.atomic
def _note(found: list[Rescued], by: Actor) -> None:
    tenant = Tenant.objects.get(pk=by.tenant_id)
    good = sum(one.is_good for one in found)
    record(
        by=by, verb="field_records.rescued", on=tenant, events=len(found), faults=len(found) - good
    )


class _Unpacked:
    """A rescue file, and how much of it may still be unpacked."""

    def __init__(self, container: ZipContainer) -> None:
        self.container, self.left = container, MOST_TOTAL

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        return self.container.entries

    def blocks(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack one entry. Raises Invalid when all together become too large."""
        try:
            for block in self.container.chunks(entry, self.left):
                self.left -= len(block)
                yield block
        except UnsafeArchive as error:
            if error.fault is not Fault.TOO_LARGE:
                raise
            said = f"文件解开后超过 {MOST_TOTAL // 2**20} MB。请分批导出。"
            raise Invalid(said) from error


def _photos(unpacked: _Unpacked, by: Actor) -> Iterator[Rescued]:
    blobs = (one for one in unpacked.entries if _is_blob(one.filename))
    named = {one.filename.removeprefix("blobs/"): one for one in blobs}
    known = set(arrived(list(named)))
    for sha256, entry in named.items():
        if sha256 in known or not entry.file_size:
            continue
        if entry.file_size > largest():
            yield Rescued(entry.filename[:120], "照片太大，没有导入。", is_good=False)
            continue
        try:
            span = Span(0, entry.file_size, entry.file_size)
            content = unpacked.blocks(entry)
            arrival = receive_photo(sha256=sha256, span=span, content=content, by=by)
        except (NotAPicture, OtherBytes, TooLarge, UnsafeArchive) as error:
            said = getattr(error, "message", "已损坏，读不出来。")
            yield Rescued(entry.filename[:120], f"照片没有导入：{said}", is_good=False)
            continue
        if arrival.is_whole:
            hold_photo(sha256=sha256)


def _records(unpacked: _Unpacked, by: Actor) -> Iterator[Rescued]:
    for entry in unpacked.entries:
        name = entry.filename
        if _is_blob(name) or name.endswith("/"):
            continue
        folder, _, file = name.partition("/")
        key = identifier(file.removesuffix(".json"))
        if folder not in _TAKERS or not file.endswith(".json") or key is None:
            yield Rescued(name[:120], "不是救援文件的内容，没有导入。", is_good=False)
            continue
        content = b""
        with contextlib.suppress(UnsafeArchive):
            if entry.file_size <= MOST_BYTES:
                content = b"".join(unpacked.blocks(entry))
        if not content or len(content) > MOST_BYTES:
            yield Rescued(name[:120], "记录读不出来或太长，没有导入。", is_good=False)
            continue
        yield _TAKERS[folder](key, content, by)


def _draft(key: uuid.UUID, content: bytes, by: Actor) -> Rescued:
    """Keep a draft under a number of its own: that of the phone is kept free for the visit that
    may still be sealed. The same state of a draft is kept once."""
    label = f"草稿 {key.hex[-8:]}"
    own = uuid.uuid5(key, hashlib.sha256(content).hexdigest())
    inspector = _inspector(own, content) or by
    with contextlib.suppress(Unreadable):  # which is kept and set aside like any other
        if not read_sealed(content).is_draft:
            return Rescued(label, "封存过，不是草稿，没有导入。请重新导出。", is_good=False)
    received = keep_record(record_id=own, content=content, inspector=inspector, by=by)
    known = "已留存在“待处理”中" if received.is_new else "早已留存"
    lacking = f"，还缺 {len(received.missing)} 张照片" if received.missing else ""
    return Rescued(label, f"{known}{lacking}。草稿没有封存，不算测评，也不能采用。")


def _record(key: uuid.UUID, content: bytes, by: Actor) -> Rescued:
    label = f"记录 {key.hex[-8:]}"
    inspector = _inspector(key, content) or by
    try:
        received = keep_record(record_id=key, content=content, inspector=inspector, by=by)
    except OtherRecord:
        return Rescued(label, "这个编号已有另一份记录，没有导入。", is_good=False)
    before = "" if received.is_new else received.record.state
    if before in (RecordState.COMMITTED, RecordState.DISMISSED):
        return Rescued(label, f"早已收到：{received.record.get_state_display()}。")
    with transaction.atomic():
        kept = FieldRecord.objects.select_for_update().get(pk=key)
        outcome = confirm(kept=kept, inspector=inspector, by=by)
    kept = outcome.record
    if kept.state == RecordState.COMMITTED:
        return Rescued(label, "已确认。")
    if kept.state == RecordState.WAITING:
        return Rescued(label, f"已保存，还缺 {len(outcome.missing)} 张照片。", is_good=False)
    known = "早已收到" if before == RecordState.QUARANTINED else "已保存"
    return Rescued(label, f"{known}，待处理：{kept.reason}", is_good=False)


_TAKERS = {"records": _record, "drafts": _draft}


def _inspector(key: uuid.UUID, content: bytes) -> Actor | None:
    """Who sealed it, with the rights of today, which may be none; of bytes that nobody can read,
    who sent the same ones before. None when the district has no such account."""
    try:
        return actor_named(read_sealed(content).account)
    except Unreadable:
        kept = FieldRecord.objects.filter(pk=key).first()
        return actor_named(kept.account_id) if kept else None


def _is_blob(name: str) -> bool:
    return name.startswith("blobs/") and bool(HASH.fullmatch(name.removeprefix("blobs/")))
