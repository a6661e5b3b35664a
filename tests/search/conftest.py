"""The notice of 东区 as a confirmed plan."""

import pytest

from chuangwen.demonstration.district import load_district
from chuangwen.people.actors import system_actor
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope


@pytest.fixture
def district(db):
    load_district()
    tenant = Tenant.objects.get()
    with tenant_scope(tenant.pk):
        yield tenant


@pytest.fixture
def by(district):
    return system_actor(district.pk)
