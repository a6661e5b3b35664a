"""Names, titles, reasons and file names that try to be scripts stay texts on every page.

The world's texts are all attacks; every address is asked by everybody who may, and its forms and
queries are filled with attacks too.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from chuangwen.web.files.serving import SANDBOX

from .garbage import names_asked, noting_names
from .hostile import ATTACK, SHOWN, faults_of, plant
from .policy import POLICY
from .policy.rules import MISSING, STRANGER
from .world import World, make_world

pytestmark = pytest.mark.django_db
# No script, no style but our own files; what people attached may do nothing at all (SANDBOX).
CSP = {
    "default-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",  # and the tiles of a map, where a city sets them
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture(scope="module")
def hostile_world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    own_data = override_settings(
        CHUANGWEN_DATA=tmp_path_factory.mktemp("data"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    logging.disable(logging.WARNING)
    with own_data, django_db_blocker.unblock(), transaction.atomic(), noting_names():
        world = make_world()
        assert plant(world) > 300
        yield world
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def paths(world: World, name: str) -> dict[str, str]:
    """Return the address for an object of each kind and state of our district."""
    line = POLICY[name]
    own = world.east.paths[line.of] if line.of else {"": {}}
    missing = {MISSING: world.kwargs(line.of, MISSING)} if line.of else {}
    return {
        relation: reverse(name, kwargs={**kwargs, **line.path})
        for relation, kwargs in {**own, **missing}.items()
    }


def sent(browser: Client, method: str, path: str, fields: dict[str, Any]) -> HttpResponse:
    """Ask once and, if sent on, see the page with its message; what is written is taken back."""
    with transaction.atomic():
        ask = browser.get if method == "GET" else browser.post
        answer = ask(path, fields)
        location = answer.headers.get("Location", "")
        answer.then = browser.get(location) if location.startswith("/") else None
        for one in (answer, answer.then):
            if one is not None and one.streaming:
                one.content_read = b"".join(one)
                one.streaming_content = [one.content_read]
        transaction.set_rollback(True)
    return answer


def found(case: str, answer: HttpResponse) -> list[str]:
    pages = [one for one in (answer, answer.then) if one is not None]
    wrong = [f"{case}: {fault}" for page in pages for fault in faults_of(page)]
    for page in pages:
        policy = page.headers.get("Content-Security-Policy", "")
        if policy != SANDBOX and {part.strip() for part in policy.split(";")} != CSP:
            wrong.append(f"{case}: the policy is “{policy}”")
    return wrong


def viewers(name: str, method: str) -> list[str]:
    """Everybody gets an answer, the refused too; those who may see most come first."""
    rules = getattr(POLICY[name], method)
    named = [viewer for rule in rules for viewer in rule.viewers]
    return list(dict.fromkeys([*named, STRANGER]))


@pytest.mark.parametrize("name", sorted(n for n, line in POLICY.items() if line.GET))
def test_what_is_stored_stays_text(hostile_world, name):
    wrong: list[str] = []
    for viewer in viewers(name, "GET"):
        for relation, path in paths(hostile_world, name).items():
            answer = sent(hostile_world.browser(viewer), "GET", path, {})
            assert answer.status_code < 500
            wrong += found(f"{name} {viewer} {relation}", answer)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize(
    ("name", "method"),
    sorted((n, one) for n, line in POLICY.items() for one in ("GET", "POST") if getattr(line, one)),
)
def test_what_is_sent_stays_text(hostile_world, name, method):
    """The same for what comes back from a query or a form, messages and errors included."""
    wrong: list[str] = []
    viewer = viewers(name, method)[0]
    for relation, path in paths(hostile_world, name).items():
        good = POLICY[name].send(hostile_world) if method == "POST" else {}
        fields = {
            key: value[0] if isinstance(value, list) else value for key, value in good.items()
        }
        known: set[str] = set()
        for _ in range(3):  # each answer may ask for more
            answer = sent(hostile_world.browser(viewer), method, path, fields)
            wrong += found(f"{name} {method} {relation}", answer)
            asked = names_asked(getattr(answer.wsgi_request, method)) - known
            if not asked:
                break
            known |= asked
            for one in sorted(asked):
                alone = sent(hostile_world.browser(viewer), method, path, {**good, one: ATTACK})
                wrong += found(f"{name} {method} {relation} {one}", alone)
            fields |= dict.fromkeys(asked, ATTACK)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_the_attack_is_really_shown(hostile_world):
    """Or the tests above would prove nothing."""
    showing = set()
    for name in sorted(n for n, line in POLICY.items() if line.GET):
        viewer = viewers(name, "GET")[0]
        for path in list(paths(hostile_world, name).values())[:1]:
            answer = sent(hostile_world.browser(viewer), "GET", path, {})
            kind = answer.headers.get("Content-Type", "")
            if kind.startswith("text/html") and SHOWN in answer.content.decode():
                showing.add(name)
    assert len(showing) > 60
    assert {"home", "plan-task", "unit", "accounts", "audit", "indicator", "notices"} <= showing


def test_what_people_attached_may_run_nothing():
    assert {"sandbox", "default-src 'none'"} <= {part.strip() for part in SANDBOX.split(";")}


@pytest.mark.parametrize(
    ("page", "caught"),
    [
        (f"<p>{ATTACK}</p>", True),
        (f'<input value="{ATTACK}">', True),
        ('<a href="javascript:attack()//">x</a>', True),
        ("<script>attack()</script>", True),
        ('<p onclick="attack()">x</p>', True),
        ("<p>&lt;attack&gt; javascript:attack() onattack=1</p>", False),
        ('<script type="application/json">{"a": "\\u003cattack"}</script>', False),
    ],
)
def test_the_reader_knows_an_attack_when_it_sees_one(page, caught):
    assert bool(faults_of(HttpResponse(page))) is caught
