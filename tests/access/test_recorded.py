"""Whoever changes something through any address leaves an event; the watch itself is tried.

`tests/probing.py` watches every request of every test; here each address is sent a form that it
could well accept.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from chuangwen.people.models import Unit
from tests.ledger import ledger
from tests.probing import EVENT, UnrecordedWriteError

from .garbage import names_asked, noting_names, plausible
from .policy import POLICY
from .policy.rules import STRANGER, SYSTEM
from .world import World

pytestmark = pytest.mark.django_db


def written_by(world: World, name: str) -> list[list[str]]:
    """Send forms to an address on all objects of the district; return what each success wrote."""
    line = POLICY[name]
    viewer = next(v for rule in line.POST for v in rule.viewers if v != STRANGER)
    found = []
    for kwargs in world.east.paths[line.of].values() if line.of else [{}]:
        path = reverse(name, kwargs={**kwargs, **line.path})
        form = dict(line.send(world))
        for _ in range(3):  # the answer to one form tells which fields the next should have
            with transaction.atomic(), ledger() as book:
                answer = world.browser(viewer).post(path, form)
                transaction.set_rollback(True)
            if answer.status_code < 400 and book.written:
                found.append(book.written)
            asked = names_asked(answer.wsgi_request.POST)
            form = {one: plausible(one, world) for one in asked} | form
    return found


def test_every_accepted_form_that_wrote_left_its_event(world, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    written, unrecorded = {}, []
    with noting_names():
        for name in (name for name, line in POLICY.items() if line.POST):
            try:
                written[name] = written_by(world, name)
            except UnrecordedWriteError as error:
                unrecorded.append(str(error))
    assert unrecorded == []
    recorded = {name for name, all_ in written.items() for one in all_ if EVENT in " ".join(one)}
    assert len(recorded) > 25  # the watch has seen many kinds of writes, not only refusals
    assert {"audit-export", "unit-alias-remove", "plan-cancel", "account-active"} <= recorded


def test_the_watch_notices_a_write_without_an_event(world, monkeypatch):
    def rename_quietly(**_: object) -> None:
        Unit.objects.filter(pk=world.east.units["own"].pk).update(name="悄悄改名")

    monkeypatch.setattr("chuangwen.web.people.accounts.disable_account", rename_quietly)
    path = reverse("account-active", kwargs=world.east.paths["account"]["own"])
    with pytest.raises(UnrecordedWriteError, match="account-active"):
        world.browser(SYSTEM).post(path, {"active": ""})
