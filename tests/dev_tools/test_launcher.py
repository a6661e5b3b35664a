"""What `./dev` says when it cannot go on."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def dev(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(cwd / "dev"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_busy_port_is_refused_before_anything_is_installed():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = dev("run", "--port", str(port))
    assert result.returncode == 1
    assert f"端口 {port} 已被占用" in result.stderr
    assert f"--port {port + 1}" in result.stderr


def test_a_port_that_cannot_exist_is_named():
    assert "99999" in dev("run", "--port", "99999").stderr


def test_an_old_python_is_told_what_to_install(tmp_path):
    """The launcher believes that it runs on 3.9 and finds no other interpreter."""
    shutil.copy(ROOT / "dev", tmp_path / "dev")
    program = (
        "import sys, runpy; sys.version_info = (3, 9, 2); sys.argv = ['dev', 'run'];"
        f"runpy.run_path({str(tmp_path / 'dev')!r}, run_name='__main__')"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"PATH": str(tmp_path)},
        check=False,
    )
    assert result.returncode == 1
    assert "需要 Python 3.11" in result.stderr


def test_the_launcher_is_readable_by_an_old_python():
    import ast

    ast.parse((ROOT / "dev").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("command", ["run", "test", "check", "lock", "build", "manage"])
def test_help_names_every_command(command):
    assert command in dev("--help").stdout


def test_an_unknown_check_is_named_with_the_known_ones():
    from dev_tools.check_steps import chosen
    from dev_tools.places import StepFailed

    with pytest.raises(StepFailed, match=r"ruf.*ruff"):
        chosen(["ruf"])


def test_an_environment_in_a_chinese_folder_starts_whatever_the_locale(tmp_path):
    """As `./dev` makes it, but without downloads: an empty one with the project's path file."""
    from dev_tools.install import point_relatively

    folder = tmp_path / "创文 克隆"
    environment = folder / ".venv"
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True, timeout=60
    )
    (folder / "kept.py").write_text("print('found')")
    (site,) = environment.glob("lib/python*/site-packages")
    point_relatively(site / "_chuangwen.pth", folder)
    started = subprocess.run(
        [environment / "bin" / "python", "-c", "import kept"],
        env={"LC_ALL": "POSIX"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (started.stdout, started.stderr) == ("found\n", "")


def test_a_step_ends_with_the_launcher_that_began_it():
    """Or it would go on installing while the next start begins anew."""
    program = (
        "import sys; from dev_tools.processes import run_quietly;"
        "run_quietly('a-test', [sys.executable, '-c', 'import time; time.sleep(300)'], advice='')"
    )
    launcher = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    below = Path(f"/proc/{launcher.pid}/task/{launcher.pid}/children")
    try:
        deadline = time.monotonic() + 30
        # A child just forked has no words of its own yet, so its number alone is not enough.
        while not (step := running(below, "sleep")) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert step
    finally:
        launcher.kill()
        launcher.wait()
    deadline = time.monotonic() + 10
    while is_running(step) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(step)


def running(children: Path, word: str) -> str:
    """The number of the child whose command line has `word`; empty while there is none."""
    for pid in children.read_text().split():
        try:
            if word in Path(f"/proc/{pid}/cmdline").read_text():
                return pid
        except (FileNotFoundError, ProcessLookupError):
            continue
    return ""


def is_running(pid: str) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
