"""`chuangwen serve` runs web and worker as one, and stops cleanly."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ops.installation import ROOT, Installation

PATIENCE = 60
# The form's token is looked for in the body, so all of it has to be read.
SLOW_FORM = (
    b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + b"t" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na=b"
)
AT_ONCE = 10  # seconds; a process that missed the signal is killed after 15


@contextmanager
def serving(installation: Installation, *arguments: str) -> Iterator[tuple[subprocess.Popen, str]]:
    """Start on a free port and yield the process and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "chuangwen.cli", "serve", "--port", "0", *arguments],
        cwd=ROOT,
        env={**installation.environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # as in a terminal of its own
    )
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "http://" in line:
                yield process, line.split("：")[1].split()[0]
                return
        pytest.fail("".join(lines))
    finally:
        process.kill()
        process.wait()


def is_healthy(address: str) -> bool:
    """Ask the address that monitoring asks."""
    with urllib.request.urlopen(f"{address}health/") as answer:  # noqa: S310 - our own server
        return answer.status == 200


def sent_in_full(address: str, *, declared: bool) -> int:
    """Send 51 MB before listening to the answer, as browsers do; return its status."""
    host, _, path = address.removeprefix("http://").partition("/")
    line = http.client.HTTPConnection(host, timeout=PATIENCE)
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    if not declared:
        kind["Transfer-Encoding"] = "chunked"
        # Without a token the form is refused before it is read.
        kind |= {"Cookie": f"csrftoken={'t' * 32}", "X-CSRFToken": "t" * 32}
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    blocks = (block for block in (head, *[bytes(2**20)] * 51))
    body = b"".join(blocks) if declared else blocks
    line.request("POST", f"/{path}", body, kind, encode_chunked=not declared)
    answer = line.getresponse()
    assert "没有" in answer.read().decode()
    return answer.status


def children(pid: int) -> list[int]:
    """Process numbers of the children, from the kernel."""
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def descendants(pid: int) -> list[int]:
    """Children, their children and so on: the web server's own processes are among them."""
    found = []
    for child in children(pid):
        found += [child, *descendants(child)]
    return found


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_for_end(pids: list[int]) -> list[int]:
    """Wait until the processes are gone; return those that are not."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(is_alive(pid) for pid in pids):
        time.sleep(0.1)
    return [pid for pid in pids if is_alive(pid)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_a_signal_ends_everything_with_code_0(installation, number):
    with serving(installation) as (process, address):
        assert is_healthy(address)
        assert sent_in_full(f"{address}plan/imports/new/", declared=True) == 413
        assert sent_in_full(f"{address}plan/imports/new/", declared=False) == 413
        below = children(process.pid)
        assert len(below) == 2  # web and worker
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE) == 0
        assert wait_for_end(below) == []


def test_pages_answer_while_twenty_phones_send_slowly(installation):
    with serving(installation, "--no-worker") as (_process, address):
        port = int(address.rsplit(":", 1)[1].strip("/"))
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
        for line in slow:
            line.sendall(SLOW_FORM)
        time.sleep(0.3)  # the server has seen them all
        with urllib.request.urlopen(f"{address}health/", timeout=PATIENCE) as answer:  # noqa: S310
            assert answer.status == 200
        line.sendall(b"c" * 997)  # and a slow one is answered in the end
        assert line.recv(100).startswith(b"HTTP/1.1 403")
        for line in slow:
            line.close()


def test_when_the_worker_dies_the_service_ends_with_an_error(installation):
    with serving(installation) as (process, _address):
        below = children(process.pid)
        os.kill(below[1], signal.SIGKILL)
        assert process.wait(timeout=PATIENCE) == 1
        assert wait_for_end(below) == []


def test_ctrl_c_in_a_terminal_ends_everything_at_once(installation):
    """A terminal signals all processes of its foreground group, not the first alone."""
    with serving(installation) as (process, _address):
        below = descendants(process.pid)
        assert len(below) >= 3  # the web server, its process for requests, the worker
        begun = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
        assert wait_for_end(below) == []
        assert time.monotonic() - begun < AT_ONCE


@pytest.mark.parametrize("delay", [0.0, 0.4])
def test_ctrl_c_while_the_pages_are_loading_is_not_lost(installation, delay):
    process = subprocess.Popen(
        [sys.executable, "-m", "chuangwen.cli", "serve", "--port", "0"],
        cwd=ROOT,
        env=installation.environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while len(below := descendants(process.pid)) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(delay)  # the new process has not loaded the program yet
        begun = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0
        assert wait_for_end(below) == []
        assert time.monotonic() - begun < AT_ONCE
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("victim", ["supervisor", "web server"])
def test_kill_9_leaves_nothing_that_holds_port_or_database(installation, victim):
    with serving(installation) as (process, address):
        below = descendants(process.pid)
        os.kill(process.pid if victim == "supervisor" else below[0], signal.SIGKILL)
        process.wait(timeout=PATIENCE)
        assert wait_for_end(below) == []
    port = address.rsplit(":", 1)[1].strip("/")
    with serving(installation, "--port", port) as (_again, address):
        assert is_healthy(address)


def test_without_worker_there_is_one_child(installation):
    with serving(installation, "--no-worker") as (process, _address):
        assert len(children(process.pid)) == 1


def test_a_busy_port_is_named(installation):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        printed = installation.run("serve", "--port", str(port), code=1)
    assert f"端口 {port} 已被占用" in printed


def test_a_new_database_is_refused_until_migrated(tmp_path):
    new = Installation(tmp_path / "新")
    printed = new.run("serve", "--port", "0", code=1)
    assert "chuangwen serve --migrate" in printed
    with serving(new, "--migrate") as (_process, address):
        assert is_healthy(address)


def test_debugging_is_refused_for_other_machines(installation):
    installation.settings["CHUANGWEN_DEBUG"] = "1"
    printed = installation.run("serve", "--host", "::", "--port", "0", code=1)
    assert "CHUANGWEN_DEBUG=1" in printed


def test_any_host_name_is_refused_outside_a_demonstration(installation):
    installation.settings |= {"CHUANGWEN_DEMONSTRATION": "0", "CHUANGWEN_HOSTS": "*"}
    assert "CHUANGWEN_HOSTS=*" in installation.run("serve", "--port", "0", code=1)


def test_an_unusable_setting_is_named_and_keeps_its_password(installation):
    installation.settings["CHUANGWEN_DATABASE_URL"] = "mysql://account:secret@host/name"
    printed = installation.run("serve", "--port", "0", code=1)
    assert "CHUANGWEN_DATABASE_URL" in printed
    assert "mysql://" in printed
    assert "secret" not in printed
