"""A clerk signs in, sees the own unit and nothing of another district, and signs out."""

import pytest
from django.test import Client

from chuangwen.demonstration.accounts import ACCOUNTS, BLANK_ACCOUNTS
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

PASSWORD = "施工图-2021-八月"


@pytest.fixture
def clerk(tenant, system):
    unit = create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)
    Unit.objects.create(name="区教体局", kind="government")
    account = Account(tenant=tenant, username="fagai", name="李梅", must_change_password=False)
    account.set_password(PASSWORD)
    account.save()
    Membership.objects.create(account=account, unit=unit, role=Role.CLERK)
    return account


def test_strangers_are_sent_to_the_login_page(client: Client, db):
    assert client.get("/").headers["Location"] == "/login/?next=%2F"


def test_a_clerk_signs_in_and_sees_only_the_own_unit(client: Client, clerk):
    answer = client.post("/login/", {"username": "fagai", "password": PASSWORD}, follow=True)
    page = answer.content.decode()
    assert "<strong>李梅</strong>" in page
    assert "<small>区发改局 单位联络员</small>" in page
    assert "区教体局" not in page


def test_a_wrong_password_is_refused_with_the_form_kept(client: Client, clerk):
    answer = client.post("/login/", {"username": "fagai", "password": "wrong"})
    assert answer.status_code == 422
    assert "fagai" in answer.content.decode()


def test_units_of_another_district_stay_invisible(client: Client, clerk):
    other = Tenant.objects.create(name="西区", code="510403")
    with tenant_scope(other.pk):
        Unit.objects.create(name="西区发改局", kind="government")
    client.force_login(clerk)
    assert "西区" not in client.get("/").content.decode()


def test_signing_out_needs_post_and_ends_the_session(client: Client, clerk):
    client.force_login(clerk)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get("/").status_code == 302


def test_public_log_ins_are_offered_in_a_demonstration_only(client: Client, db, settings):
    settings.CHUANGWEN_DEMONSTRATION = False
    assert "演示账号" not in client.get("/login/").content.decode()
    settings.CHUANGWEN_DEMONSTRATION = True
    page = client.get("/login/").content.decode()
    assert "区发改局联络员" in page
    assert page.count('name="username" value="') == len(ACCOUNTS) + len(BLANK_ACCOUNTS)
