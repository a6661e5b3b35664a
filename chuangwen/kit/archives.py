"""Opening zip containers that somebody sent, without trusting what they say about themselves.

Office files are such containers. What is too much differs from caller to caller, and so do the
words for it; the checks are the same and stand here.
"""

import enum
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

# Cut, altered, encrypted, or packed by a method that Python lacks or that meets other bytes than
# its own: the standard library has a class of its own for each.
UNREADABLE_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
RATIO_FROM = 10 * 1024 * 1024  # smaller contents may be as repetitive as they like
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what office programs write


class Fault(enum.Enum):
    """What is wrong with a container."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY = "too_many"  # parts
    TOO_LARGE = "too_large"  # after unpacking
    TOO_DENSE = "too_dense"  # unpacks to more than any office file does


class UnsafeArchive(Exception):
    """A container that is not opened further. `number` tells how much was too much, if known."""

    def __init__(self, fault: Fault, number: int = 0) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.number = number


@dataclass(frozen=True)
class Limits:
    """How many parts, how many bytes all of them and one of them may unpack to, and how many
    times the packed bytes that may be (deflate reaches 1,032; texts of office files stay below 50,
    tables of equal rows do not)."""

    parts: int
    total: int
    part: int
    ratio: int | None = None


class ZipContainer:
    """A zip file whose directory was read. Raises UnsafeArchive and nothing else.

    Sizes are counted on the bytes that come out, never taken from the headers.
    """

    def __init__(self, source: bytes | BinaryIO, limits: Limits) -> None:
        self.limits = limits
        file = BytesIO(source) if isinstance(source, bytes) else source
        try:
            self._zip = zipfile.ZipFile(file)
            self.entries = self._zip.infolist()
            self._size = file.seek(0, 2)
        except UNREADABLE_ZIP as error:
            raise UnsafeArchive(Fault.DAMAGED) from error
        if len(self.entries) > limits.parts:
            raise UnsafeArchive(Fault.TOO_MANY, len(self.entries))

    def unpack_all(self) -> Iterator[tuple[zipfile.ZipInfo, Iterator[bytes]]]:
        """Go through all parts once; raise for encryption, foreign methods, and too many bytes.

        A part whose bytes the caller does not take is unpacked and counted all the same.
        """
        total = 0
        for entry in self.entries:
            if entry.flag_bits & _ENCRYPTED:
                raise UnsafeArchive(Fault.ENCRYPTED)
            if entry.compress_type not in _METHODS:
                raise UnsafeArchive(Fault.DAMAGED)
            counted = _Counted(self.chunks(entry, self.limits.total - total))
            yield entry, counted
            for _ in counted:
                pass
            total += counted.number
            self._refuse_dense(total, self._size)

    def chunks(self, entry: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
        """Unpack one part piece by piece, up to `limit` bytes."""
        count = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    count += len(chunk)
                    if count > limit:
                        raise UnsafeArchive(Fault.TOO_LARGE, limit)
                    self._refuse_dense(count, max(1, entry.compress_size))
                    yield chunk
        except UNREADABLE_ZIP as error:
            raise UnsafeArchive(Fault.DAMAGED) from error

    def read(self, entry: zipfile.ZipInfo) -> bytes:
        """Return one part, up to the limit of one."""
        return b"".join(self.chunks(entry, self.limits.part))

    def _refuse_dense(self, count: int, packed: int) -> None:
        ratio = self.limits.ratio
        if ratio is not None and count > RATIO_FROM and count > ratio * packed:
            raise UnsafeArchive(Fault.TOO_DENSE, ratio)


class _Counted:
    """Chunks, and how many bytes of them were taken."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.number = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = next(self._chunks)
        self.number += len(chunk)
        return chunk
