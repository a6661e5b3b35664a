"""Confirming the notice makes the campaign of 东区; half a confirmation makes nothing."""

import datetime

import pytest

from chuangwen.audit.queries import verify
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.actions.review import accept_remaining, decide_items
from chuangwen.plan.enums import DutyKind, ItemKind, ItemState, TaskState
from chuangwen.plan.models import Action, Duty, GoalArea, KeyWork, Phase, Target, Task
from chuangwen.plan.reading.plain import read_text

DAY = datetime.date(2021, 8, 6)


def accept_everything(plan_import, by):
    accept_remaining(plan_import=plan_import, by=by)
    doubts = plan_import.items.filter(kind=ItemKind.ANOMALY).values_list("pk", flat=True)
    decide_items(plan_import=plan_import, item_ids=doubts, state=ItemState.ACCEPTED, by=by)


@pytest.fixture
def confirmed(taken_in, office):
    accept_everything(taken_in, office)
    return confirm_import(plan_import=taken_in, base_version=1, effective_on=DAY, by=office)


def leads(title):
    duties = Duty.objects.filter(action__title=title, kind=DutyKind.LEAD)
    return [duty.unit.name for duty in duties]


def test_the_notice_makes_ten_areas_ten_actions_six_works_and_six_phases(confirmed):
    counts = [model.objects.count() for model in (GoalArea, Action, KeyWork, Phase)]
    assert counts == [10, 10, 6, 6]


def test_lead_units_are_units_of_the_register(confirmed):
    assert leads("政务环境提升行动") == ["区政府办公室", "区行政审批局"]
    assert leads("法治环境提升行动") == ["区委政法委"]


def test_two_names_of_one_unit_lead_to_one_unit_visibly(confirmed):
    names = ["区生态环境局", "东区生态环境局"]
    alias = UnitAlias.objects.select_related("unit").get(name__in=names)
    assert {alias.name, alias.unit.name} == set(names)
    duties = Duty.objects.filter(written_name__in=names)
    assert set(duties.values_list("unit_id", flat=True)) == {alias.unit_id}
    assert duties.count() > 1


def test_collective_owners_stay_one_duty_until_they_are_expanded(confirmed):
    duty = Duty.objects.get(action__title="生态环境提升行动", is_collective=True)
    assert (duty.unit, duty.written_name, duty.valid_from) == (None, "各街道(镇)", DAY)


def test_tasks_are_proposed_and_never_multiplied_over_units(confirmed):
    assert set(Task.objects.values_list("state", flat=True)) == {TaskState.PROPOSED}
    action = Action.objects.get(title="公共环境提升行动")
    assert action.tasks.count() == 4


def test_stages_run_from_the_first_to_the_last_day(confirmed):
    stage = Phase.objects.get(name="启动部署阶段")
    assert (stage.starts_on, stage.ends_on) == (
        datetime.date(2021, 2, 1),
        datetime.date(2021, 7, 31),
    )


def test_the_targets_of_2021_keep_their_words(confirmed):
    target = Target.objects.filter(name="测评点位达标率", phase__name__startswith="2021").get()
    assert (target.operator, target.value, target.unit) == (">=", 70, "%")
    assert target.text == confirmed.source.text[target.start : target.end]


def test_open_doubts_stop_the_confirmation_and_nothing_is_written(taken_in, office):
    accept_remaining(plan_import=taken_in, by=office)
    with pytest.raises(Invalid, match="处疑点"):
        confirm_import(plan_import=taken_in, base_version=1, effective_on=DAY, by=office)
    assert not Action.objects.exists()
    assert Unit.objects.count() == 1  # 区创文办, which was there before


def test_an_owner_whose_unit_was_dropped_is_named_and_nothing_is_written(taken_in, office):
    accept_everything(taken_in, office)
    unit = taken_in.items.get(kind=ItemKind.UNIT, data__name="区财政局")
    decide_items(plan_import=taken_in, item_ids=[unit.pk], state=ItemState.DROPPED, by=office)
    with pytest.raises(Invalid, match="区财政局"):
        confirm_import(plan_import=taken_in, base_version=1, effective_on=DAY, by=office)
    assert not Action.objects.exists()


def test_a_second_confirmation_is_refused(confirmed, office):
    with pytest.raises(IllegalTransition):
        confirm_import(plan_import=confirmed, base_version=1, effective_on=DAY, by=office)


def test_the_same_document_again_doubles_nothing(confirmed, campaign, office):
    before = [m.objects.count() for m in (Action, Task, Duty, Target, Phase, Unit, UnitAlias)]
    data = confirmed.source.text.encode()
    again = take_in_document(
        campaign=campaign, source=read_text(data), name="again", data=data, by=office
    )
    accept_everything(again, office)
    confirm_import(plan_import=again, base_version=1, effective_on=DAY, by=office)
    after = [m.objects.count() for m in (Action, Task, Duty, Target, Phase, Unit, UnitAlias)]
    assert after == before


def test_every_step_is_in_the_audit_chain(confirmed, tenant):
    assert verify(tenant_id=tenant.pk).whole


WITHOUT_YEAR = (
    "东区迎接全国文明城区实地测评工作方案\n一、工作目标\n实地测评点位达标率达到98%以上。\n"
    "二、重点任务\n（一）环境整治行动。整治背街小巷20条。\n牵头单位：区发改局\n"
)


def test_a_target_that_no_year_is_given_for_belongs_to_the_campaign(campaign, office):
    data = WITHOUT_YEAR.encode()
    taken = take_in_document(
        campaign=campaign, source=read_text(data, "方案.txt"), name="方案.txt", data=data, by=office
    )
    accept_remaining(plan_import=taken, by=office)
    confirm_import(plan_import=taken, base_version=1, effective_on=DAY, by=office)
    (target,) = Target.objects.filter(name="测评点位达标率")
    assert (target.phase, target.year, target.value) == (None, None, 98)
