"""A throw-away PostgreSQL cluster for tests and benchmarks: local socket only, gone at the end."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from dev_tools.places import StepFailed

INSTALLED = Path("/usr/lib/postgresql")
# Nothing in the cluster outlives the run, so nothing has to reach the disk.
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (*UNSAFE_BUT_FAST, "listen_addresses=", "max_connections=60", "max_wal_size=2GB")
START_SECONDS = 30
SOCKET_DIRECTORY = "/tmp"  # noqa: S108 - a socket path may have 107 characters; TMPDIR can be longer


def find_binaries() -> Path:
    """The newest server's program folder. Raises StepFailed when there is no server."""
    folders = [path for path in INSTALLED.glob("*/bin") if (path / "initdb").is_file()]
    if folders:
        return max(folders, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    if found and shutil.which("postgres"):
        return Path(found).resolve().parent
    raise StepFailed(
        "没有找到 PostgreSQL 服务器程序（initdb）。请安装：apt-get install postgresql。"
    )


def _account() -> str | None:
    """PostgreSQL refuses to run as root; Debian's package makes the account `postgres`."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError as error:
        raise StepFailed(
            "以 root 运行时需要系统账号 postgres。请安装：apt-get install postgresql。"
        ) from error


def _end_with_parent() -> None:
    """Ask Linux to end the server when this process dies, however it dies."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGQUIT)


def _run_as(account: str | None) -> dict[str, object]:
    return {"user": account, "group": account, "extra_groups": []} if account else {}


def _initialise(binaries: Path, data: Path, account: str | None) -> None:
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    result = subprocess.run(  # type: ignore[call-overload]
        command, capture_output=True, text=True, check=False, cwd="/", **_run_as(account)
    )
    if result.returncode != 0:
        raise StepFailed(f"initdb 失败：{result.stderr.strip()}")


def _wait_until_ready(binaries: Path, socket: Path, server: subprocess.Popen[bytes]) -> None:
    command = [str(binaries / "pg_isready"), "-q", "-h", str(socket), "-U", "postgres"]
    for _ in range(START_SECONDS * 10):
        if subprocess.run(command, check=False).returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise StepFailed(f"PostgreSQL 没有启动：{(socket / 'server.log').read_text(errors='replace')}")


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """Start a cluster and yield the URL of its database `postgres`; stop and delete it afterwards.

    Raises StepFailed when no server is installed or it does not start.
    """
    binaries, account = find_binaries(), _account()
    home = Path(tempfile.mkdtemp(prefix="chuangwen-postgres-", dir=SOCKET_DIRECTORY))
    server: subprocess.Popen[bytes] | None = None
    try:
        if account:
            shutil.chown(home, account, account)
        _initialise(binaries, home / "data", account)
        command = [str(binaries / "postgres"), "-D", str(home / "data"), "-k", str(home)]
        for setting in SETTINGS:
            command += ["-c", setting]
        with (home / "server.log").open("wb") as log:
            server = subprocess.Popen(  # type: ignore[call-overload]
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,  # Ctrl-C is ours to handle
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - one thread here
                **_run_as(account),
            )
        _wait_until_ready(binaries, home, server)
        yield f"postgresql://postgres@/postgres?host={quote(str(home))}"
    finally:
        if server is not None:
            server.send_signal(signal.SIGQUIT)  # immediate: the data is thrown away
            server.wait(timeout=START_SECONDS)
        shutil.rmtree(home, ignore_errors=True)
