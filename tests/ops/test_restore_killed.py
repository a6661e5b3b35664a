"""kill -9 at any point of a restore leaves one whole state: the old one until the exchange."""

import signal

import pytest

from tests.ops.installation import Installation

# Each program replaces one function by one that ends the process as a power cut would.
KILL = (
    "import os, signal; from chuangwen import cli; from chuangwen.commands import start_django;"
    "start_django(); from chuangwen.operations import archive, restore, postgres_tools;"
    "die = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL);"
)
RUN = "cli.main(['restore', {archive!r}, '--replace'])"
BEFORE_THE_EXCHANGE = {
    "while the first member is written": "archive._write = die;",
    "when all is unpacked": "archive._checked = die;",
    "after the checks": "restore._into_sqlite = die;",
    "at the exchange": "restore.exchange = die;",
}


@pytest.fixture
def changed(installation: Installation, tmp_path) -> Installation:
    """Backed up, then changed: 区发展和改革局 is the old state, 区发改局 the one of the backup."""
    installation.store_file(b"photo", "ab12")
    installation.run("backup", str(tmp_path / "b.tar.gz"))
    installation.rename_unit("区发改局", "区发展和改革局")
    return installation


def kill_during_restore(installation: Installation, how: str, archive: str) -> None:
    result = installation.python(KILL + how + RUN.format(archive=archive))
    assert result.returncode == -signal.SIGKILL, result.stderr


@pytest.mark.parametrize("how", BEFORE_THE_EXCHANGE.values(), ids=BEFORE_THE_EXCHANGE.keys())
def test_killed_before_the_exchange_the_old_state_stays(changed, tmp_path, how):
    kill_during_restore(changed, how, str(tmp_path / "b.tar.gz"))
    assert "区发展和改革局" in changed.units()
    changed.run("restore", str(tmp_path / "b.tar.gz"), "--replace")
    assert "区发改局" in changed.units()
    assert not list(changed.data.parent.glob(".*restoring*"))


def test_killed_after_the_exchange_the_new_state_is_whole(changed, tmp_path):
    kill_during_restore(changed, "restore._keep = die;", str(tmp_path / "b.tar.gz"))
    assert "区发改局" in changed.units()
    assert (changed.data / "files" / "ab" / "ab12").read_bytes() == b"photo"
    assert "完整" in changed.run("audit", "verify")


def test_a_running_service_is_not_restored_under_its_feet(changed, tmp_path):
    from chuangwen.operations.running import service_runs

    with service_runs(changed.data):
        printed = changed.run("restore", str(tmp_path / "b.tar.gz"), "--replace", code=1)
    assert "请先停止服务" in printed
    assert "区发展和改革局" in changed.units()
