"""Two units become one: what either had to do is still somebody's, and once."""

import datetime

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.audit.queries import verify
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.part_office import withdraw_part
from chuangwen.plan.actions.recounting import find_drift
from chuangwen.plan.actions.task_editing import create_task
from chuangwen.plan.enums import DutyKind, PartState
from chuangwen.plan.models import Action, Duty

DUE = datetime.date(2021, 12, 31)


@pytest.fixture
def task(campaign, office):
    return create_task(title="停车泊位应划尽划", by=office)


@pytest.fixture
def keep(office):
    return create_unit(name="区住建局", kind=UnitKind.GOVERNMENT, by=office)


@pytest.fixture
def other(office):
    return create_unit(name="区房管局", kind=UnitKind.GOVERNMENT, by=office)


def give(task, *units, by):
    return dispatch_many(
        assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, DUE) for unit in units], by=by
    )


def states(task):
    return {part.unit.name: part.state for part in task.parts.select_related("unit")}


def test_what_only_the_closed_unit_had_goes_over(task, keep, other, office):
    give(task, other, by=office)
    merge_units(keep=keep, other=other, by=office)
    assert states(task) == {"区住建局": PartState.ASSIGNED}
    assert not find_drift()


def test_what_both_had_is_asked_of_the_kept_unit_only(task, keep, other, office):
    give(task, keep, other, by=office)
    merge_units(keep=keep, other=other, by=office)
    assert states(task) == {"区住建局": PartState.ASSIGNED, "区房管局": PartState.WITHDRAWN}
    (event,) = AuditEvent.objects.filter(verb="part.withdraw")
    assert "并入“区住建局”" in event.changes["reason"][1]
    assert not find_drift()


def test_what_was_taken_back_from_the_kept_unit_comes_back_for_the_other_one(
    task, keep, other, office
):
    give(task, keep, other, by=office)
    part = task.parts.get(unit=keep)
    withdraw_part(part=part, base_version=part.version, reason="改由房管局承担", by=office)
    merge_units(keep=keep, other=other, by=office)
    assert states(task) == {"区住建局": PartState.ASSIGNED, "区房管局": PartState.WITHDRAWN}
    assert not find_drift()


def duty(campaign, action, unit, **facts):
    return Duty.objects.create(
        campaign=campaign, action=action, unit=unit, written_name=unit.name,
        kind=DutyKind.LEAD, **facts,
    )  # fmt: skip


def told(verb):
    events = AuditEvent.objects.filter(verb=verb).order_by("sequence")
    return {event.object_id: event.changes for event in events}


def test_a_duty_that_moves_and_one_that_ends_are_told_each(campaign, keep, other, office, settings):
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 15)
    street, air = (Action.objects.create(campaign=campaign, title=text) for text in ("街", "气"))
    both = [duty(campaign, street, unit, valid_from="2021-03-01") for unit in (keep, other)]
    only = duty(campaign, air, other, valid_from="2021-03-01")
    merge_units(keep=keep, other=other, by=office)
    both[1].refresh_from_db()
    only.refresh_from_db()
    assert (both[1].unit, both[1].valid_until) == (other, datetime.date(2021, 9, 14))
    assert (only.unit, only.valid_until) == (keep, None)
    assert told("duty.ended") == {both[1].pk: {"valid_until": [None, "2021-09-14"]}}
    assert told("duty.moved") == {only.pk: {"unit": ["区房管局", "区住建局"]}}
    assert not verify(tenant_id=office.tenant_id).faults


def test_a_duty_of_both_that_begins_only_today_ends_as_it_began(
    campaign, keep, other, office, settings
):
    settings.CHUANGWEN_TODAY = day = datetime.date(2021, 9, 15)
    street = Action.objects.create(campaign=campaign, title="街")
    both = [duty(campaign, street, unit, valid_from=day) for unit in (keep, other)]
    merge_units(keep=keep, other=other, by=office)
    both[1].refresh_from_db()
    assert (both[1].valid_from, both[1].valid_until) == (day, day)
