"""Duties are dated: set, changed, ended, never deleted."""

import datetime

import pytest
from django.db import IntegrityError

from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted
from chuangwen.kit.ids import new_id
from chuangwen.people.actions.groups import create_group
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, Post
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.actions.duties import expand_duty
from chuangwen.plan.actions.duty_editing import add_duty, change_duty, end_duty
from chuangwen.plan.duty_reading import owners_of, preview_expansion, proposed_owners
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Duty, Task

START, DAY = datetime.date(2021, 8, 6), datetime.date(2021, 9, 15)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.CHUANGWEN_TODAY = DAY


@pytest.fixture
def action(campaign):
    return Action.objects.create(campaign=campaign, number="（一）", title="公共环境提升行动")


@pytest.fixture
def unit(tenant, system):
    return create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)


@pytest.fixture
def duty(action, unit, office):
    return add_duty(
        subject=action, unit=unit, kind=DutyKind.RESPONSIBLE, valid_from=START, by=office
    )


def test_the_same_duty_is_not_given_twice(action, unit, duty, office):
    with pytest.raises(Invalid, match="不必重复") as refusal:
        add_duty(subject=action, unit=unit, kind=DutyKind.RESPONSIBLE, valid_from=DAY, by=office)
    assert refusal.value.field == "unit"
    assert Duty.objects.count() == 1


def test_a_duty_of_another_kind_ends_the_old_one_the_day_before(duty, office):
    new = change_duty(duty=duty, kind=DutyKind.LEAD, valid_from=DAY, reason="会议纪要", by=office)
    duty.refresh_from_db()
    assert duty.valid_until == DAY - datetime.timedelta(days=1)
    assert (new.kind, new.valid_from, new.valid_until) == (DutyKind.LEAD, DAY, None)


@pytest.mark.parametrize(
    ("last_day", "reason", "words"),
    [
        (DAY + datetime.timedelta(days=1), "调整", "还没有到"),
        (START - datetime.timedelta(days=1), "调整", "早于责任开始"),
        (DAY, " ", "依据或原因"),
    ],
)
def test_a_bad_end_is_refused(duty, office, last_day, reason, words):
    with pytest.raises(Invalid, match=words):
        end_duty(duty=duty, last_day=last_day, reason=reason, by=office)
    duty.refresh_from_db()
    assert duty.valid_until is None


def test_an_ended_duty_stays_and_is_not_ended_again(duty, office):
    end_duty(duty=duty, last_day=DAY, reason="撤并", by=office)
    assert Duty.objects.get().valid_until == DAY
    with pytest.raises(IllegalTransition, match="2021-09-15"):
        end_duty(duty=duty, last_day=DAY, reason="撤并", by=office)


def test_only_the_office_changes_duties(action, unit, duty):
    clerk = Actor(unit.tenant_id, new_id(), "李梅", (Post(Role.CLERK, unit.pk, unit.name),))
    with pytest.raises(NotPermitted):
        end_duty(duty=duty, last_day=DAY, reason="不想做", by=clerk)
    with pytest.raises(NotPermitted):
        add_duty(subject=action, unit=unit, kind=DutyKind.LEAD, valid_from=DAY, by=clerk)


def test_ending_a_collective_owner_ends_what_it_was_expanded_into(action, campaign, system):
    create_group(name="各街道（镇）", kinds=[UnitKind.STREET], by=system)
    streets = [create_unit(name=n, kind=UnitKind.STREET, by=system) for n in ("甲街道", "乙镇")]
    collective = Duty.objects.create(
        campaign=campaign, action=action, kind=DutyKind.RESPONSIBLE, written_name="各街道(镇)",
        is_collective=True,
    )  # fmt: skip
    preview = preview_expansion(collective, DAY)
    assert [unit.name for unit in preview.new] == ["乙镇", "甲街道"]
    assert Duty.objects.count() == 1, "a preview writes nothing"
    expand_duty(duty=collective, day=DAY, by=system)
    assert preview_expansion(collective, DAY).new == []
    end_duty(duty=collective, last_day=DAY, reason="调整", by=system)
    assert not Duty.objects.filter(valid_until__isnull=True).exists()
    assert Duty.objects.count() == 1 + len(streets)


def test_where_nobody_leads_the_first_responsible_unit_is_presumed(action, duty):
    assert owners_of([duty]).presumed_lead == "区发改局"
    assert owners_of([duty]).lead == ()


def test_a_tasks_own_duties_come_before_those_of_its_action(action, unit, duty, system, campaign):
    task = Task.objects.create(campaign=campaign, action=action, title="划线")
    assert [one.unit_id for one in proposed_owners(task, DAY)[0]] == [unit.pk]
    other = create_unit(name="区民政局", kind=UnitKind.GOVERNMENT, by=system)
    add_duty(subject=task, unit=other, kind=DutyKind.LEAD, valid_from=DAY, by=system)
    assert [one.unit_id for one in proposed_owners(task, DAY)[0]] == [other.pk]


def test_no_duty_ends_before_it_begins(duty):
    day_before = duty.valid_from - datetime.timedelta(days=1)
    with pytest.raises(IntegrityError, match="plan_duty_dates"):
        Duty.objects.filter(pk=duty.pk).update(valid_until=day_before)


def test_a_collective_owners_end_before_its_expansion_leaves_the_units_their_first_day(
    action, unit, office
):
    facts = {"campaign": action.campaign, "action": action, "kind": DutyKind.LEAD}
    whole = Duty.objects.create(
        **facts, is_collective=True, written_name="各部门", valid_from=START
    )
    one = Duty.objects.create(
        **facts, unit=unit, expanded_from=whole, written_name=unit.name, valid_from=DAY
    )
    end_duty(duty=whole, last_day=START, reason="会议纪要", by=office)
    whole.refresh_from_db()
    one.refresh_from_db()
    assert (whole.valid_until, one.valid_until) == (START, DAY)
