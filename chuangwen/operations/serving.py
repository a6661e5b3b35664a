"""The web server and the worker as one service: both run, or both end."""

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FrameType

from chuangwen.kit.errors import ChuangwenError
from chuangwen.kit.processes import end_with_parent

GRACE_SECONDS = 20
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Service:
    """How to serve: `workers` web processes, and one process for background jobs."""

    host: str
    port: int
    workers: int = 1
    with_jobs: bool = True


def claim_port(host: str, port: int) -> int:
    """Return the port, or a free one for 0. Raises ChuangwenError when it cannot be had.

    The web server itself shares ports (SO_REUSEPORT), so a second start would silently take half
    of the requests.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise ChuangwenError(_why_not(error, host, port)) from error
        return int(probe.getsockname()[1])


def _why_not(error: Exception, host: str, port: int) -> str:
    if getattr(error, "errno", None) == errno.EADDRINUSE:
        return f"端口 {port} 已被占用（{host}）。请关闭占用它的程序，或用 --port 换一个端口。"
    if getattr(error, "errno", None) == errno.EACCES:
        return f"没有权限使用端口 {port}。请用 1024 以上的端口，并由反向代理转发。"
    return f"无法监听 {host} 的端口 {port}（{error}）。请检查 --host 与 --port。"


def _commands(service: Service) -> list[list[str]]:
    web = [sys.executable, "-m", "chuangwen.operations.web_server", "--interface", "asginl"]
    web += ["--host", service.host, "--port", str(service.port)]
    web += ["--workers", str(service.workers)]
    web += ["--workers-kill-timeout", "15s", "--no-ws", "--log-level", "warning"]
    commands = [[*web, "chuangwen.asgi:application"]]
    if service.with_jobs:
        commands.append([sys.executable, "-m", "chuangwen.cli", "worker"])
    return commands


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own programs
        command,
        stdin=subprocess.DEVNULL,
        process_group=0,  # Ctrl-C reaches this process only, which ends the others in order
        preexec_fn=partial(end_with_parent, os.getpid()),  # noqa: PLW1509 - no threads yet
    )


def serve(service: Service, *, ready: Callable[[], None]) -> int:
    """Run until a signal or until a child ends by itself; return the exit code.

    0 after SIGINT or SIGTERM; 1 when a child ended unasked, so that the service manager restarts
    the whole. `ready` is called once pages are answered.
    """
    asked = False

    def ask(signum: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangwen.settings")
    children = [_start(command) for command in _commands(service)]
    announced = False
    while not asked and all(child.poll() is None for child in children):
        if not announced and _answers(service):
            announced = True
            ready()
        time.sleep(0.2)
    _stop(children)
    return 0 if asked else 1


def _answers(service: Service) -> bool:
    """True when a web process has loaded the program; the port alone is open long before."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(service.host, service.host)  # noqa: S104
    line = http.client.HTTPConnection(host, service.port, timeout=2)
    try:
        line.request("GET", "/health/")
        line.getresponse()  # whatever it says: this machine's name need not be an allowed host
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
    return True


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask the children to finish what they are doing; end those that do not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
