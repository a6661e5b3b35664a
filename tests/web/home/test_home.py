"""Each role's first page says what needs it today, in eight queries or fewer."""

import datetime
import re

import pytest
from django.test import Client

from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership
from chuangwen.people.roles import Role
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.parts import Step, submit_measures
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Campaign, Task

DUE = datetime.date(2021, 9, 1)


@pytest.fixture
def unit(tenant, system):
    return create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)


@pytest.fixture
def sign_in(tenant, unit):
    def make(role):
        account = Account.objects.create(
            tenant=tenant, username=role, name=role, must_change_password=False
        )
        Membership.objects.create(account=account, unit=unit, role=role)
        client = Client()
        client.force_login(account)
        return client

    return make


@pytest.fixture
def give(tenant, unit, system):
    campaign = Campaign.objects.create(name="第七届", starts_on=DUE, ends_on=DUE)

    def make(title):
        task = Task.objects.create(campaign=campaign, title=title)
        (part,) = dispatch_many(
            assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, DUE)], by=system
        )
        return part

    return make


def test_the_office_sees_what_waits_for_it_and_who_is_late(sign_in, give, system):
    part = give("停车泊位划线")
    submit_measures(part=part, base_version=1, steps=[Step("划线", DUE)], by=system)
    give("小广告整治")
    page = sign_in(Role.OFFICE).get("/").content.decode()
    assert page.index("等我审核") < page.index("停车泊位划线")
    assert re.search(r"late=1\">2</a>", page)


def test_a_unit_sees_its_own_tasks_with_the_late_ones_named(sign_in, give):
    give("停车泊位划线")
    page = sign_in(Role.CLERK).get("/").content.decode()
    assert "停车泊位划线" in page
    assert "超期</span>" in page


@pytest.mark.parametrize("role", [Role.OFFICE, Role.CLERK, Role.SYSTEM_ADMINISTRATOR])
def test_the_number_of_queries_does_not_grow(sign_in, give, role, django_assert_max_num_queries):
    client = sign_in(role)
    for title in ("甲", "乙", "丙"):
        give(title)
        with django_assert_max_num_queries(8):
            assert client.get("/").status_code == 200
