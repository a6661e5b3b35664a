"""The one clock. Demonstrations and tests set the day; everything else asks here.

UTC is stored; people and deadlines live in Asia/Shanghai.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_earlier: ContextVar[datetime.date | None] = ContextVar("earlier", default=None)


def now() -> datetime.datetime:
    """Return the present moment, aware, in UTC. Never moved by the demonstration day."""
    return datetime.datetime.now(datetime.UTC)


def today() -> datetime.date:
    """Return the working day of the campaign: CHUANGWEN_TODAY if set, else the date in Shanghai."""
    fixed: datetime.date | None = _earlier.get() or settings.CHUANGWEN_TODAY
    return fixed or now().astimezone(SHANGHAI).date()


@contextmanager
def as_on(day: datetime.date) -> Iterator[None]:
    """Let it be `day` inside: the demonstration has people act on days before its own."""
    token = _earlier.set(day)
    try:
        yield
    finally:
        _earlier.reset(token)


def is_fixed() -> bool:
    """Tell whether the day is pinned by a setting, so that pages can say so."""
    return settings.CHUANGWEN_TODAY is not None
