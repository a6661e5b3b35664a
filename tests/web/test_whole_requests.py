"""A request gets a thread when all of it is there; what the line does meanwhile holds up nobody."""

import asyncio
import time

import pytest

from chuangwen.web import whole_requests
from chuangwen.web.whole_requests import THREADS, WholeRequests

LIMIT = 1000


@pytest.fixture(autouse=True)
def limit(settings):
    settings.CHUANGWEN_REQUEST_LIMIT = LIMIT


def echo(environ, start):
    """Answer what was read, and whether the line broke."""
    try:
        read = b""
        while data := environ["wsgi.input"].read(100):
            read += data
    except OSError:
        read += b" (broke off)"
    start("200 OK", [("Content-Type", "text/plain")])
    return [read]


def scope(**headers):
    return {
        "type": "http",
        "method": "PUT",
        "path": "/点位/",
        "query_string": b"a=1",
        "http_version": "1.1",
        "server": ("127.0.0.1", 80),
        "client": ("10.0.0.7", 4711),
        "headers": [
            (name.encode(), text.encode()) for name, texts in headers.items() for text in texts
        ],
    }


async def asked(application, *pieces, **headers):
    """Send the pieces, or wait for the event among them; return the messages of the answer."""
    waiting, told = list(pieces), []

    async def receive():
        piece = waiting.pop(0)
        if isinstance(piece, asyncio.Event):
            await piece.wait()
            piece = b""
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": bool(waiting)}

    async def send(message):
        told.append(message)

    await application(scope(**headers), receive, send)
    return told


def body_of(told):
    return b"".join(one.get("body", b"") for one in told)


def test_the_answer_goes_out_as_it_was_given():
    head, *rest = asyncio.run(asked(WholeRequests(echo), b"ab", b"cd"))
    assert (head["status"], head["headers"]) == (200, [(b"content-type", b"text/plain")])
    assert body_of(rest) == b"abcd"
    assert not rest[-1].get("more_body")


def test_slow_lines_hold_no_thread():
    async def many():
        application, end = WholeRequests(echo), asyncio.Event()
        slow = [asyncio.create_task(asked(application, b"x", end)) for _ in range(THREADS * 5)]
        quick = await asyncio.wait_for(asked(application, b"quick"), 5)
        assert not any(one.done() for one in slow)
        end.set()
        return body_of(quick), [body_of(one) for one in await asyncio.gather(*slow)]

    quick, slow = asyncio.run(many())
    assert quick == b"quick"
    assert slow == [b"x"] * THREADS * 5


def test_what_came_before_the_line_broke_is_handed_on_as_broken():
    assert body_of(asyncio.run(asked(WholeRequests(echo), b"half", None))) == b"half (broke off)"


def test_a_silent_line_counts_as_broken(monkeypatch):
    monkeypatch.setattr(whole_requests, "SILENT_SECONDS", 0.01)

    async def silent():
        return await asked(WholeRequests(echo), b"half", asyncio.Event())

    assert body_of(asyncio.run(silent())) == b"half (broke off)"


def test_a_line_slower_than_the_slowest_counts_as_broken(monkeypatch):
    monkeypatch.setattr(whole_requests, "GRACE_SECONDS", -10)  # as if it had gone on so long
    monkeypatch.setattr(whole_requests, "SLOWEST", 20)
    assert body_of(asyncio.run(asked(WholeRequests(echo), b"half", b""))) == b"half (broke off)"
    enough = b"y" * 500
    assert b"broke" not in body_of(asyncio.run(asked(WholeRequests(echo), enough, b"")))


def test_no_more_is_kept_than_shows_that_it_is_too_long():
    told = asyncio.run(asked(WholeRequests(echo), b"z" * LIMIT, b"z" * LIMIT, b"z"))
    assert body_of(told) == b"z" * (LIMIT + 1)


def test_a_long_answer_goes_out_in_pieces_and_is_closed():
    closed = []

    class Long:
        streaming = True

        def __iter__(self):
            yield from [b"l" * 100_000] * 6

        def close(self):
            closed.append(time.monotonic())

    def application(environ, start):
        start("200 OK", [])
        return Long()

    told = asyncio.run(asked(WholeRequests(application), b""))
    assert body_of(told) == b"l" * 600_000
    assert len(told) > 2
    assert len(closed) == 1


def test_headers_are_those_that_wsgi_knows():
    seen = {}

    def application(environ, start):
        seen.update(environ)
        start("204 No Content", [])
        return []

    headers = {
        "content-type": ["text/plain"],
        "x-forwarded-for": ["1.1.1.1", "2.2.2.2"],
        "x_forwarded_for": ["9.9.9.9"],
        "cookie": ["a=1", "b=2"],
    }
    asyncio.run(asked(WholeRequests(application), b"", **headers))
    assert seen["CONTENT_TYPE"] == "text/plain"
    assert seen["HTTP_X_FORWARDED_FOR"] == "1.1.1.1,2.2.2.2"  # none passes for another
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert (seen["REMOTE_ADDR"], seen["QUERY_STRING"]) == ("10.0.0.7", "a=1")
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/点位/"
