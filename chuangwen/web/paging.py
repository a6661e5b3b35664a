"""Pages of a long list. The address carries the last row seen, not a number of rows to skip.

So the hundredth page costs what the first one does, nothing is counted, and a row that somebody
adds meanwhile neither repeats nor hides another. See chuangwen/web/seeking.py for the condition.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from chuangwen.web import seeking

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50
CURSORS = ("after", "before", "page")


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of one page, and the addresses of its neighbours; empty where there is none."""

    rows: list[M]
    number: int
    first: str
    previous: str
    following: str

    @property
    def text(self) -> str:
        """What stands between the two links; empty when there is one page only."""
        return f"第 {self.number} 页" if self.previous or self.following else ""


def page_of(request: HttpRequest, rows: QuerySet[M], size: int = PAGE_SIZE) -> Page[M]:
    """Return the page that the address asks for by `after` or `before`. Keeps all other filters.

    One query; one more when the rows before a cursor have gone. `rows` must be ordered by columns
    or annotations; the key is added as the last one.
    """
    keys = seeking.keys_of(rows)
    rows = seeking.with_key_columns(rows, keys)
    number = _number(request.GET.get("page", ""))
    before = seeking.read_cursor(request.GET.get("before", ""), keys)
    if before is not None:
        found = _some(rows, [key.turned() for key in keys], before, size)
        if len(found) >= size:
            shown = found[size - 1 :: -1]
            return _Turning(request, keys, number).page(shown, len(found) > size, True)
    after = None if before else seeking.read_cursor(request.GET.get("after", ""), keys)
    found = _some(rows, keys, after, size)
    turning = _Turning(request, keys, number if after else 1)
    return turning.page(found[:size], after is not None, len(found) > size)


def _some(
    rows: QuerySet[M], keys: list[seeking.Key], cursor: seeking.Cursor | None, size: int
) -> list[M]:
    if cursor is not None:
        rows = rows.filter(seeking.beyond(keys, cursor))
    return list(rows.order_by(*(key.order() for key in keys))[: size + 1])


@dataclass(frozen=True)
class _Turning:
    """Makes the addresses beside a page."""

    request: HttpRequest
    keys: list[seeking.Key]
    number: int

    def page(self, rows: list[M], has_previous: bool, has_following: bool) -> Page[M]:
        first = self.address() if has_previous else ""
        return Page(
            rows=rows,
            number=self.number,
            first=first,
            previous=self.address("before", rows[0], -1) if has_previous and rows else first,
            following=self.address("after", rows[-1], 1) if has_following else "",
        )

    def address(self, name: str = "", row: Model | None = None, step: int = 0) -> str:
        """Return the same address with another cursor, or with none."""
        parameters = self.request.GET.copy()
        for cursor in CURSORS:
            parameters.pop(cursor, None)
        if row is not None:
            parameters[name] = seeking.cursor_of(row, self.keys)
            parameters["page"] = str(max(self.number + step, 1))
        return f"?{parameters.urlencode()}"


def _number(raw: str) -> int:
    """Read the number that is shown to the reader; it chooses no rows."""
    return max(int(raw), 1) if raw.isascii() and raw.isdigit() and len(raw) <= 6 else 1
