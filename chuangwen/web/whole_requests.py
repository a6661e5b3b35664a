"""Requests are answered by a thread once they are whole; until then the event loop takes them in.

A thread that waits for a slow line does nothing else. When it was given a request as soon as its
head had come, four phones with a bad signal, or one stranger with four sockets, stopped all pages.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings

from chuangwen.web.body_limit import BLOCK, DRAINED, Application, Environ

THREADS = 4  # requests wait for the database, not for the processor
IN_MEMORY = 1024 * 1024  # a photo, a sealed record, a form; what is longer waits on the disk
SILENT_SECONDS = 60  # a line that brings nothing for so long is broken
SLOWEST = 1024  # bytes a second, on average after the first so many seconds
GRACE_SECONDS = 60

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Body:
    """What came of a request's body. It ends with OSError where the line broke."""

    def __init__(self, most: int) -> None:
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self.most, self.seen, self.is_whole = most, 0, False

    def take(self, data: bytes) -> None:
        """Keep what comes, one byte beyond the limit: that it is too long has to be seen."""
        self.file.write(data[: max(0, self.most + 1 - self.seen)])
        self.seen += len(data)

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes, or the rest."""
        return self._checked(self.file.read(size), size)

    def readline(self, size: int = -1) -> bytes:
        """Return a line, or at most so many bytes of it."""
        return self._checked(self.file.readline(size), size)

    def close(self) -> None:
        """Give memory or disk back."""
        self.file.close()

    def _checked(self, data: bytes, size: int) -> bytes:
        if not data and size and not self.is_whole:
            raise OSError("the line broke before the body was whole")
        return data


class WholeRequests:
    """An ASGI application before a WSGI one."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="request")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        limit: int = settings.CHUANGWEN_REQUEST_LIMIT
        body = Body(limit)
        try:
            await _take_in(body, receive, limit)
            body.file.seek(0)
            loop = asyncio.get_running_loop()

            def tell(message: Message) -> None:
                asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result()

            job = partial(_answer, self.application, environ_of(scope, body), tell)
            for message in await loop.run_in_executor(self.threads, job):
                await send(message)
        finally:
            body.close()


async def _take_in(body: Body, receive: Receive, limit: int) -> None:
    """Take in what comes, until all is there, the line breaks, or it is not worth waiting for."""
    begun = time.monotonic()
    while body.seen <= DRAINED * limit:
        try:
            async with asyncio.timeout(SILENT_SECONDS):
                message = await receive()
        except TimeoutError:
            return
        if message["type"] != "http.request":
            return
        body.take(message.get("body", b""))
        if not message.get("more_body"):
            body.is_whole = True
            return
        waited = time.monotonic() - begun - GRACE_SECONDS
        if waited > 0 and body.seen < waited * SLOWEST:
            return


async def _sent(send: Send, message: Message) -> None:
    await send(message)


def _answer(
    application: Application, environ: Environ, tell: Callable[[Message], None]
) -> list[Message]:
    """Run in a thread: return the messages of a short answer; a long one is told piece by piece."""
    head: list[Message] = []

    def start(status: str, headers: list[tuple[str, str]], problem: Any = None) -> None:
        told = [(name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in headers]
        head[:] = [{"type": "http.response.start", "status": int(status[:3]), "headers": told}]

    pieces: Iterable[bytes] = application(environ, start)
    try:
        if not getattr(pieces, "streaming", False):
            return [*head, _piece(pieces, more=False)]
        waiting, held = [], 0
        for piece in pieces:
            waiting.append(piece)
            held += len(piece)
            if held >= BLOCK:
                for message in (*head, _piece(waiting, more=True)):
                    tell(message)
                head, waiting, held = [], [], 0
        return [*head, _piece(waiting, more=False)]
    finally:
        close: Callable[[], None] | None = getattr(pieces, "close", None)
        if close is not None:
            close()  # lets Django end the request, and give its connections back


def _piece(pieces: Iterable[bytes], *, more: bool) -> Message:
    return {"type": "http.response.body", "body": b"".join(pieces), "more_body": more}


def environ_of(scope: Message, body: Body) -> Environ:
    """Return a request as WSGI has it."""
    host, port = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_text in scope["headers"]:
        if b"_" in raw_name:  # would pass for the header with a hyphen, which a proxy vouches for
            continue
        name, text = (
            raw_name.decode("latin-1").upper().replace("-", "_"),
            raw_text.decode("latin-1"),
        )
        key = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{text}" if key in environ else text
    return environ
