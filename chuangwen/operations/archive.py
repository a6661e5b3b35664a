"""The backup file: a gzipped tar whose manifest holds the SHA-256 of every other member.

Layout: `database.sqlite3` or `database.dump`, `data/…` (the data directory without what can be made
anew), and `manifest.json` last. Format 1.
"""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from chuangwen.kit.durable import sync_directory
from chuangwen.kit.errors import ChuangwenError

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024


@dataclass
class Manifest:
    """What the archive claims to hold. `members` maps a name to its SHA-256 in hex."""

    version: str
    created: str
    database: str
    key_fingerprint: str
    format: int = FORMAT
    members: dict[str, str] = field(default_factory=dict)


class ArchiveWriter:
    """Adds files to an open archive and keeps their digests for the manifest."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self.manifest = manifest

    def add(self, name: str, path: Path) -> None:
        """Add one file; its digest is taken from the very bytes that are written."""
        with path.open("rb") as source:
            information = self._tar.gettarinfo(arcname=name, fileobj=source)
            information.uid = information.gid = 0
            information.uname = information.gname = ""
            reader = _Hashing(source)
            self._tar.addfile(information, reader)
        self.manifest.members[name] = reader.hexdigest()


class _Hashing:
    """A reader that remembers the digest of what went through it."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self._digest.update(block)
        return block

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


@contextmanager
def new_archive(target: Path, manifest: Manifest) -> Iterator[ArchiveWriter]:
    """Write `target` completely or not at all; only its owner may read it (it holds secrets)."""
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                writer = ArchiveWriter(tar, manifest)
                yield writer
                _add_manifest(tar, manifest)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(target)
        sync_directory(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    content = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
    information = tarfile.TarInfo(MANIFEST)
    information.size = len(content)
    information.mode = 0o600
    tar.addfile(information, io.BytesIO(content))


def unpack(archive: Path, into: Path) -> Manifest:
    """Unpack below `into` and return the manifest after checking every byte against it.

    Raises ChuangwenError when the file is no backup, was cut or changed, or has members that the
    manifest does not name; `into` then holds rubbish that the caller deletes.
    """
    found: dict[str, str] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(archive, mode="r|gz") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isfile() else None
                if source is None or not _is_safe(member.name) or member.name in found:
                    raise ChuangwenError(f"备份文件含有不该有的内容“{member.name}”，没有恢复。")
                if member.name == MANIFEST:
                    manifest = json.loads(source.read())
                else:
                    found[member.name] = _write(source, into / member.name, member.mode)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise ChuangwenError(
            f"无法读取备份文件“{archive}”（{error}）。请检查文件是否完整，或改用另一份备份。"
        ) from error
    return _checked(archive, manifest, found)


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _write(source: IO[bytes], target: Path, mode: int) -> str:
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode & 0o700 | 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while block := source.read(CHUNK):
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _checked(archive: Path, raw: dict[str, Any] | None, found: dict[str, str]) -> Manifest:
    if raw is None or raw.get("format") != FORMAT:
        raise ChuangwenError(
            f"“{archive}”不是创文的备份文件，或由更新的版本生成。请检查文件，或先升级程序。"
        )
    try:
        manifest = Manifest(**raw)
    except TypeError as error:
        raise ChuangwenError(f"“{archive}”的清单无法识别（{error}）。请改用另一份备份。") from error
    claimed = manifest.members
    wrong = sorted(
        name for name in claimed.keys() | found.keys() if claimed.get(name) != found.get(name)
    )
    if wrong:
        raise ChuangwenError(
            f"备份文件“{archive}”已损坏或被改动：{len(wrong)} 个成员与清单不符，如“{wrong[0]}”。"
            "没有恢复任何内容。请改用另一份备份。"
        )
    return manifest
