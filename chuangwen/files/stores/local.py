"""A directory on this machine that survives kill -9 and power cuts.

Bytes are written to a temporary file, fsynced, renamed to their name, and the directory is fsynced;
only then does the caller write the row. So a row never lacks its bytes, and a file under its final
name is always whole. Names with a leading dot are never part of a backup.
"""

import contextlib
import datetime
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from chuangwen.files.stores.base import KEY, Held
from chuangwen.kit.durable import sync_directory

INCOMING = ".incoming"  # in the same file system as the final places, so that renaming is atomic
PARTIAL, SWEEPING = "partial-", "sweeping-"


class LocalStore:
    """Keeps `root/tenant/ab/abcdef…`, readable by the owner of the process only."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def incoming(self) -> Iterator[BinaryIO]:
        """Open a temporary file; delete it at the end if it was not kept."""
        folder = self.root / INCOMING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{PARTIAL}{uuid.uuid4().hex}"
        with open(path, "x+b", opener=_for_owner_only) as file:
            try:
                yield file
            finally:
                path.unlink(missing_ok=True)

    def keep(self, file: BinaryIO, key: str, *, settled: bool = True) -> None:
        """fsync → rename → fsync the directory, or leave the last to `settle`."""
        file.flush()
        os.fsync(file.fileno())
        target = self.root / key
        self._make_durably(target.parent)
        Path(file.name).rename(target)
        if settled:
            sync_directory(target.parent)

    def settle(self, keys: Iterable[str]) -> None:
        """fsync every directory once; the first one writes the others' names, too."""
        for folder in sorted({(self.root / key).parent for key in keys}):
            sync_directory(folder)

    def touch(self, key: str) -> bool:
        """Make the file young: a sweep that has taken it aside meanwhile sees that, too."""
        try:
            os.utime(self.root / key)
        except FileNotFoundError:
            return False
        return True

    def open(self, key: str) -> BinaryIO:
        """Open the file."""
        return (self.root / key).open("rb")

    def holdings(self) -> Iterator[Held]:
        """Walk the directory; whatever is not named like a key is not ours."""
        for path in sorted(self.root.glob("*/*/*")):
            key = path.relative_to(self.root).as_posix()
            if KEY.fullmatch(key):
                with contextlib.suppress(FileNotFoundError):
                    yield Held(key, _written_at(path))

    def remove_orphan(self, key: str, *, older_than: datetime.datetime) -> bool:
        """Take the file aside first and look again: a file renamed over it meanwhile is young.

        After that nobody can reach it, and whoever stores the same bytes makes a new file.
        """
        target, aside = self.root / key, self._aside(key)
        try:
            if _written_at(target) >= older_than:
                return False
            target.rename(aside)
        except FileNotFoundError:
            return False
        is_old = _written_at(aside) < older_than
        if not is_old:
            self._put_back(aside, target)
        aside.unlink()
        return is_old

    def clear_leftovers(
        self, *, older_than: datetime.datetime, is_named: Callable[[str], bool]
    ) -> int:
        """Delete old temporary files; finish a sweep that died half-way, in favour of the rows."""
        cleared = 0
        for path in sorted((self.root / INCOMING).glob(f"{SWEEPING}*")):
            key = path.name.removeprefix(SWEEPING).replace(".", "/")
            if is_named(key):
                self._put_back(path, self.root / key)
            path.unlink(missing_ok=True)
        for path in sorted((self.root / INCOMING).glob(f"{PARTIAL}*")):
            with contextlib.suppress(FileNotFoundError):
                if _written_at(path) < older_than:
                    path.unlink()
                    cleared += 1
        return cleared

    def _aside(self, key: str) -> Path:
        folder = self.root / INCOMING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / f"{SWEEPING}{key.replace('/', '.')}"

    def _put_back(self, aside: Path, target: Path) -> None:
        with contextlib.suppress(FileExistsError):
            os.link(aside, target)
            sync_directory(target.parent)

    def _make_durably(self, folder: Path) -> None:
        """Make a directory and its parents so that their names survive a power cut."""
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
            sync_directory(each.parent)


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _written_at(path: Path) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
