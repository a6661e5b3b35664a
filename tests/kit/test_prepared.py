"""Prepared queries answer what the plain ones answer, and refuse to keep what changes."""

import contextlib
import datetime
import gc
import threading
import uuid
import weakref
from unittest import mock

import pytest
from django.db import connection, connections
from django.db.models import Q
from django.db.transaction import TransactionManagementError

from chuangwen.kit.prepared import Prepared
from chuangwen.people.models import Unit

pytestmark = pytest.mark.django_db

NAMED = Prepared(
    lambda tenant, day, name: (
        Unit.across_tenants.filter(tenant=tenant, name=name)
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day), kind="street")
        .select_related("parent")
    ),
    tenant=uuid.UUID,
    day=datetime.date,
    name=str,
)
KEYS = Prepared(
    lambda tenant: (
        Unit.across_tenants.filter(tenant=tenant).order_by("name").values_list("pk", flat=True)
    ),
    tenant=uuid.UUID,
)


@pytest.fixture
def street(tenant):
    """A street below its district, from 1 May on."""
    above = Unit.objects.create(name="东区", kind="government")
    return Unit.objects.create(
        name="炳草岗街道", kind="street", parent=above, valid_from=datetime.date(2021, 5, 1)
    )


def asked(tenant, day=datetime.date(2021, 6, 1), name="炳草岗街道"):
    return {"tenant": tenant.pk, "day": day, "name": name}


def test_answers_as_the_plain_query_with_whatever_is_joined(tenant, street):
    NAMED.rows(**asked(tenant, name="别的街道"))  # the SQL is made with another value
    found = NAMED.first(**asked(tenant))
    assert found == street
    assert (found.name, found.valid_from) == ("炳草岗街道", datetime.date(2021, 5, 1))
    with connection.execute_wrapper(refuse):
        assert found.parent.name == "东区"


def refuse(*_):
    raise AssertionError("one query more")


@pytest.mark.parametrize(
    "changed",
    [{"name": "别的街道"}, {"day": datetime.date(2021, 4, 30)}, {"tenant": uuid.UUID(int=7)}],
)
def test_every_parameter_counts_each_time(tenant, street, changed):
    assert NAMED.rows(**asked(tenant)) == [street]
    assert NAMED.rows(**{**asked(tenant), **changed}) == []
    assert NAMED.first(**{**asked(tenant), **changed}) is None
    assert NAMED.rows(**asked(tenant)) == [street]


def test_values_come_as_python_values(tenant, street):
    assert set(KEYS.rows(tenant=tenant.pk)) >= {street.pk, street.parent_id}
    assert KEYS.rows(tenant=tenant.pk) == list(KEYS.plain(tenant=tenant.pk))


def test_what_was_read_is_not_kept(tenant, street):
    assert NAMED.first(**asked(tenant)).valid_until is None
    end = datetime.date(2030, 1, 1)
    Unit.objects.filter(pk=street.pk).update(valid_until=end)
    assert NAMED.first(**asked(tenant)).valid_until == end


def test_a_day_or_a_key_that_is_no_parameter_is_refused(tenant, street):
    today = Prepared(lambda name: Unit.objects.filter(name=name), name=str)
    with pytest.raises(ValueError, match="has to be a parameter"):
        today.rows(name="炳草岗街道")
    dated = Prepared(
        lambda tenant: Unit.across_tenants.filter(tenant=tenant, valid_from="2021-05-01"),
        tenant=uuid.UUID,
    )
    with pytest.raises(ValueError, match=r"2021.*has to be a parameter"):
        dated.rows(tenant=tenant.pk)


def test_no_value_may_be_missing_or_of_another_kind(tenant):
    with pytest.raises(TypeError, match="no kind"):
        KEYS.rows(tenant=None)
    with pytest.raises(KeyError):
        NAMED.rows(tenant=tenant.pk)


def test_rows_are_locked_in_a_transaction_only(tenant):
    locked = Prepared(
        lambda tenant: Unit.across_tenants.select_for_update().filter(tenant=tenant),
        tenant=uuid.UUID,
    )
    assert locked.rows(tenant=tenant.pk) == []
    outside = mock.patch.object(connections["default"], "in_atomic_block", new=False)
    with outside, pytest.raises(TransactionManagementError, match="inside a transaction only"):
        locked.rows(tenant=tenant.pk)


def test_a_connection_that_ends_takes_its_statements_along(tenant):
    ended = []

    def ask():
        alien = connections["default"]
        with contextlib.suppress(Exception):  # an in-memory database of its own has no tables
            KEYS.rows(tenant=tenant.pk)
        ended.append((weakref.ref(alien), bool(vars(alien)["_prepared"])))
        alien.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    del thread
    gc.collect()
    ((connection_of_thread, had_some),) = ended
    assert had_some
    assert connection_of_thread() is None
