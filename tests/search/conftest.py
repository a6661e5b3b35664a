"""The notice of 东区 as a confirmed plan."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from chuangwen.demonstration.district import load_district
from chuangwen.people.actors import system_actor
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded once for the tests of a file, each of which has a transaction within this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_district()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def district(loaded, db):
    tenant = Tenant.objects.get()
    with tenant_scope(tenant.pk):
        yield tenant


@pytest.fixture
def by(district):
    return system_actor(district.pk)
