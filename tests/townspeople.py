"""王芳 of 创文办, 李梅 of 区城市管理局, a street: for the rooms in which units have much to do.

A conftest imports the fixtures that it wants.
"""

import pytest

from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, Post, make_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role


def person(tenant, username, name, role, unit) -> Actor:
    account = Account.objects.create(tenant=tenant, username=username, name=name, password="!")
    Membership.objects.create(account=account, unit=unit, role=role)
    post = Post(role, unit.pk, unit.name)
    return make_actor(tenant_id=tenant.pk, account_id=account.pk, name=name, posts=[post])


@pytest.fixture
def office_unit(tenant, system) -> Unit:
    return create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=system)


@pytest.fixture
def bureau(tenant, system) -> Unit:
    return create_unit(name="区城市管理局", kind=UnitKind.GOVERNMENT, by=system)


@pytest.fixture
def street(tenant, system) -> Unit:
    return create_unit(name="炳草岗街道", kind=UnitKind.STREET, by=system)


@pytest.fixture
def office(tenant, office_unit) -> Actor:
    return person(tenant, "wangfang", "王芳", Role.OFFICE, office_unit)


@pytest.fixture
def clerk(tenant, bureau) -> Actor:
    return person(tenant, "limei", "李梅", Role.CLERK, bureau)
