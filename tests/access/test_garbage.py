"""Whatever is sent to whichever address: never a defect page, and nothing written if refused.

Which parameters a page reads is found out by asking it, so a new address needs no line here.
Each run tries some of the bad values at each place, always the same; CHUANGWEN_THOROUGH=1 tries
all of them everywhere (12,000 requests, some five minutes).
"""

import json
import os
import re
import traceback
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.ledger import ledger

from .garbage import CURSORS, PARTS, names_asked, noting_names, plausible
from .policy import POLICY
from .policy.rules import MISSING, STRANGER
from .world import World

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
# Some fields choose what is done; then the others matter.
T = TypeVar("T")
CHOICES = {
    "decision": ("accept", "return", "confirm", "drop", "edit"),
    "step": ("withdraw", "extend", "change", "-1"),
    "form": ("rule", "clause", "reporter", "reference"),
    "deadline": ("one", "own"),
}
CHINESE = re.compile("[\u4e00-\u9fff]{4}")


@dataclass
class Asker:
    """Asks one address with bad values and collects what is wrong with the answers."""

    world: World
    name: str
    wrong: set[str] = field(default_factory=set)
    query_names: set[str] = field(default_factory=set)
    form_names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        line = POLICY[self.name]
        rules = [*line.POST, *line.rules]
        self.viewer = next(v for rule in rules for v in rule.viewers if v != STRANGER)
        covering = [
            one
            for one in self.world.relations(line.of)
            if any(rule.covers(self.viewer, one) for rule in rules)
        ]
        self.relation = covering[0] if covering else MISSING if line.of else ""
        kwargs = {**self.world.kwargs(line.of, self.relation), **line.path}
        self.path = reverse(self.name, kwargs=kwargs)
        self.base = {
            name: value[0] if isinstance(value, list) else value
            for name, value in line.send(self.world).items()
        }

    def get(self, query: str, case: str) -> None:
        self._ask("GET", query, b"", "", case)

    def post(self, fields: dict[str, str], case: str) -> None:
        """`fields` are percent-escaped already."""
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        self._ask("POST", "", body.encode(), FORM, case)

    def post_raw(self, body: bytes, kind: str, case: str) -> None:
        self._ask("POST", "", body, kind, case)

    def _ask(self, method: str, query: str, body: bytes, kind: str, case: str) -> None:
        browser = self.world.browser(self.viewer)
        browser.raise_request_exception = False
        defects: list[str] = []

        def note(**_: object) -> None:
            last = traceback.format_exc().strip().splitlines()
            places = [text.strip() for text in last if "chuangwen/" in text]
            defects.append(f"{last[-1][:200]} at {places[-1] if places else last[-3].strip()}")

        got_request_exception.connect(note)
        try:
            with transaction.atomic(), ledger() as book:
                path = f"{self.path}?{query}" if query else self.path
                asking = {"data": body, "content_type": kind} if method == "POST" else {}
                answer = browser.generic(method, path, **asking)
                if answer.streaming and not answer.is_async:
                    b"".join(answer)
                transaction.set_rollback(True)
        finally:
            got_request_exception.disconnect(note)
        self._learn(answer)
        self._judge(answer, defects, book.written, f"{method} {case}")

    def _learn(self, answer: HttpResponse) -> None:
        request = answer.wsgi_request
        self.query_names |= names_asked(request.GET)
        if "_post" in request.__dict__:
            self.form_names |= names_asked(request.POST)

    def _judge(
        self, answer: HttpResponse, defects: list[str], written: list[str], case: str
    ) -> None:
        status = answer.status_code
        if defects or status >= 500:
            self.wrong.add(f"{case}: {status} {'; '.join(defects)}")
        elif status >= 400:
            if written:
                self.wrong.add(f"{case}: {status}, yet it wrote: {written[0]}")
            if not CHINESE.search(_body_text(answer)):
                self.wrong.add(f"{case}: {status} without a word of explanation")


def _body_text(answer: HttpResponse) -> str:
    text = b"".join(answer) if answer.streaming else answer.content
    if answer.headers.get("Content-Type") == "application/json":
        return str(json.loads(text))
    main = text.decode(errors="replace").split("<main", 1)[-1].split("</main>", 1)[0]
    return main.encode().decode("unicode_escape", errors="ignore") if "\\u" in main else main


@pytest.fixture(autouse=True)
def _noting(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # in no time
    with noting_names():
        yield


@pytest.mark.parametrize("name", sorted(n for n, line in POLICY.items() if line.GET))
def test_no_query_breaks_a_page(world, name):
    asker = Asker(world, name)
    asker.get("", "plain")
    if not asker.query_names:
        asker.get("no=such&no=parameter&x[]=%FF", "unknown parameters")
    for kind in some(PARTS, 2, name) if asker.query_names else ():
        asker.get(_all(asker.query_names, PARTS[kind]), f"all {kind}")
    for parameter in sorted(asker.query_names):
        for kind in some(PARTS, 1, name + parameter):
            asker.get(f"{parameter}={PARTS[kind]}", f"{parameter} {kind}")
    twice = (f"{one}=1&{one}=2&{one}[]=3&{one}" for one in sorted(asker.query_names))
    asker.get("&".join(twice), "repeated")
    for cursor in some(CURSORS, 3, name) if "after" in asker.query_names else ():
        asker.get(f"after={quote(cursor)}&before=", f"after {cursor[:40]}")
        asker.get(f"before={quote(cursor)}", f"before {cursor[:40]}")
    assert not asker.wrong, "\n".join([name, *sorted(asker.wrong)])


@pytest.mark.parametrize("name", sorted(n for n, line in POLICY.items() if line.POST))
def test_no_form_breaks_a_page(world, name):
    asker = Asker(world, name)
    asker.post({**_quoted(asker.base), "x": "1"}, "plain")
    for kind in some(PARTS, 2, name):
        asker.post(dict.fromkeys((*asker.form_names, "x"), PARTS[kind]), f"all {kind}")
    _try_fields(asker)
    _try_bodies(asker)
    assert not asker.wrong, "\n".join([name, *sorted(asker.wrong)])


def _try_fields(asker: Asker) -> None:
    """Every field in turn, where all others are as they should be."""
    tried: set[tuple[str, str]] = set()
    choosers = [one for one in CHOICES if one in asker.form_names]
    ways = [{c: v} for c in choosers for v in CHOICES[c]] or [{}]
    for way in ways:
        while new := sorted(
            (one, str(way)) for one in asker.form_names if (one, str(way)) not in tried
        ):
            tried |= set(new)
            good = {one: plausible(one, asker.world) for one in asker.form_names}
            good |= asker.base | way
            asker.post(_quoted(good), f"{way} good")
            for parameter, _ in new:
                if parameter in way:
                    continue
                for kind in some(PARTS, 1, asker.name + parameter + str(way)):
                    fields = _quoted(good) | {parameter: PARTS[kind]}
                    asker.post(fields, f"{way} {parameter} {kind}")


def _try_bodies(asker: Asker) -> None:
    bodies = (
        ("broken multipart", "multipart/form-data; boundary=x", b"--x\r\nContent-Disp"),
        ("no boundary", "multipart/form-data", b"--x"),
        ("json", "application/json", b'{"version": 1'),
        ("no form", "text/plain", b"\x00\xff"),
        ("nothing", "", b""),
        ("bad bytes", FORM, b"version=\xff\xfe\x00&\xed\xa0\x80=1"),
        ("wrong charset", f"{FORM}; charset=no-such", b"version=1"),
        ("many fields", FORM, b"&".join(b"f%d=1" % number for number in range(1200))),
    )
    for case, kind, body in some(bodies, 2, asker.name):
        asker.post_raw(body, kind, case)
    names = sorted(asker.form_names)
    asker.post_raw(_multipart(names), "multipart/form-data; boundary=x", "files as fields")
    twice = "&".join(f"{one}=1&{one}=文字&{one}=" for one in names)
    asker.post_raw(twice.encode(), FORM, "repeated")


def _multipart(names: list[str]) -> bytes:
    """Files, with bad names, where fields are expected; and fields where files are."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"; filename="../\x00a\u202e.docx"\r\n'
        "Content-Type: no/such\r\n\r\nPK\x03\x04\r\n"
        for name in (*names, "file", "files")
    ]
    return ("".join(parts) + "--x--\r\n").encode()


def some(values: Iterable[T], number: int, place: str) -> list[T]:
    """Return so many of the values, others at each place and the same in every run."""
    found = list(values)
    if os.environ.get("CHUANGWEN_THOROUGH"):
        return found
    start = zlib.crc32(place.encode())
    return [found[(start + step * 7) % len(found)] for step in range(min(number, len(found)))]


def _all(names: set[str], value: str) -> str:
    return "&".join(f"{name}={value}" for name in sorted(names))


def _quoted(fields: dict[str, object]) -> dict[str, str]:
    return {name: quote(str(value)) for name, value in fields.items()}


@pytest.mark.parametrize("name", sorted(n for n, line in POLICY.items() if line.of or line.path))
def test_no_number_in_the_path_breaks_a_page(world, name):
    asker = Asker(world, name)
    line = POLICY[name]
    kwargs = {**world.kwargs(line.of, asker.relation), **line.path}
    whole = asker.path
    for value in kwargs.values():
        for kind, bad in some(PARTS.items(), 1, name):
            asker.path = whole.replace(str(value), bad)
            asker.get("", f"{asker.path[:60]} {kind}")
    assert not asker.wrong, "\n".join([name, *sorted(asker.wrong)])
