"""Collective owners are expanded on a day and say so; unclear duties become questions."""

import datetime

import pytest

from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted
from chuangwen.kit.ids import new_id
from chuangwen.people.actions.groups import create_group
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, Post
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.actions.duties import answer_question, ask_about_duty, expand_duty
from chuangwen.plan.enums import DutyKind, QuestionState
from chuangwen.plan.models import Action, Duty

DAY = datetime.date(2021, 8, 6)


@pytest.fixture
def collective(campaign):
    action = Action.objects.create(campaign=campaign, number="(九)", title="生态环境提升行动")
    return Duty.objects.create(
        campaign=campaign, action=action, kind=DutyKind.RESPONSIBLE,
        written_name="各街道(镇)", is_collective=True,
    )  # fmt: skip


def test_a_collective_owner_becomes_the_units_of_that_day(collective, system):
    create_group(name="各街道（镇）", kinds=[UnitKind.STREET], by=system)
    for name in ("甲街道", "乙镇"):
        create_unit(name=name, kind=UnitKind.STREET, by=system)
    create_unit(name="区财政局", kind=UnitKind.GOVERNMENT, by=system)
    made = expand_duty(duty=collective, day=DAY, by=system)
    assert {duty.unit.name for duty in made} == {"甲街道", "乙镇"}
    assert {duty.expanded_from_id for duty in made} == {collective.pk}
    assert expand_duty(duty=collective, day=DAY, by=system) == []
    create_unit(name="丙街道", kind=UnitKind.STREET, by=system)
    (late,) = expand_duty(duty=collective, day=DAY, by=system)
    assert late.unit.name == "丙街道"


def test_an_undefined_collective_name_is_said_so(collective, system):
    with pytest.raises(Invalid, match="还没有定义"):
        expand_duty(duty=collective, day=DAY, by=system)


def test_a_collective_name_without_units_is_said_so(collective, system):
    create_group(name="各街道（镇）", kinds=[UnitKind.STREET], by=system)
    with pytest.raises(Invalid, match="没有属于"):
        expand_duty(duty=collective, day=DAY, by=system)


def test_a_clerk_asks_and_only_the_office_answers(collective, system, office):
    unit = create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)
    clerk = Actor(unit.tenant_id, new_id(), "李梅", (Post(Role.CLERK, unit.pk, unit.name),))
    action = collective.action
    question = ask_about_duty(text="由谁牵头？", unit=unit, action=action, by=clerk)
    with pytest.raises(NotPermitted):
        answer_question(question=question, answer="我们", by=clerk)
    answer_question(question=question, answer="由生态环境局牵头", by=office)
    assert question.state == QuestionState.ANSWERED
    with pytest.raises(IllegalTransition):
        answer_question(question=question, answer="再改", by=office)
