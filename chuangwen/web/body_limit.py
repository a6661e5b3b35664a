"""Bodies that are too large are answered before anything of them is kept, in memory or on disk.

A declared length is refused at once; a body without one (chunked) is counted while it is read.
What is refused is still taken from the line and thrown away, up to a bound: a browser that cannot
finish sending shows a broken connection instead of the page.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.template.loader import render_to_string

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
DRAINED = 4  # times the limit
BLOCK = 256 * 1024
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]


def megabytes(size: int) -> int:
    """Return a size as people say it, rounded down."""
    return size // 1024 // 1024


class BodyLimit:
    """Stands before the whole application."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        limit: int = settings.CHUANGWEN_REQUEST_LIMIT
        declared = environ.get("CONTENT_LENGTH") or ""
        if declared.isdecimal() and int(declared) > limit:
            _drain(environ["wsgi.input"], DRAINED * limit)
            return self._refuse(environ, start, limit)
        if not declared and "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            # Django reads as much as is declared; the stream ends, or is refused, before.
            environ["wsgi.input"] = Counted(environ["wsgi.input"], limit)
            environ["CONTENT_LENGTH"] = str(limit + 1)
        return self.application(environ, start)

    def _refuse(self, environ: Environ, start: Start, limit: int) -> Iterable[bytes]:
        headers, page = HEADERS, _page(limit)
        if environ.get("PATH_INFO", "").startswith("/api/"):
            said = f"提交的内容超过 {megabytes(limit)} MB，没有保存。"
            headers = [("Content-Type", "application/json"), *HEADERS[1:]]
            page = json.dumps({"message": said}, ensure_ascii=False).encode()
        start("413 Content Too Large", [*headers, ("Content-Length", str(len(page)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]


class Counted:
    """A stream of unknown length that raises when it turns out to be longer than the limit."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self.stream, self.limit, self.seen = stream, limit, 0

    def read(self, size: int = -1) -> bytes:
        """Read at most so many bytes. Raises RequestDataTooBig beyond the limit."""
        rest = self.limit + 1 - self.seen
        return self._counted(self.stream.read(rest if size < 0 else min(size, rest)))

    def readline(self, size: int = -1) -> bytes:
        """Read a line, or at most so many bytes of it. Raises RequestDataTooBig."""
        rest = self.limit + 1 - self.seen
        return self._counted(self.stream.readline(rest if size < 0 else min(size, rest)))

    def _counted(self, data: bytes) -> bytes:
        self.seen += len(data)
        if self.seen > self.limit:
            _drain(self.stream, DRAINED * self.limit)
            raise RequestDataTooBig
        return data


def _page(limit: int) -> bytes:
    return render_to_string("errors/body_too_large.html", {"limit": megabytes(limit)}).encode()


def _drain(stream: BinaryIO, most: int) -> None:
    """Throw away what still comes, at most so much; whoever sends more is cut off."""
    with suppress(OSError):  # the line broke: nobody listens any more
        while most > 0 and (data := stream.read(min(BLOCK, most))):
            most -= len(data)
