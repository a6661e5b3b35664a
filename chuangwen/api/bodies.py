"""Reading what a program sends: all of what it announced, or it counts as not sent."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, UnreadablePostError

from chuangwen.files.actions.photos import Span
from chuangwen.kit.errors import ChuangwenError

BLOCK = 128 * 1024
RANGE = re.compile(r"bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})")


class BadRequest(ChuangwenError):
    """The request does not say what it must."""

    status = 400


class LengthRequired(ChuangwenError):
    """Without a length nobody could tell whether everything arrived."""

    status = 411


def length_of(request: HttpRequest) -> int:
    """Return how many bytes were announced. Raises LengthRequired."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
        raise LengthRequired("请求没有写明长度（Content-Length），无法核对是否完整。")
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def span_of(request: HttpRequest) -> Span:
    """Return which part of a file is sent. Raises BadRequest for a range that does not fit."""
    length = length_of(request)
    if not length:
        raise BadRequest("没有收到内容。请重传。")
    header = request.headers.get("Content-Range")
    if header is None:
        return Span(0, length, length)
    match = RANGE.fullmatch(header.strip())
    first, last, total = (int(one) for one in match.groups()) if match else (0, 0, 0)
    if not first <= last < total or last - first + 1 != length:
        raise BadRequest(f"Content-Range“{header[:60]}”与内容的长度不符。")
    return Span(first, last + 1, total)


def blocks_of(request: HttpRequest) -> Iterator[bytes]:
    """Yield the body as it arrives. Where the line breaks it ends: what came before is kept."""
    try:
        while block := request.read(BLOCK):
            yield block
    except UnreadablePostError:
        return


def drain(request: HttpRequest) -> None:
    """Take what is still sent from the line: nobody listens to an answer before."""
    for _ in blocks_of(request):
        pass


def whole_body(request: HttpRequest, most: int) -> bytes:
    """Return the body, cut one byte beyond `most`. Raises BadRequest when it ended too soon."""
    length, found = length_of(request), b""
    parts = []
    size = 0
    for block in blocks_of(request):
        if size <= most:
            parts.append(block)
        size += len(block)
    found = b"".join(parts)
    if size < length:
        raise BadRequest("内容没有传完。请重传。")
    return found[: most + 1]


def json_object(request: HttpRequest, most: int = 64 * 1024) -> dict[str, Any]:
    """Return the JSON object that was sent, empty for none. Raises BadRequest."""
    if request.content_type != "application/json":
        return {}
    body = whole_body(request, most)
    if not body:
        return {}
    try:
        found = json.loads(body) if len(body) <= most else None
    except (ValueError, RecursionError) as error:
        raise BadRequest("内容不是 JSON。") from error
    if not isinstance(found, dict):
        raise BadRequest("内容不是 JSON 对象，或太长。")
    return found
