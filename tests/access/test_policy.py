"""Every address, method, viewer and relation answers what the policy tables say.

Landed a new address and this fails? Add a line to the table of its room: `policy/__init__.py`
tells how.
"""

import re
from collections.abc import Mapping

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from chuangwen.api.gate import ApiGate
from chuangwen.audit.models import AuditHead
from tests.architecture.test_pages import addresses

from .policy import POLICY
from .policy.rules import FOREIGN, LOGIN, MISSING, STRANGER, VIEWERS, WEST, Address
from .world import World

pytestmark = pytest.mark.django_db
ADDRESSES = {pattern.name: pattern for pattern in addresses()}
ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def test_every_address_has_its_line_and_every_line_its_address():
    assert POLICY.keys() == ADDRESSES.keys()


def test_what_is_below_api_answers_programs():
    below = {name for name, one in ADDRESSES.items() if isinstance(one.callback.gate, ApiGate)}
    assert below == {name for name, line in POLICY.items() if line.api}
    assert len(below) > 4


@pytest.mark.parametrize("name", sorted(POLICY))
def test_every_method_has_its_rules(name):
    assert set(POLICY[name].methods) == set(ADDRESSES[name].callback.gate.methods)


def ask(world: World, name: str, *, method: str, viewer: str, relation: str) -> HttpResponse:
    """Ask once; whatever the answer has changed is taken back."""
    line = POLICY[name]
    path = reverse(name, kwargs={**world.kwargs(line.of, relation), **line.path})
    browser = world.browser(viewer)
    sent = line.send(world) if method == "POST" else {}
    with transaction.atomic():
        answer = browser.generic(method, path) if method not in ("GET", "POST") else None
        if answer is None:
            answer = browser.get(path) if method == "GET" else browser.post(path, sent)
        answer.path_asked = path
        answer.events_after = _events(world)
        transaction.set_rollback(True)
    return answer


def _events(world: World) -> list[int]:
    return list(AuditHead.objects.order_by("tenant").values_list("sequence", flat=True))


def told(answer: HttpResponse) -> tuple[int, str]:
    """Status and text without what differs from one request to the next."""
    content = b"".join(answer) if answer.streaming else answer.content
    text = content.decode(errors="replace")
    text = re.sub(r'"[A-Za-z0-9]{64}"', "TOKEN", text)  # against forged forms
    text = re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "NUMBER", text)
    return answer.status_code, text


def matches(answer: HttpResponse, expected: int | str) -> bool:
    if expected == LOGIN:
        location = answer.headers.get("Location", "")
        return answer.status_code == 302 and location.startswith("/login/")
    at_login = answer.headers.get("Location", "").startswith("/login/?")
    return answer.status_code == expected and not at_login


@pytest.mark.parametrize("name", sorted(POLICY))
def test_every_viewer_gets_what_the_policy_says(world, name):
    line = POLICY[name]
    before = _events(world)
    wrong, leaks, writes = [], [], []
    for method in line.methods:
        for viewer in VIEWERS:
            answers: Mapping[str, HttpResponse] = {
                relation: ask(world, name, method=method, viewer=viewer, relation=relation)
                for relation in world.relations(line.of)
                if (viewer, relation) != (WEST, FOREIGN)  # to them it is their own
            }
            for relation, answer in answers.items():
                expected = line.expected(method, viewer, relation)
                case = f"{method} {viewer} {relation or '-'}"
                if not matches(answer, expected):
                    wrong.append(f"{case}: {answer.status_code}, the policy says {expected}")
                if line.hides(method, viewer, relation) and told(answer) != told(answers[MISSING]):
                    leaks.append(f"{case}: tells more than a number that does not exist")
                if viewer == WEST and "东" in told(answer)[1]:
                    leaks.append(f"{case}: names something of the other district")
                if answer.status_code in (403, 404) and answer.events_after != before:
                    writes.append(f"{case}: refused, yet recorded something")
    assert not wrong + leaks + writes, "\n".join([name, *wrong, *leaks, *writes])


@pytest.mark.parametrize("name", sorted(POLICY))
def test_other_methods_are_refused_and_head_answers_like_get(world, name):
    line = POLICY[name]
    kwargs = {**world.kwargs(line.of, world.relations(line.of)[0]), **line.path}
    path = reverse(name, kwargs=kwargs)
    viewer = _somebody_who_may(line)
    for method in set(ALL_METHODS) - set(line.methods):
        assert world.browser(viewer).generic(method, path).status_code == 405, method
    if "GET" in line.methods:
        got, head = (getattr(world.browser(viewer), verb)(path) for verb in ("get", "head"))
        assert head.status_code == got.status_code
        assert (b"".join(head) if head.streaming else head.content) == b""


@pytest.mark.parametrize("name", sorted(n for n, line in POLICY.items() if line.POST))
def test_a_form_without_its_token_is_refused(world, name):
    line = POLICY[name]
    kwargs = {**world.kwargs(line.of, world.relations(line.of)[0]), **line.path}
    browser = world.browser(_somebody_who_may(line))
    before = _events(world)
    browser.handler.enforce_csrf_checks = True
    try:
        answer = browser.post(reverse(name, kwargs=kwargs), line.send(world))
    finally:
        browser.handler.enforce_csrf_checks = False
    assert answer.status_code == 403
    assert "已过期" in answer.content.decode()
    assert _events(world) == before


def _somebody_who_may(line: Address) -> str:
    named = [viewer for rule in line.rules for viewer in rule.viewers if viewer != STRANGER]
    return named[0]
