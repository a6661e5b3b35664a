"""Two starts at the same time: the second waits until the first has installed."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from dev_tools.places import STATE


@contextmanager
def exclusive() -> Iterator[None]:
    """Hold the lock of this working copy. The kernel frees it when the holder dies."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("另一个 ./dev 正在准备环境，等它完成……", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
