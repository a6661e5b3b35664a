"""Make a consistent copy of database and files while the service runs."""

import datetime
import hashlib
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

import chuangwen
from chuangwen.files.locking import nothing_swept
from chuangwen.kit.errors import ChuangwenError
from chuangwen.operations import stores
from chuangwen.operations.archive import Manifest, new_archive
from chuangwen.operations.contents import carried_files
from chuangwen.operations.marks import mark
from chuangwen.operations.models import MarkKind

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Summary:
    """What was written: number of files beside the database, and bytes of the archive."""

    files: int
    size: int


def key_fingerprint() -> str:
    """Tells two signing keys apart without giving one away."""
    return hashlib.sha256(b"chuangwen backup\0" + settings.SECRET_KEY.encode()).hexdigest()[:16]


def make_backup(target: Path) -> Summary:
    """Write `target`. Raises ChuangwenError when it exists or a tool is missing.

    The database first: files are immutable and stored before the row that names them, so every
    file that the copied database knows is there when the files are copied afterwards.
    """
    target = target.resolve()
    if target.exists():
        raise ChuangwenError(f"“{target}”已存在，没有覆盖。请换一个文件名。")
    if not target.parent.is_dir():
        raise ChuangwenError(f"目录“{target.parent}”不存在。请先建立它。")
    store = stores.configured_store()
    manifest = Manifest(
        version=chuangwen.__version__,
        created=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        database=store.kind,
        key_fingerprint=key_fingerprint(),
    )
    data: Path = settings.CHUANGWEN_DATA
    files = 0
    with (
        nothing_swept(data),
        tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder,
        new_archive(target, manifest) as archive,
    ):
        copy = Path(folder, store.member)
        store.copy_to(copy)
        archive.add(store.member, copy)
        for path in carried_files(data):
            try:
                archive.add(f"data/{path.relative_to(data).as_posix()}", path)
            except FileNotFoundError:  # erased since it was listed: the erasure counts
                continue
            files += 1
    _leave_mark()
    return Summary(files=files, size=target.stat().st_size)


def _leave_mark() -> None:
    """Note when it was made. The backup is whole whether or not that can be written.

    The database may be busy, read-only, or of an older version that has no marks: backing up is the
    first step of every upgrade.
    """
    try:
        mark(MarkKind.BACKUP)
    except DatabaseError as error:
        logger.warning("备份已完成，但没有记下时间（%s）。“运行状况”页不会显示这次备份。", error)
