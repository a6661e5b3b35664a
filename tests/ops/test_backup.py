"""Backup and restore bring everything back, or change nothing."""

import gzip
import io
import json
import sqlite3
import stat
import tarfile
from pathlib import Path

import pytest

from tests.ops.installation import Installation

PHOTO = b"\x89PNG \xe5\xae\x9e\xe6\x99\xaf"
PHOTO_NAME = "ab12cd34"


@pytest.fixture
def archive(installation: Installation, tmp_path: Path) -> Path:
    installation.store_file(PHOTO, PHOTO_NAME)
    target = tmp_path / "备份.tar.gz"
    installation.run("backup", str(target))
    return target


def rewrite(archive: Path, change) -> None:
    """Write the archive again with `change(name, content)` applied; None drops the member."""
    with tarfile.open(archive) as tar:
        members = [(item.name, tar.extractfile(item).read()) for item in tar]
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in members:
            changed = change(name, content)
            if changed is not None:
                information = tarfile.TarInfo(name)
                information.size = len(changed)
                tar.addfile(information, io.BytesIO(changed))


def backups_marked(installation: Installation) -> int:
    with sqlite3.connect(installation.data / "chuangwen.sqlite3") as database:
        count = "SELECT count(*) FROM operations_mark WHERE kind = 'backup'"
        return database.execute(count).fetchone()[0]


def test_a_database_of_an_older_version_is_backed_up_before_its_upgrade(installation, tmp_path):
    with sqlite3.connect(installation.data / "chuangwen.sqlite3") as database:
        database.execute("DROP TABLE operations_mark")
    installation.run("backup", str(tmp_path / "b.tar.gz"))
    new = Installation(tmp_path / "新机器")
    new.run("restore", str(tmp_path / "b.tar.gz"))
    assert new.units() == installation.units()


def test_a_new_machine_gets_database_files_and_key(archive, installation, tmp_path):
    assert backups_marked(installation) == 1  # the overview page tells when
    new = Installation(tmp_path / "新机器")
    new.run("restore", str(archive))
    assert backups_marked(new) == 0
    assert new.units() == installation.units()
    assert (new.data / "files" / "ab" / PHOTO_NAME).read_bytes() == PHOTO
    assert (new.data / "secret-key").read_text() == (installation.data / "secret-key").read_text()
    assert "完整" in new.run("audit", "verify")  # the chain's seal needs the old key


def test_stored_files_come_back_with_their_rows(archive, installation, tmp_path):
    new = Installation(tmp_path / "新机器")
    assert "缺失" not in new.run("restore", str(archive))
    assert new.stored_notice().read_bytes() == installation.stored_notice().read_bytes()
    assert "个文件，完整" in new.run("files", "verify")


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"other")])
def test_files_lost_before_the_backup_are_named_at_restore(installation, tmp_path, harm):
    lost = installation.stored_notice()
    harm(lost)
    installation.run("backup", str(tmp_path / "b.tar.gz"))
    new = Installation(tmp_path / "新机器")
    assert lost.name in new.run("restore", str(tmp_path / "b.tar.gz"))
    assert "1 个有问题" in new.run("files", "verify", code=1)


def test_the_archive_can_be_read_by_its_owner_only(archive):
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_a_restored_key_can_be_read_by_its_owner_only(archive, tmp_path):
    new = Installation(tmp_path / "新机器")
    new.run("restore", str(archive))
    assert stat.S_IMODE((new.data / "secret-key").stat().st_mode) == 0o600


def test_an_existing_archive_is_never_overwritten(archive, installation):
    before = archive.read_bytes()
    assert "没有覆盖" in installation.run("backup", str(archive), code=1)
    assert archive.read_bytes() == before


def test_a_backup_is_consistent_while_somebody_writes(installation, tmp_path):
    with sqlite3.connect(installation.data / "chuangwen.sqlite3") as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE people_unit SET name = '写到一半' || id")
        printed = installation.run("backup", str(tmp_path / "b.tar.gz"))
        writer.rollback()
    assert "没有记下时间" in printed  # the writer kept the database busy to the end
    new = Installation(tmp_path / "新机器")
    new.run("restore", str(tmp_path / "b.tar.gz"))
    assert new.units() == installation.units()


def test_a_target_with_data_is_refused_without_replace(archive, installation):
    installation.rename_unit("区发改局", "区发展和改革局")
    assert "--replace" in installation.run("restore", str(archive), code=1)
    assert "区发展和改革局" in installation.units()


def test_replace_brings_the_old_state_back_and_keeps_the_former(archive, installation):
    installation.rename_unit("区发改局", "区发展和改革局")
    installation.store_file(b"later", "ff00")
    printed = installation.run("restore", str(archive), "--replace")
    assert "区发改局" in installation.units()
    assert not (installation.data / "files" / "ff" / "ff00").exists()
    (kept,) = installation.data.parent.glob("*.before-restore-*")
    assert str(kept) in printed
    assert (kept / "files" / "ff" / "ff00").read_bytes() == b"later"


DAMAGE = {
    "one byte of the database": lambda name, content: (
        content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]
        if name == "database.sqlite3"
        else content
    ),
    "a file is missing": lambda name, content: None if name.startswith("data/files") else content,
    "a file was exchanged": lambda name, content: (
        b"other" if name.startswith("data/files") else content
    ),
    "no manifest": lambda name, content: None if name == "manifest.json" else content,
    "manifest without the database": lambda name, content: (
        json.dumps({**json.loads(content), "members": {}}).encode()
        if name == "manifest.json"
        else content
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_changed_archive_is_refused_and_nothing_changes(archive, installation, damage):
    installation.rename_unit("区发改局", "区发展和改革局")
    rewrite(archive, damage)
    installation.run("restore", str(archive), "--replace", code=1)
    assert "区发展和改革局" in installation.units()
    assert not list(installation.data.parent.glob(".*restoring*"))


@pytest.mark.parametrize("kept", [0, 0.001, 0.5, 0.95])
def test_a_cut_archive_is_refused(archive, installation, kept):
    content = archive.read_bytes()
    archive.write_bytes(content[: int(len(content) * kept)])
    assert "备份" in installation.run("restore", str(archive), "--replace", code=1)


def test_a_member_that_points_outside_is_refused(archive, installation, tmp_path):
    with tarfile.open(archive, "w:gz") as tar:
        information = tarfile.TarInfo("../../evil")
        information.size = 1
        tar.addfile(information, io.BytesIO(b"x"))
    assert "evil" in installation.run("restore", str(archive), "--replace", code=1)
    assert not (tmp_path.parent / "evil").exists()


def test_another_kind_of_file_is_refused(installation, tmp_path):
    other = tmp_path / "通知.gz"
    other.write_bytes(gzip.compress("关于印发……的通知".encode()))
    assert "无法读取备份文件" in installation.run("restore", str(other), "--replace", code=1)


def test_a_backup_of_a_later_version_is_refused(archive, installation):
    def later(name, content):
        if name != "manifest.json":
            return content
        return json.dumps({**json.loads(content), "version": "99.0"}).encode()

    rewrite(archive, later)
    assert "请先升级程序" in installation.run("restore", str(archive), "--replace", code=1)


def test_an_empty_installation_has_nothing_to_back_up(tmp_path):
    empty = Installation(tmp_path / "空")
    assert "没有可备份的内容" in empty.run("backup", str(tmp_path / "b.tar.gz"), code=1)
    assert not (tmp_path / "b.tar.gz").exists()
