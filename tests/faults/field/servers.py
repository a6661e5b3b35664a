"""Several web servers on one district, as `chuangwen serve` starts them, killed in turn."""

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time

from chuangwen.operations.serving import Service, _commands, claim_port
from tests.ops.installation import ROOT, Installation

READY_SECONDS = 90
# From its first line up to the first one that is not indented: the error itself.
TRACEBACK = re.compile(
    r"^Traceback \(most recent call last\):\n(?:[ \t].*\n|\n)*\S.*", re.MULTILINE
)


class Server:
    """One granian with its web process, in a process group of its own."""

    def __init__(self, installation: Installation, number: int = 0, bug: str = "") -> None:
        self.installation, self.bug = installation, bug
        self.log = installation.data.parent / f"server-{number}.log"
        self.port = claim_port("127.0.0.1", 0)
        self.process: subprocess.Popen[bytes] | None = None
        self.is_up = threading.Event()

    def start(self) -> None:
        """Start and come back at once; `wait` waits until it answers."""
        (command,) = _commands(Service("127.0.0.1", self.port, with_jobs=False))
        environment = {**self.installation.environment, "CHUANGWEN_EMAIL_URL": ""}
        environment["DJANGO_SETTINGS_MODULE"] = "chuangwen.settings"
        if self.bug:
            command = [*command[:-1], "tests.faults.field.planted:application"]
            environment["FIELD_PLANTED_BUG"] = self.bug
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command[1:]],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it answers."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError(f"the server ended by itself: {self.process.returncode}")
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            with contextlib.suppress(OSError, http.client.HTTPException):
                line.request("GET", "/health/")
                if line.getresponse().status == 200:
                    self.is_up.set()
                    return
            line.close()
            time.sleep(0.02)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """kill -9, the web process and its parent at once."""
        self.is_up.clear()
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Servers:
    """A handful of them, so that phones find one while another comes back."""

    def __init__(self, installation: Installation, count: int, bug: str = "") -> None:
        self.all = [Server(installation, number, bug) for number in range(count)]

    def __enter__(self) -> "Servers":
        for server in self.all:
            server.start()
        for server in self.all:
            server.wait()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self.all:
            server.kill()

    def ports(self) -> list[int]:
        """Return the ports of those that answered last time."""
        return [server.port for server in self.all if server.is_up.is_set()]

    def tracebacks(self) -> list[str]:
        """Return what the servers have said about defects, each kind once."""
        found: dict[str, str] = {}
        for server in self.all:
            if server.log.is_file():
                for one in TRACEBACK.findall(server.log.read_text(errors="replace")):
                    found.setdefault(one.rpartition("\n")[2], one)
        return list(found.values())
