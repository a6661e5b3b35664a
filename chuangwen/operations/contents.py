"""What of the data directory belongs into a backup."""

import os
from collections.abc import Iterator
from pathlib import Path

SECRET_KEY = "secret-key"  # noqa: S105 - a file name
MADE_ANEW = frozenset({"static"})


def carried_files(data: Path) -> Iterator[Path]:
    """Yield every file that cannot be made anew, the database apart.

    Names with a leading dot are locks and unfinished uploads.
    """
    for folder, folders, files in os.walk(data):
        folders[:] = sorted(name for name in folders if _is_carried(Path(folder, name), data))
        for name in sorted(files):
            path = Path(folder, name)
            if _is_carried(path, data) and path.is_file() and not path.is_symlink():
                yield path


def _is_carried(path: Path, data: Path) -> bool:
    at_top = path.parent == data
    if path.name.startswith(".") or (at_top and path.name in MADE_ANEW):
        return False
    return not (at_top and path.name.startswith("chuangwen.sqlite3"))


def has_content(data: Path) -> bool:
    """Tell whether the directory holds more than a freshly made key."""
    return any(path != data / SECRET_KEY for path in carried_files(data))
