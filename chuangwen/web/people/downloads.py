"""Sending a spreadsheet."""

from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, HttpResponseBase

from chuangwen.reports.sheets import Book, write_xlsx

IN_MEMORY = 2**20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_download(book: Book, name: str) -> HttpResponseBase:
    """Return the book as a file to save, under its Chinese name (RFC 6266).

    A long one is on disk, and sent from there: memory does not grow with it.
    """
    target = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write_xlsx(book, cast(BinaryIO, target))
    size = target.tell()
    target.seek(0)
    if size <= IN_MEMORY:
        with target:
            return HttpResponse(target.read(), content_type=XLSX, headers=attachment(name))
    return FileResponse(target, content_type=XLSX, headers=attachment(name))


def attachment(name: str) -> dict[str, str]:
    """Return the header that makes a browser save the answer as `name`."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
