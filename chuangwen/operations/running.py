"""A lock that tells whether the service runs on a data directory."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chuangwen.kit.errors import ChuangwenError

LOCK = ".running"


@contextmanager
def service_runs(data: Path) -> Iterator[None]:
    """Held by every `chuangwen serve`; the kernel frees it when the process ends."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / LOCK).open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ChuangwenError("正在恢复备份，暂时不能启动。请等恢复完成。") from error
        yield


@contextmanager
def service_stopped(data: Path) -> Iterator[None]:
    """Held while the data directory is replaced. Raises ChuangwenError when the service runs."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / LOCK).open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ChuangwenError(
                f"数据目录“{data}”正由运行中的服务使用。请先停止服务，再恢复。"
            ) from error
        yield
