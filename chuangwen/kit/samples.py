"""Whether what is being written is sample activity, which every page marks as 演示数据.

The demonstration writes through the same actions as people do; inside `sampling()` the rows of
models with an `is_sample` field carry the mark from their birth.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SAMPLE = "演示数据"  # what exports write beside sample rows
_sampling: ContextVar[bool] = ContextVar("sampling", default=False)


@contextmanager
def sampling() -> Iterator[None]:
    """Mark everything that is created inside as sample activity."""
    token = _sampling.set(True)
    try:
        yield
    finally:
        _sampling.reset(token)


def is_sampling() -> bool:
    """Tell whether sample activity is being written; the default of every `is_sample` field."""
    return _sampling.get()
