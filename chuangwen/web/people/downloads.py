"""Sending a spreadsheet."""

import io
from urllib.parse import quote

from django.http import HttpResponse

from chuangwen.reports.sheets import Book, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_download(book: Book, name: str) -> HttpResponse:
    """Return the book as a file to save, under its Chinese name (RFC 6266)."""
    target = io.BytesIO()
    write_xlsx(book, target)
    return HttpResponse(target.getvalue(), content_type=XLSX, headers=attachment(name))


def attachment(name: str) -> dict[str, str]:
    """Return the header that makes a browser save the answer as `name`."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
