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


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


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


def test_when_the_worker_dies_the_service_ends_with_an_error(installation):
    with serving(installation) as (process, _address):
        below = children(process.pid)
        os.kill(below[1], signal.SIGKILL)
        assert process.wait(timeout=PATIENCE) == 1
        assert wait_for_end(below) == []


def test_killing_the_supervisor_leaves_no_orphans(installation):
    with serving(installation) as (process, _address):
        below = children(process.pid)
        process.kill()
        assert wait_for_end(below) == []


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


def test_an_unusable_setting_is_named_with_its_value(installation):
    installation.settings["CHUANGWEN_DATABASE_URL"] = "mysql://x"
    assert "mysql://x" in installation.run("serve", "--port", "0", code=1)
