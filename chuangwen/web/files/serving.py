"""Answering with stored bytes: in pieces, resumable, unchanged ones not at all."""

from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from chuangwen.files.models import StoredFile
from chuangwen.files.names import disposition, with_suffix
from chuangwen.files.queries import open_file
from chuangwen.web.files.ranges import NotSatisfiable, wanted_range

BLOCK = 64 * 1024
# What a stored file may do inside a browser: nothing. Browsers refuse their own PDF viewer inside a
# sandbox, so a PDF gets the same ban on scripts without it.
SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
FOR_PDF = "default-src 'self'; script-src 'none'; frame-ancestors 'none'"


def answer_with(
    request: HttpRequest, file: StoredFile, *, name: str, inline: bool = False
) -> HttpResponseBase:
    """Return the file, a part of it, or 304. The caller has checked that the viewer may have it."""
    tag = f'"{file.sha256}"'
    headers = _headers(file, name, inline=inline and (file.kind.shown or file.kind.is_image))
    headers["ETag"] = tag
    if _matches(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=_without_type(headers))
    try:
        part = wanted_range(_range_header(request, tag), file.size)
    except NotSatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    first, last = part or (0, file.size - 1)
    headers["Content-Length"] = str(last - first + 1)
    if part is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    status = 206 if part else 200
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    pieces = _pieces(open_file(file), first, last)
    return StreamingHttpResponse(pieces, status=status, headers=headers)


def _headers(file: StoredFile, name: str, *, inline: bool) -> dict[str, str]:
    """`no-cache`: kept by the browser, but asked about each time, for rights may have ended."""
    media_type = "text/plain; charset=utf-8" if file.media_type == "text/plain" else file.media_type
    is_pdf = file.media_type == "application/pdf"
    return {
        "Content-Type": media_type,
        "Content-Disposition": disposition(with_suffix(name, file.kind.suffixes), inline=inline),
        "Content-Security-Policy": FOR_PDF if is_pdf else SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
        "Accept-Ranges": "bytes",
    }


def _without_type(headers: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in headers.items() if key != "Content-Disposition"}


def _matches(header: str, tag: str) -> bool:
    return tag in {each.strip().removeprefix("W/") for each in header.split(",")}


def _range_header(request: HttpRequest, tag: str) -> str:
    """A part of another version would not fit: If-Range must name this one."""
    condition = request.headers.get("If-Range", "")
    return request.headers.get("Range", "") if condition in {"", tag} else ""


def _pieces(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with file:
        file.seek(first)
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
