"""责任分解表 is filled from the campaign: the document's units until a task is given to others."""

import datetime
from decimal import Decimal

import pytest

from chuangwen.framework.models import Indicator
from chuangwen.kit.errors import NotPermitted
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor, Post
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Campaign, Duty, GoalArea, IndicatorDemand, Task
from chuangwen.reports.duty_wording import indicator_wording
from chuangwen.reports.responsibility import responsibility_table

DAY = datetime.date(2021, 9, 15)


def actor(tenant, role, unit):
    return Actor(tenant.pk, new_id(), "王芳", (Post(role, unit.pk, unit.name),))


@pytest.fixture
def bureau(tenant):
    return Unit.objects.create(name="区发改局", kind="government")


@pytest.fixture
def office(tenant, bureau):
    return actor(tenant, Role.OFFICE, bureau)


@pytest.fixture
def campaign(tenant, bureau):
    made = Campaign.objects.create(name="第七届", starts_on="2021-01-01", ends_on="2023-12-31")
    action = Action.objects.create(campaign=made, number="（七）", title="公共环境提升行动")
    area = GoalArea.objects.create(campaign=made, number="（九）", title="生态环境")
    Duty.objects.create(
        campaign=made, action=action, unit=bureau, kind="lead", written_name="区发改局"
    )
    Task.objects.create(campaign=made, action=action, number="1.", title="亮化道路")
    Task.objects.create(campaign=made, area=area, number="1.", title="收集污水")
    lights = Indicator.objects.create(
        name="道路亮灯率", kind="numeric", operator=">=", value=95, unit="%"
    )
    IndicatorDemand.objects.create(
        campaign=made, indicator=lights, action=action, operator=">=", value=95, unit="%"
    )
    return made


def table(campaign, viewer):
    return responsibility_table(campaign=campaign, issuer="区创文办", as_of=DAY, viewer=viewer)


def test_an_action_has_its_units_its_tasks_and_its_indicators(campaign, office):
    (action,) = table(campaign, office).actions
    assert (action.title, action.lead_units) == ("公共环境提升行动", ("区发改局",))
    assert [task.text for task in action.tasks] == ["亮化道路"]
    assert [indicator_wording(found) for found in action.indicators] == ["道路亮灯率≥95%"]
    assert action.indicators[0].value == Decimal(95)


def test_a_task_that_was_given_to_units_names_these_and_their_deadline(campaign, office, bureau):
    last = datetime.date(2021, 12, 31)
    task = Task.objects.get(title="收集污水")
    dispatch_many(
        assignments=[Assignment(task.pk, bureau.pk, DutyKind.RESPONSIBLE, last)], by=office
    )
    _, area = table(campaign, office).actions
    (given,) = area.tasks
    assert area.title == "生态环境"
    assert (given.responsible_units, given.deadline.day) == (("区发改局",), last)


def test_what_a_later_document_no_longer_orders_is_left_out(campaign, office):
    Action.objects.update(retired_on=DAY)
    assert table(campaign, office).actions == ()


@pytest.mark.parametrize("more", [0, 3])
def test_more_actions_take_no_more_queries(campaign, office, more, django_assert_num_queries):
    for number in range(more):
        made = Action.objects.create(campaign=campaign, number=str(number), title=f"行动{number}")
        Task.objects.create(campaign=campaign, action=made, title=f"任务{number}")
    with django_assert_num_queries(11):
        table(campaign, office)


def test_an_inspector_may_not_export(campaign, tenant, bureau):
    with pytest.raises(NotPermitted):
        table(campaign, actor(tenant, Role.INSPECTOR, bureau))
