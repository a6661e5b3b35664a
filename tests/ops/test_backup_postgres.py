"""The same promises on PostgreSQL, where the database is replaced in one transaction."""

import signal

from tests.ops.installation import Installation
from tests.ops.test_restore_killed import kill_during_restore


def test_replace_brings_the_old_state_back(on_postgres: Installation, tmp_path):
    photo = on_postgres.store_file(b"photo", "ab12")
    on_postgres.run("backup", str(tmp_path / "b.tar.gz"))
    on_postgres.rename_unit("区发改局", "区发展和改革局")
    photo.unlink()
    assert "--replace" in on_postgres.run("restore", str(tmp_path / "b.tar.gz"), code=1)
    on_postgres.run("restore", str(tmp_path / "b.tar.gz"), "--replace")
    assert "区发改局" in on_postgres.units()
    assert photo.read_bytes() == b"photo"
    assert "完整" in on_postgres.run("audit", "verify")
    assert "No planned migration operations" in on_postgres.run("manage", "migrate", "--plan")


def test_files_come_back_and_lost_ones_are_named(on_postgres: Installation, tmp_path):
    stored = on_postgres.stored_notice()
    on_postgres.run("backup", str(tmp_path / "whole.tar.gz"))
    stored.unlink()
    on_postgres.run("backup", str(tmp_path / "lacking.tar.gz"))
    printed = on_postgres.run("restore", str(tmp_path / "lacking.tar.gz"), "--replace")
    assert stored.name in printed
    printed = on_postgres.run("restore", str(tmp_path / "whole.tar.gz"), "--replace")
    assert "缺失" not in printed
    assert "完整" in on_postgres.run("files", "verify")


def test_a_file_damaged_before_the_backup_replaces_no_whole_one(on_postgres, tmp_path):
    stored = on_postgres.stored_notice()
    whole = stored.read_bytes()
    stored.chmod(0o600)
    stored.write_bytes(b"damaged")
    on_postgres.run("backup", str(tmp_path / "b.tar.gz"))
    stored.write_bytes(whole)
    assert stored.name in on_postgres.run("restore", str(tmp_path / "b.tar.gz"), "--replace")
    assert stored.read_bytes() == whole


def test_killed_before_the_transaction_the_old_state_stays(on_postgres, tmp_path):
    on_postgres.run("backup", str(tmp_path / "b.tar.gz"))
    on_postgres.rename_unit("区发改局", "区发展和改革局")
    how = "postgres_tools.replace_everything = die;"
    kill_during_restore(on_postgres, how, str(tmp_path / "b.tar.gz"))
    assert "区发展和改革局" in on_postgres.units()


def test_a_script_cut_short_changes_nothing(on_postgres, tmp_path):
    on_postgres.run("backup", str(tmp_path / "b.tar.gz"))
    on_postgres.rename_unit("区发改局", "区发展和改革局")
    cut = (
        "whole = postgres_tools.prepare_replacement\n"
        "def cut(entry, copy, script):\n"
        "    whole(entry, copy, script)\n"
        "    content = script.read_bytes()\n"
        "    script.write_bytes(content[: len(content) // 2])\n"
        "postgres_tools.prepare_replacement = cut\n"
    )
    program = (
        "from chuangwen import cli; from chuangwen.commands import start_django; start_django()\n"
        "from chuangwen.operations import postgres_tools\n"
        f"{cut}"
        f"cli.main(['restore', {str(tmp_path / 'b.tar.gz')!r}, '--replace'])\n"
    )
    assert on_postgres.python(program).returncode != -signal.SIGKILL
    assert "区发展和改革局" in on_postgres.units()


def test_a_backup_of_sqlite_is_refused(on_postgres, installation, tmp_path):
    installation.run("backup", str(tmp_path / "sqlite.tar.gz"))
    printed = on_postgres.run("restore", str(tmp_path / "sqlite.tar.gz"), "--replace", code=1)
    assert "sqlite" in printed
    assert "区发改局" in on_postgres.units()
