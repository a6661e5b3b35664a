"""Files on their way from a phone in several requests: what has arrived survives a broken line.

A request writes only to a file that it has locked, and the kernel frees the lock however the
process ends. So no second request alters bytes that are about to be kept, a connection that hangs
holds nobody up (the next request begins anew), and a killed server leaves its part to go on from.
"""

import contextlib
import datetime
import fcntl
import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from chuangwen.files.errors import WrongOffset
from chuangwen.tenancy.scope import current_tenant_id

# Beside the local store, so that keeping is renaming; the dot keeps it out of backups.
FOLDER = Path("files", ".incoming", "resumable")


def received(account_id: uuid.UUID, sha256: str) -> int:
    """Return how many bytes of a file have arrived that nobody is writing to now.

    One less where all have, but a kill came before they were kept: the last one, sent again, does.
    """
    sizes = [0]
    for path in _paths(account_id, sha256):
        with _locked(path) as file:
            if file and _size(file):
                is_whole = _sha256(file) == sha256
                sizes.append(_size(file) - is_whole)
    return max(sizes)


@contextmanager
def part(account_id: uuid.UUID, sha256: str, start: int) -> Iterator[BinaryIO]:
    """Open a file that holds the first `start` bytes and nothing else, to write the next ones.

    What is in it at the end stays, on disk for certain, unless it was renamed or deleted and
    closed. Raises WrongOffset when so many bytes have not arrived.
    """
    for path in _paths(account_id, sha256):
        with _locked(path) as file:
            if file and _size(file) >= start:
                with _kept_at_the_end(file, start):
                    yield file
                return
    if start:
        raise WrongOffset(received(account_id, sha256))
    folder = _folder(account_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        path = folder / f"{sha256}.{uuid.uuid4().hex}"
        path.touch(mode=0o600, exist_ok=False)
        with _locked(path) as file:
            # None: the same photo, sent twice at once, took the new file before it was locked,
            # and may have kept it by now under its final name. That one is not touched.
            if file is not None:
                with _kept_at_the_end(file, 0):
                    yield file
                return


def clear_partials(*, older_than: datetime.datetime) -> int:
    """Delete what phones have given up, of all districts; return how many."""
    cleared = 0
    for path in sorted((settings.CHUANGWEN_DATA / FOLDER).glob("*/*/*")):
        with _locked(path) as file:
            if file and os.fstat(file.fileno()).st_mtime < older_than.timestamp():
                path.unlink()
                cleared += 1
    return cleared


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO | None]:
    """Open a part that nobody else writes to; None when there is none such any more."""
    with contextlib.ExitStack() as stack:
        file: BinaryIO | None = None
        with contextlib.suppress(FileNotFoundError, BlockingIOError):
            opened = stack.enter_context(path.open("r+b"))
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Renamed or deleted between opening and locking: it is somebody's kept file now.
            is_there = os.path.samestat(path.stat(), os.fstat(opened.fileno()))
            file = opened if is_there else None
        yield file


@contextmanager
def _kept_at_the_end(file: BinaryIO, start: int) -> Iterator[None]:
    file.truncate(start)
    file.seek(start)
    try:
        yield
    finally:
        if not file.closed:
            file.flush()
            os.fsync(file.fileno())


def _paths(account_id: uuid.UUID, sha256: str) -> list[Path]:
    return sorted(_folder(account_id).glob(f"{sha256}.*"))


def _folder(account_id: uuid.UUID) -> Path:
    root: Path = settings.CHUANGWEN_DATA / FOLDER
    return root / current_tenant_id().hex / account_id.hex


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(2**20):
        digest.update(block)
    return digest.hexdigest()


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size
