"""Bytes behind Django's storage interface; S3-compatible storage is the one that is configured.

An object appears whole or not at all, so there is nothing to rename; names are as on disk.
"""

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import Storage

from chuangwen.files.stores.base import KEY, BlobStore, Held

IN_MEMORY = 2 * 2**20  # beyond, a file being read or written lies in a temporary file


class RemoteStore:
    """Any Django storage that overwrites by name."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    @contextmanager
    def incoming(self) -> Iterator[BinaryIO]:
        """Open a temporary file of this machine."""
        with tempfile.TemporaryFile() as file:
            yield cast(BinaryIO, file)

    def keep(self, file: BinaryIO, key: str, *, settled: bool = True) -> None:
        """Send the object; the answer says that it is stored."""
        file.seek(0)
        saved = self.storage.save(key, File(file))
        if saved != key:  # a storage that renames would hold the bytes where no row looks
            self.storage.delete(saved)
            raise OSError(f"the storage renamed {key} to {saved}; it must overwrite")

    def settle(self, keys: Iterable[str]) -> None:
        """An object that is stored has its name."""

    def touch(self, key: str) -> bool:
        """Only ask: the time of writing cannot be changed (docs/rooms/files.md says what of it)."""
        return self.storage.exists(key)

    def open(self, key: str) -> BinaryIO:
        """Open the object; missing objects are found out here and not at the first read."""
        if not self.storage.exists(key):
            raise FileNotFoundError(key)
        return cast(BinaryIO, self.storage.open(key, "rb"))

    def holdings(self) -> Iterator[Held]:
        """List three levels deep; whatever is not named like a key is not ours."""
        for tenant in sorted(self._folders("")):
            for start in sorted(self._folders(tenant)):
                folder = f"{tenant}/{start}"
                for name in sorted(self.storage.listdir(folder)[1]):
                    key = f"{folder}/{name}"
                    if KEY.fullmatch(key):
                        yield Held(key, self.storage.get_modified_time(key))

    def remove_orphan(self, key: str, *, older_than: datetime.datetime) -> bool:
        """Ask for the time of writing once more, then delete."""
        if self.storage.get_modified_time(key) >= older_than:
            return False
        self.storage.delete(key)
        return True

    def clear_leftovers(
        self, *, older_than: datetime.datetime, is_named: Callable[[str], bool]
    ) -> int:
        """Temporary files have no name here: the system deletes them when a process dies."""
        return 0

    def _folders(self, path: str) -> list[str]:
        return self.storage.listdir(path)[0]


def s3_store(bucket: str, endpoint: str) -> BlobStore:
    """Return the store in a bucket. Keys come from the environment, as every S3 tool reads them."""
    from storages.backends.s3 import S3Storage  # noqa: PLC0415 - extra `s3`

    options: dict[str, Any] = {"bucket_name": bucket, "location": "files"}
    options |= {"file_overwrite": True, "default_acl": None, "max_memory_size": IN_MEMORY}
    if endpoint:
        options["endpoint_url"] = endpoint
    return RemoteStore(S3Storage(**options))
