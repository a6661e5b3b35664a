"""区发改局 with its clerk 李梅 and head 张伟, 王芳 of 区创文办, and a task given to the unit."""

import datetime
from dataclasses import dataclass

import pytest

from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.queries import actor_of
from chuangwen.people.roles import Role
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Campaign, Task, TaskPart

DUE = datetime.date(2021, 9, 24)


@dataclass
class Person:
    """An account and the actor it is."""

    account: Account

    @property
    def actor(self) -> Actor:
        return actor_of(self.account)


@pytest.fixture
def unit(tenant, system) -> Unit:
    return create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)


@pytest.fixture
def hire(tenant):
    """Return a function that makes a person with a role in a unit."""

    def make(name: str, role: Role, unit: Unit, **facts) -> Person:
        account = Account.objects.create(
            tenant=tenant, username=name, name=name, must_change_password=False, **facts
        )
        Membership.objects.create(account=account, unit=unit, role=role)
        return Person(account)

    return make


@pytest.fixture
def li_mei(hire, unit) -> Person:
    return hire("李梅", Role.CLERK, unit, email="limei@example.gov.cn")


@pytest.fixture
def zhang_wei(hire, unit) -> Person:
    return hire("张伟", Role.HEAD, unit)


@pytest.fixture
def wang_fang(hire, system) -> Person:
    office = create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=system)
    return hire("王芳", Role.OFFICE, office)


@pytest.fixture
def campaign(tenant) -> Campaign:
    return Campaign.objects.create(name="第七届", starts_on="2021-01-01", ends_on="2023-12-31")


@pytest.fixture
def give(campaign, wang_fang):
    """Return a function that gives a new task to units and returns the parts."""

    def make(*units: Unit, due_on=DUE, title="停车泊位应划尽划") -> list[TaskPart]:
        task = Task.objects.create(campaign=campaign, title=title)
        return dispatch_many(
            assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, due_on) for unit in units],
            by=wang_fang.actor,
        )

    return make
