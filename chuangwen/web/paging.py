"""Pages of a list without counting it: one row more than shown tells whether there is a next."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Page(Generic[M]):
    """The rows of one page, and the addresses of its neighbours; empty where there is none."""

    rows: list[M]
    number: int
    previous: str
    following: str

    @property
    def text(self) -> str:
        """What stands between the two links; empty when there is one page only."""
        return f"第 {self.number} 页" if self.previous or self.following else ""


def page_of(request: HttpRequest, rows: QuerySet[M], size: int = PAGE_SIZE) -> Page[M]:
    """Return the page that the address asks for by `page`. One query; keeps all other filters."""
    number = _number(request.GET.get("page", ""))
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return Page(
        rows=found[:size],
        number=number,
        previous=_address(request, number - 1) if number > 1 else "",
        following=_address(request, number + 1) if len(found) > size else "",
    )


def _number(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 6):
        return 1
    return min(max(int(raw), 1), LAST_PAGE)


def _address(request: HttpRequest, number: int) -> str:
    parameters = request.GET.copy()
    parameters["page"] = str(number)
    return f"?{parameters.urlencode()}"
