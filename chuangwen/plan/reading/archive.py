"""Opens the zip containers of office files without trusting what they say about themselves."""

from __future__ import annotations

import io
import zipfile
import zlib

from .errors import UnreadableDocument

LIMIT_ENTRIES = 5_000
LIMIT_TOTAL = 200 * 1024 * 1024  # decompressed bytes of a whole file
LIMIT_PART = 50 * 1024 * 1024  # of one part that is parsed
RATIO_FROM = 10 * 1024 * 1024  # smaller parts may be as repetitive as they like
LIMIT_RATIO = 150  # deflate reaches 1,032; office files stay below 50
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """A zip file all of whose parts were decompressed once, within the limits.

    Sizes are counted on the bytes that come out, never taken from the headers. Raises
    UnreadableDocument (damaged, encrypted, zip_bomb) and nothing else.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._size = len(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise self.damaged() from error
        if len(entries) > LIMIT_ENTRIES:
            raise self._bomb(f"内含 {len(entries)} 个部件")
        self._entries = {_normal(entry.filename): entry for entry in entries if not entry.is_dir()}
        self._check(entries)

    def __contains__(self, part: str) -> bool:
        return _normal(part) in self._entries

    def names(self) -> list[str]:
        """Names of all parts in lower case, without a leading slash."""
        return list(self._entries)

    def read(self, part: str) -> bytes:
        """Bytes of a part, at most 50 MB; empty when there is no such part."""
        entry = self._entries.get(_normal(part))
        if entry is None:
            return b""
        chunks: list[bytes] = []
        self._stream(entry, LIMIT_PART, chunks)
        return b"".join(chunks)

    def repacked(self) -> bytes:
        """The checked parts without media in a new container, for libraries that open files.

        What two programs see in one crafted zip may differ; in this one it cannot.
        """
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
            for name, entry in self._entries.items():
                if "/media/" not in name:
                    target.writestr(entry.filename.replace("\\", "/"), self.read(name))
        return buffer.getvalue()

    def damaged(self) -> UnreadableDocument:
        """The error for a container or part that is broken."""
        return UnreadableDocument(
            "damaged", f"“{self.name}”已损坏，无法打开。请在 Word 或 WPS 中打开并另存后再导入。"
        )

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        total = 0
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED:
                raise UnreadableDocument(
                    "encrypted", f"“{self.name}”已加密。请取消密码后另存再导入。"
                )
            if entry.compress_type not in _METHODS:
                raise self.damaged()
            total += self._stream(entry, LIMIT_TOTAL - total, None)
            if total > RATIO_FROM and total > LIMIT_RATIO * self._size:
                raise self._bomb(f"解压后超过原文件的 {LIMIT_RATIO} 倍")

    def _stream(self, entry: zipfile.ZipInfo, limit: int, chunks: list[bytes] | None) -> int:
        count = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    count += len(chunk)
                    if count > limit:
                        raise self._bomb(f"解压后超过 {limit // 1048576} MB")
                    if count > RATIO_FROM and count > LIMIT_RATIO * max(1, entry.compress_size):
                        raise self._bomb(f"解压后超过原文件的 {LIMIT_RATIO} 倍")
                    if chunks is not None:
                        chunks.append(chunk)
        except UnreadableDocument:
            raise
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as e:
            raise self.damaged() from e
        return count

    def _bomb(self, what: str) -> UnreadableDocument:
        return UnreadableDocument(
            "zip_bomb", f"“{self.name}”{what}，不是正常的办公文件，没有导入。请核对文件来源。"
        )


def _normal(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
