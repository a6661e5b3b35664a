"""What a store of bytes can do. Keys are `tenant/ab/abcdef…`: the hash is the name."""

import datetime
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

KEY = re.compile(r"[0-9a-f]{32}/([0-9a-f]{2})/\1[0-9a-f]{62}")


def key_of(tenant_id: uuid.UUID, sha256: str) -> str:
    """Return where the bytes lie. Every tenant has its own: one can leave without the others."""
    return f"{tenant_id.hex}/{sha256[:2]}/{sha256}"


@dataclass(frozen=True)
class Held:
    """A key in the store and when its bytes were last written."""

    key: str
    written_at: datetime.datetime


class BlobStore(Protocol):
    """Bytes by key. Whatever is there under a key is whole."""

    def incoming(self) -> AbstractContextManager[BinaryIO]:
        """Open a temporary file to write and read; it is gone at the end unless kept."""

    def keep(self, file: BinaryIO, key: str, *, settled: bool = True) -> None:
        """Make an incoming file durable under its key; from then on it survives a power cut.

        Not `settled`: the bytes do, and the name from `settle` on.

        Keeping the same bytes again writes them again: that mends a damaged copy, and tells the
        sweep that they are wanted.
        """

    def settle(self, keys: Iterable[str]) -> None:
        """Make names durable that were kept without."""

    def touch(self, key: str) -> bool:
        """Tell whether the bytes are there, and the sweep that they are wanted from now on."""

    def open(self, key: str) -> BinaryIO:
        """Open for reading, seekable. Raises FileNotFoundError."""

    def holdings(self) -> Iterator[Held]:
        """Yield everything that is there."""

    def remove_orphan(self, key: str, *, older_than: datetime.datetime) -> bool:
        """Delete bytes that no row names, unless somebody has just written them again."""

    def clear_leftovers(
        self, *, older_than: datetime.datetime, is_named: Callable[[str], bool]
    ) -> int:
        """Delete what interrupted work has left behind; return how many."""
