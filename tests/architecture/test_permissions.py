"""House rule about rights: every write refuses whoever holds no post, before it looks at anything.

The gate of a page asks as well (`tests/access`); commands, jobs and other rooms come without it.
"""

import inspect
import uuid
from collections.abc import Callable
from unittest import mock

import pytest
from django.db import connection

from chuangwen.kit.errors import NotPermitted
from chuangwen.people.actors import Actor
from tests.architecture.test_labels_and_actions import (
    EXCEPTIONS,
    NOT_YET,
    OWN_MATTER,
    SEVERAL,
    STEP,
    functions_of_actions,
    writes,
)

pytestmark = pytest.mark.django_db
OWN = "finds nothing but what is the actor's own"
ASKS_THE_OWNER = "the row at which the file is decides, so it is looked up first"
ONCE_INSPECTED = "whoever was in a pair hands in what he sealed, to be looked at by a person"
SCHEDULE = "the schedule alone calls it; no page does"
NO_PERMISSION = {
    "files.actions.attaching.remove_attachment": ASKS_THE_OWNER,
    "files.actions.uploads.discard_upload": OWN,
    "files.actions.uploads.upload_file": NOT_YET,
    "inspection.actions.confirming.confirm_record": OWN,
    "inspection.actions.receiving.receive_record": ONCE_INSPECTED,
    "notices.actions.addresses.renew_address": OWN,
    "notices.actions.addresses.withdraw_address": OWN,
    "notices.actions.reminders.finish_run": SCHEDULE,
    "people.actions.own_email.set_own_email": OWN,
} | {
    name: reason
    for name, reason in EXCEPTIONS.items()
    if reason in {STEP, OWN_MATTER, NOT_YET, SEVERAL}
}
WRITES = {
    name: function
    for name, function in writes()
    if "by" in inspect.signature(function).parameters and name not in NO_PERMISSION
}


def anything(name: str) -> mock.MagicMock:
    """Return what stands for an argument that must not matter: never empty, never equal."""
    value = mock.MagicMock(name=name)
    value.__iter__.side_effect = lambda: iter([mock.MagicMock()])
    return value


def tables_touched(write: Callable[[], object]) -> list[str]:
    """Call a write that must be refused; return what it asked of the database before."""
    asked: list[str] = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "ROLLBACK", "RELEASE")):
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), pytest.raises(NotPermitted):
        write()
    return asked


def test_most_writes_ask():
    assert len(WRITES) > 80
    assert NO_PERMISSION.keys() <= {name for name, _ in functions_of_actions()}


@pytest.mark.parametrize("name", sorted(WRITES))
def test_every_write_refuses_first_whoever_holds_no_post(tenant, name):
    function = WRITES[name]
    nobody = Actor(tenant.pk, uuid.uuid4(), "无任职者")
    given = {
        one: anything(one)
        for one, parameter in inspect.signature(function).parameters.items()
        if parameter.default is inspect.Parameter.empty
    }
    assert tables_touched(lambda: function(**given | {"by": nobody})) == []
