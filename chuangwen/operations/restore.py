"""Bring a backup back: check everything first, then change places in one step."""

import datetime
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

import chuangwen
from chuangwen.files.stores import FOLDER
from chuangwen.files.stores.base import KEY
from chuangwen.kit.durable import sync_directory
from chuangwen.kit.errors import ChuangwenError
from chuangwen.operations import postgres_tools, stores
from chuangwen.operations.archive import Manifest, unpack
from chuangwen.operations.backup import key_fingerprint
from chuangwen.operations.contents import SECRET_KEY, carried_files, has_content
from chuangwen.operations.exchange import exchange
from chuangwen.operations.file_check import absent_files, rows_in_script, rows_in_sqlite
from chuangwen.operations.running import service_stopped


@dataclass(frozen=True)
class Restored:
    """What was brought back. `kept` is where the former data went, if there was any.

    `absent` are hashes of files that were lost already when the backup was made.
    """

    manifest: Manifest
    kept: Path | None
    other_key: bool
    absent: list[str]


def restore_backup(archive: Path, *, replace: bool) -> Restored:
    """Replace database and files by those of `archive`.

    Raises ChuangwenError, with nothing changed, when the archive is damaged or does not fit, when
    the service runs, or when the target holds data and `replace` is False. Killed at any moment,
    it leaves the old state until the one step that makes the new one valid.
    """
    data: Path = settings.CHUANGWEN_DATA
    if not archive.is_file():
        raise ChuangwenError(f"没有找到备份文件“{archive}”。请检查路径。")
    store = stores.configured_store()
    with service_stopped(data), _staging(data) as staging:
        if not replace and (store.has_tables() or has_content(data)):
            raise ChuangwenError(
                f"数据目录“{data}”或数据库中已有内容，没有恢复。确要替换请加 --replace。"
            )
        manifest = unpack(archive, staging)
        _check_fit(manifest, store.kind)
        (staging / "data").mkdir(exist_ok=True)
        kept = None
        if isinstance(store, stores.SqliteStore):
            absent = absent_files(rows_in_sqlite(staging / store.member), manifest.members)
            kept = _into_sqlite(staging, data, store)
        else:
            script = _into_postgres(staging, data, store, manifest)
            absent = absent_files(rows_in_script(script), manifest.members)
    from_environment = not (data / SECRET_KEY).exists() or bool(
        os.environ.get("CHUANGWEN_SECRET_KEY")
    )
    other_key = from_environment and manifest.key_fingerprint != key_fingerprint()
    return Restored(manifest, kept, other_key, absent)


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    """An empty directory beside the data directory; leftovers of killed runs go first."""
    try:
        for leftover in data.parent.glob(f".{data.name}.restoring-*"):
            shutil.rmtree(leftover)
        staging = data.with_name(f".{data.name}.restoring-{os.getpid()}")
        staging.mkdir(mode=0o700)
    except OSError as error:
        raise ChuangwenError(
            f"无法在“{data.parent}”中建立临时目录（{error.strerror}）。"
            "请以该目录的所有者身份运行，或让 CHUANGWEN_DATA 指向它的子目录。"
        ) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _is_damaged(name: str, manifest: Manifest) -> bool:
    """Tell whether a file of the store was damaged already when it was backed up.

    Such a one never replaces what lies in its place, which may be whole.
    """
    is_blob = bool(KEY.fullmatch(name.removeprefix(f"{FOLDER}/")))
    return is_blob and manifest.members[f"data/{name}"] != Path(name).name


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]


def _check_fit(manifest: Manifest, kind: str) -> None:
    if manifest.database != kind:
        raise ChuangwenError(
            f"这份备份来自 {manifest.database}，而当前配置的数据库是 {kind}。"
            "请按备份时的方式设置 CHUANGWEN_DATABASE_URL。"
        )
    if _numbers(manifest.version) > _numbers(chuangwen.__version__):
        raise ChuangwenError(
            f"这份备份由版本 {manifest.version} 生成，当前程序是 {chuangwen.__version__}。"
            "请先升级程序。"
        )


def _into_sqlite(staging: Path, data: Path, store: stores.SqliteStore) -> Path | None:
    """Database, files and key are one directory, so that one exchange makes all of them valid."""
    copy = staging / store.member
    stores.check_sqlite(copy)
    fresh = staging / "data"
    copy.rename(fresh / store.path.name)
    _own_like(data, fresh)
    for folder, _folders, _files in os.walk(fresh):
        sync_directory(Path(folder))
    worth_keeping = store.has_tables() or has_content(data)
    exchange(fresh, data)
    sync_directory(data.parent)
    return _keep(fresh, data) if worth_keeping else None


def _own_like(model: Path, tree: Path) -> None:
    """As root, give everything to the owner of the present data directory."""
    if os.geteuid() != 0:
        return
    owner = model.stat()
    for folder, _folders, files in os.walk(tree):
        for name in (".", *files):
            os.chown(Path(folder, name), owner.st_uid, owner.st_gid)


def _keep(former: Path, data: Path) -> Path:
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = data.with_name(f"{data.name}.before-restore-{stamp}")
    former.rename(kept)
    return kept


def _into_postgres(
    staging: Path, data: Path, store: stores.PostgresStore, manifest: Manifest
) -> Path:
    """Files first, as additions that harm nobody; then the database in one transaction.

    The key comes last: until then the old database is the valid one, and it needs the old key.
    Returns the script that was run.
    """
    script = staging / "replacement.sql"
    postgres_tools.prepare_replacement(store.entry, staging / store.member, script)
    fresh = staging / "data"
    _own_like(data, fresh)
    for path in list(carried_files(fresh)):
        name = path.relative_to(fresh)
        target = data / name
        if path == fresh / SECRET_KEY or (
            target.exists() and _is_damaged(name.as_posix(), manifest)
        ):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for folder, _folders, _files in os.walk(data):  # durable before the rows that name them
        sync_directory(Path(folder))
    postgres_tools.replace_everything(store.entry, script)
    if (fresh / SECRET_KEY).exists():
        (fresh / SECRET_KEY).replace(data / SECRET_KEY)
    sync_directory(data)
    return script
