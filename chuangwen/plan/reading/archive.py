"""The zip containers of office files: their parts, and the words for what is wrong with them."""

from __future__ import annotations

import io
import zipfile

from chuangwen.kit.archives import Fault, Limits, UnsafeArchive, ZipContainer

from .errors import UnreadableDocument

LIMITS = Limits(parts=5_000, total=200 * 1024 * 1024, part=50 * 1024 * 1024, ratio=150)


class Archive:
    """A zip file all of whose parts were decompressed once, within the limits.

    Raises UnreadableDocument (damaged, encrypted, zip_bomb) and nothing else.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = ZipContainer(data, LIMITS)
            for _ in self._zip.unpack_all():
                pass
        except UnsafeArchive as error:
            raise self._refusal(error) from error
        entries = self._zip.entries
        self._entries = {_normal(entry.filename): entry for entry in entries if not entry.is_dir()}

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
        try:
            return self._zip.read(entry)
        except UnsafeArchive as error:
            raise self._refusal(error) from error

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

    def _refusal(self, error: UnsafeArchive) -> UnreadableDocument:
        match error.fault:
            case Fault.DAMAGED:
                return self.damaged()
            case Fault.ENCRYPTED:
                return UnreadableDocument(
                    "encrypted", f"“{self.name}”已加密。请取消密码后另存再导入。"
                )
            case Fault.TOO_MANY:
                what = f"内含 {error.number} 个部件"
            case Fault.TOO_LARGE:
                what = f"解压后超过 {error.number // 1048576} MB"
            case Fault.TOO_DENSE:
                what = f"解压后超过原文件的 {error.number} 倍"
        return UnreadableDocument(
            "zip_bomb", f"“{self.name}”{what}，不是正常的办公文件，没有导入。请核对文件来源。"
        )


def _normal(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
