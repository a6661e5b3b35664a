"""Sample activity of the demonstration, beyond what the notice says: every row is 演示数据.

All of it goes through the actions that people's clicks run, in the order in which they would:
创文办 dispatches, units write measures, 创文办 answers, units report.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from chuangwen.demonstration.accounts import CLERKS, OFFICE
from chuangwen.framework.actions.reporting_units import assign_reporters
from chuangwen.framework.actions.reviewing import accept_values, return_value
from chuangwen.framework.actions.values import report_value
from chuangwen.framework.models import Indicator, IndicatorValue
from chuangwen.framework.periods import Period
from chuangwen.framework.reported import Report
from chuangwen.kit.samples import sampling
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Unit
from chuangwen.people.queries.actors import actor_of
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.duties import answer_question, ask_about_duty
from chuangwen.plan.actions.parts import (
    Step,
    add_progress,
    confirm_measures,
    finish_part,
    return_measures,
    submit_measures,
)
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Duty, Task, TaskPart

TASKS_OF_AN_ACTION = 3
DUE = datetime.date(2021, 12, 20)
# Before the fixed day of the demonstration, so that its boards show what is late.
PAST = datetime.date(2021, 9, 10)
FIRST_STEP, SECOND_STEP = datetime.date(2021, 9, 5), datetime.date(2021, 9, 8)
YEAR = Period(2021)
VALUES = (
    ("区综合行政执法局", "道路照明亮灯率", "98.6"),
    ("区委政法委", "全民法治宣传教育的普及率", "84.2"),
    ("区委宣传部", "群众满意度", "91.3"),
    ("区委宣传部", "创建活动的群众参与率", "88"),
)

Clerks = dict[str, Actor]  # by the name of the unit
Units = dict[str, Unit]


def load_activity() -> None:
    """Make the sample activity of the district whose tenant scope is open."""
    with sampling():
        office = _actor(OFFICE)
        parts = dispatch_many(assignments=list(_assignments()), by=office)
        clerks = {unit: _actor(username) for unit, username in CLERKS.items()}
        units = {unit.name: unit for unit in Unit.objects.filter(name__in=clerks)}
        _work_on(parts, clerks, office)
        _ask(units, clerks, office)
        _report(units, clerks, office)


def _actor(username: str) -> Actor:
    return actor_of(Account.objects.get(username=username))


def _assignments() -> Iterator[Assignment]:
    """Give the first tasks of each 提升行动 to its 牵头单位; every fifth is due already."""
    for action in Action.objects.order_by("position"):
        leads = Duty.objects.filter(action=action, kind=DutyKind.LEAD, unit__isnull=False)
        lead = leads.order_by("position").first()
        if lead is None or lead.unit_id is None:
            continue
        tasks = Task.objects.filter(action=action).order_by("position")[:TASKS_OF_AN_ACTION]
        for place, task in enumerate(tasks, start=action.position):
            due = PAST if place % 5 == 0 else DUE
            yield Assignment(task.pk, lead.unit_id, DutyKind.LEAD, due)


def _work_on(parts: list[TaskPart], clerks: Clerks, office: Actor) -> None:
    """Leave parts in each state that a unit's work passes through."""
    own = TaskPart.objects.filter(pk__in=[part.pk for part in parts]).select_related("unit", "task")
    mine = own.filter(unit__name__in=clerks).order_by("unit__name", "task__position")
    for place, part in enumerate(mine):
        _bring_to(part, place % 6, clerks[part.unit.name], office)


def _bring_to(part: TaskPart, stage: int, clerk: Actor, office: Actor) -> None:
    """0 待填措施, 1 待审核, 2 已退回, 3 and 4 实施中, 5 本部分完成."""
    if stage == 0:
        return
    steps = [
        Step("制定本单位实施方案，明确分管领导和经办人", FIRST_STEP),
        Step("按方案开展自查，形成问题清单并整改", part.due_on or DUE),
    ]
    part = submit_measures(part=part, base_version=part.version, steps=steps, by=clerk)
    if stage == 1:
        return
    if stage == 2:
        reason = "第二条措施没有写明由哪个科室负责，请补充后重新报送。"
        return_measures(part=part, base_version=part.version, reason=reason, by=office)
        return
    part = confirm_measures(part=part, base_version=part.version, by=office)
    add_progress(part=part, day=SECOND_STEP, text="实施方案已印发，自查正在进行。", by=clerk)
    if stage == 5:
        finish_part(part=part, base_version=part.version, by=clerk)


def _ask(units: Units, clerks: Clerks, office: Actor) -> None:
    """One question that is answered and one that waits."""
    names = list(clerks)
    asked = [
        (names[0], "本单位任务与其他责任单位有交叉，现场检查由哪个单位组织？"),
        (names[-1], "点位在两个街道交界处，属地责任单位是哪一个？"),
    ]
    questions = [
        ask_about_duty(text=text, unit=units[name], by=clerks[name]) for name, text in asked
    ]
    answer = "由牵头单位组织，其他责任单位派人参加。"
    answer_question(question=questions[0], answer=answer, by=office)


def _report(units: Units, clerks: Clerks, office: Actor) -> None:
    """Values of 2021: the first ones accepted, one returned, the last one waiting."""
    indicators = {
        one.name: one for one in Indicator.objects.filter(name__in=[v[1] for v in VALUES])
    }
    pairs = [(indicators[name], units[unit]) for unit, name, _number in VALUES]
    assign_reporters(pairs=pairs, valid_from=datetime.date(2021, 8, 6), by=office)
    values: list[IndicatorValue] = []
    for unit, name, number in VALUES:
        report = Report(content=Decimal(number), document="年中自查统计表（演示）")
        values.append(
            report_value(
                indicator=indicators[name],
                unit=units[unit],
                period=YEAR,
                report=report,
                by=clerks[unit],
            )
        )
    *accepted, returned, _waiting = values
    accept_values(value_ids=[value.pk for value in accepted], by=office)
    return_value(value=returned, reason="请补充问卷份数和抽样方法。", by=office)
