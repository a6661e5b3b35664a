"""Small marks in the data directory: what happened last, and when. Names with a dot are not backed
up, so a restored installation starts without them."""

import datetime
from pathlib import Path

from django.conf import settings

WORKER, BACKUP = ".worker-alive", ".last-backup"


def stamp(name: str) -> None:
    """Note that it happened now."""
    folder: Path = settings.CHUANGWEN_DATA
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).touch()


def stamped_at(name: str) -> datetime.datetime | None:
    """Return when it happened last; None if never, as far as this data directory knows."""
    folder: Path = settings.CHUANGWEN_DATA
    try:
        seconds = (folder / name).stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)
