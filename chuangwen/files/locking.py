"""Keeps the sweep away from backups: what a copied database names must still be there to copy."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chuangwen.kit.errors import ChuangwenError

LOCK = ".sweeping"


@contextmanager
def nothing_swept(data: Path) -> Iterator[None]:
    """Held by a backup; waits for a sweep to end. The kernel frees it when the process ends."""
    with _lock(data, fcntl.LOCK_SH):
        yield


@contextmanager
def sweeping(data: Path) -> Iterator[None]:
    """Held by the sweep. Raises ChuangwenError while a backup or another sweep runs."""
    try:
        with _lock(data, fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError as error:
        raise ChuangwenError(
            "正在备份或清理文件库，没有清理。请等它完成后再运行 chuangwen files sweep。"
        ) from error


@contextmanager
def _lock(data: Path, how: int) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with (data / LOCK).open("a") as handle:
        fcntl.flock(handle, how)
        yield
