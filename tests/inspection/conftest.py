"""An inspector with a round to walk, as an actor and as a phone."""

import pytest

from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.queries import actor_of
from chuangwen.people.roles import Role
from tests.inspection.walking import Walk, make_walk


def person(tenant, username: str, role: Role | None, unit: Unit) -> Account:
    account = Account.objects.create(
        tenant=tenant, username=username, name=username, must_change_password=False, password="!"
    )
    if role:
        Membership.objects.create(account=account, unit=unit, role=role)
    return account


@pytest.fixture
def office_unit(tenant) -> Unit:
    return Unit.objects.create(name="区创文办", kind="government")


@pytest.fixture
def chen_jie(tenant, office_unit) -> Account:
    """An inspector."""
    return person(tenant, "陈洁", Role.INSPECTOR, office_unit)


@pytest.fixture
def zhou_tao(tenant, office_unit) -> Account:
    """Another inspector, who is in no pair."""
    return person(tenant, "周涛", Role.INSPECTOR, office_unit)


@pytest.fixture
def wang_fang(tenant, office_unit) -> Account:
    """创文办 staff."""
    return person(tenant, "王芳", Role.OFFICE, office_unit)


@pytest.fixture
def walk(chen_jie) -> Walk:
    return make_walk(chen_jie)


@pytest.fixture
def inspector(chen_jie, walk):
    return actor_of(chen_jie)
