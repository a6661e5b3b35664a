"""Bad values, and which parameters a page reads.

The latter are noted while it answers, so that a new filter or field is tried without anybody
listing it.
"""

import base64
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from urllib.parse import quote

from django.http import QueryDict

from .world import World

LONG = "长" * 10_000
# As they stand in an address or a form, percent-escapes included.
PARTS = {
    "unknown": "no-such-thing",
    "empty": "",
    "nul": "%00",
    "nul_inside": quote("东\0区"),
    "long": quote(LONG),
    "huge": "9" * 30,
    "endless": "9" * 5000,  # Python refuses to read it as a number
    "negative": "-1",
    "fraction": "1.5",
    "not_a_number": "NaN",
    "wide_digits": quote("１２"),
    "infinity": "1e999",
    "bad_escape": "%FF%FE",
    "surrogate": "%ED%A0%80",
    "half_escape": "%E4%B8%",
    "date": "2021-02-30",
    "far_date": "9999-12-31",
    "first_date": "0001-01-01",
    "nobody": "00000000-0000-0000-0000-000000000000",
    "like": quote("%_\\'\";--"),
    "markup": quote("<script>alert(1)</script>{{ 7*7 }}{% now %}"),
    "lines": quote("a\r\nSet-Cookie: x=1\r\n\r\nb"),
    "right_to_left": quote("\u202ecod.exe\u0000\u2028\ud7ff"),
}


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


KEY = f'"{uuid.uuid4()}"'
# What a list's cursor could hold if somebody made one up.
CURSORS = [
    _cursor(text)
    for value in (
        '"\\ud800"',
        '"\\u0000"',
        '"%s"' % ("9" * 40),
        "1e400",
        "null",
        '"9999-12-31"',
        '"9999-12-31T23:59:59-14:00"',
        '"0001-01-01T00:00:00+14:00"',
    )
    for text in (f"[{value}]", f"[{value},{KEY}]", f"[{value},{value},{KEY}]")
] + [_cursor("[" * 1400), _cursor("{}"), _cursor('"'), "%%%", "=" * 9, "A"]


def plausible(name: str, world: World) -> str:
    """Return a value that a field of this name could well hold."""
    paths, unit = world.east.paths, world.east.units["sibling"].pk
    known = {
        "unit": str(unit),
        "task": str(paths["task"]["own"]["pk"]),
        "part": f"{paths['part']['own']['pk']}:1",
        "pair": f"{unit}:lead",
        "item": str(paths["item"]["review"]["item"]),
        "value": str(paths["value"]["own"]["pk"]),
        "back": "state=&q=" + "x" * 3000,
        "next": "//elsewhere.example/",
    }
    if name in known:
        return known[name]
    if name == "version" or re.search(r"number|weight|position|digits|^value", name):
        return "1"
    if re.search(r"day|_on$|date|_from|until|since", name):
        return "2021-09-15"
    return "文字"


class _NotingDict(dict[str, Any]):
    """What QueryDict.dict() gives, still noting what is asked for."""

    names: set[str]

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.names.add(name)
        return super().get(name, default)


def names_asked(query: QueryDict) -> set[str]:
    """Return the parameters that were asked of this query or form."""
    found: set[str] = query.__dict__.get("names_asked", set())
    return found - {"csrfmiddlewaretoken"}


@contextmanager
def noting_names() -> Iterator[None]:
    """Let every query and form note the parameters that are asked of it."""
    plain = {name: getattr(QueryDict, name) for name in ("__getitem__", "_getlist", "dict")}

    def note(query: QueryDict, name: Any) -> None:
        query.__dict__.setdefault("names_asked", set()).add(name)

    def getitem(self: QueryDict, name: str) -> Any:
        note(self, name)
        return plain["__getitem__"](self, name)

    def getlist(self: QueryDict, name: str, *more: Any, **named: Any) -> Any:
        note(self, name)
        return plain["_getlist"](self, name, *more, **named)

    def contains(self: QueryDict, name: object) -> bool:
        note(self, name)
        return dict.__contains__(self, name)

    def as_dict(self: QueryDict) -> dict[str, Any]:
        noting = _NotingDict(plain["dict"](self))
        noting.names = self.__dict__.setdefault("names_asked", set())
        return noting

    with (
        mock.patch.object(QueryDict, "__getitem__", getitem),
        mock.patch.object(QueryDict, "_getlist", getlist),
        mock.patch.object(QueryDict, "__contains__", contains, create=True),
        mock.patch.object(QueryDict, "dict", as_dict),
    ):
        yield
