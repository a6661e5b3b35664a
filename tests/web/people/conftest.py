"""李梅, clerk of 区发改局, at her browser."""

import pytest
from django.test import Client

from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership
from chuangwen.people.roles import Role

PASSWORD = "施工图-二〇二一年-八月"


@pytest.fixture
def make_account(tenant, system):
    """Return a function that makes an account with a role in a unit, both by name."""
    units = {}

    def make(username: str, role: Role | None = None, unit: str = "区发改局", **facts) -> Account:
        facts = {"name": username, "must_change_password": False, **facts}
        account = Account(tenant=tenant, username=username, **facts)
        account.set_password(PASSWORD)
        account.save()
        if role is not None:
            if unit not in units:
                units[unit] = create_unit(name=unit, kind=UnitKind.GOVERNMENT, by=system)
            Membership.objects.create(account=account, unit=units[unit], role=role)
        return account

    return make


@pytest.fixture
def li_mei(make_account) -> Account:
    return make_account("limei", Role.CLERK, name="李梅")


def sign_in(client: Client, username: str = "limei", password: str = PASSWORD, **extra):
    return client.post("/login/", {"username": username, "password": password}, **extra)


@pytest.fixture
def signed_in(client: Client, li_mei) -> Client:
    sign_in(client)
    return client
