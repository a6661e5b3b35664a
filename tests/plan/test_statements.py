"""What a write costs: at most ten statements, however many tasks, units and people there are."""

import datetime

import pytest

from chuangwen.kit.ids import new_id
from chuangwen.people.actions.units import create_unit, edit_unit
from chuangwen.people.actors import Actor, Post
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership
from chuangwen.people.roles import Role
from chuangwen.plan.actions import part_office, parts, task_editing, tasks
from chuangwen.plan.actions.cancelling import cancel_tasks
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.duties import answer_question, ask_about_duty
from chuangwen.plan.actions.duty_editing import add_duty, change_duty, end_duty
from chuangwen.plan.actions.urging import remind_units
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Duty, DutyQuestion, Task, TaskPart
from tests.statements import require_few

pytestmark = pytest.mark.django_db
DAY, LATER = datetime.date(2021, 9, 15), datetime.date(2021, 11, 30)
SPRING = datetime.date(2021, 3, 1)
STEPS = [parts.Step(f"第{number}步", DAY) for number in range(3)]


class Place:
    """A task that two units have, with people who are told of everything."""

    def __init__(self, tenant, campaign, office, system, *, people: int) -> None:
        self.tenant, self.office, self.system = tenant, office, system
        self.units = [
            create_unit(name=name, kind=UnitKind.GOVERNMENT, by=system)
            for name in ("区发改局", "区民政局", "区教体局")
        ]
        for number in range(people):
            for role, unit_id in [
                (Role.OFFICE, office.posts[0].unit_id),
                *((Role.CLERK, unit.pk) for unit in self.units),
            ]:
                self._person(f"{role}{unit_id}{number}", role, unit_id)
        self.clerk = Actor(
            tenant.pk, new_id(), "李梅", (Post(Role.CLERK, self.units[0].pk, "区发改局"),)
        )
        self.action = Action.objects.create(campaign=campaign, title="公共环境提升行动")
        self.task = self.new_task("停车泊位划线")
        self.give(*self.units[:2])

    def _person(self, name, role, unit_id) -> None:
        account = Account.objects.create(tenant=self.tenant, username=name[:100], name=name[:50])
        Membership.objects.create(account=account, unit_id=unit_id, role=role)

    def new_task(self, title) -> Task:
        return task_editing.create_task(title=title, belongs_to=self.action, by=self.system)

    def give(self, *units) -> list[TaskPart]:
        return dispatch_many(
            assignments=[Assignment(self.task.pk, unit.pk, DutyKind.LEAD, DAY) for unit in units],
            by=self.office,
        )

    @property
    def part(self) -> TaskPart:
        return TaskPart.objects.select_related("unit", "task").get(
            task=self.task, unit=self.units[0]
        )

    def seen(self, by=None) -> dict[str, object]:
        return {"part": self.part, "base_version": self.part.version, "by": by or self.office}

    def fresh(self) -> dict[str, object]:
        self.task.refresh_from_db()
        return {"task": self.task, "base_version": self.task.version, "by": self.office}

    def bring_to(self, state: str) -> None:
        """Every unit's part."""
        for part in TaskPart.objects.filter(task=self.task):
            for step in ("submitted", "confirmed", "done"):
                self._step(part, step)
                if step == state:
                    break

    def _step(self, part, step) -> None:
        part.refresh_from_db()
        seen = {"part": part, "base_version": part.version}
        match step:
            case "submitted":
                parts.submit_measures(steps=STEPS, by=self.system, **seen)
            case "confirmed":
                parts.confirm_measures(by=self.office, **seen)
            case "done":
                parts.finish_part(by=self.system, **seen)


def create(place):
    return lambda: task_editing.create_task(title="新任务", due_on=DAY, by=place.office)


def edit(place):
    facts = {"title": "改名", "text": "另一段文字", "due_on": LATER}
    seen = place.fresh()
    return lambda: task_editing.edit_task(**seen, **facts)


def dispatch(place):
    place.task = place.new_task("再一项")
    return lambda: place.give(*place.units)


def dispatch_again(place):
    part_office.withdraw_part(reason="不办", **place.seen())
    return lambda: place.give(*place.units)


def submit(place):
    seen = place.seen(place.clerk)
    return lambda: parts.submit_measures(steps=STEPS, **seen)


def return_(place):
    place.bring_to("submitted")
    seen = place.seen()
    return lambda: parts.return_measures(reason="不具体", **seen)


def confirm(place):
    place.bring_to("submitted")
    seen = place.seen()
    return lambda: parts.confirm_measures(**seen)


def confirm_many(place):
    place.bring_to("submitted")
    parts.confirm_measures(**place.seen())
    parts.finish_part(**place.seen(place.clerk))
    versions = dict(TaskPart.objects.values_list("pk", "version"))
    return lambda: part_office.confirm_parts(versions=versions, by=place.office)


def recall(place):
    place.bring_to("confirmed")
    seen = place.seen()
    return lambda: part_office.recall_part(**seen)


def progress(place):
    place.bring_to("confirmed")
    part = place.part
    return lambda: parts.add_progress(part=part, day=DAY, text="已开工", by=place.clerk)


def finish(place):
    place.bring_to("confirmed")
    seen = place.seen(place.clerk)
    return lambda: parts.finish_part(**seen)


def rework(place):
    place.bring_to("done")
    seen = place.seen()
    return lambda: parts.rework_part(reason="还缺", **seen)


def withdraw(place):
    seen = place.seen()
    return lambda: part_office.withdraw_part(reason="不办", **seen)


def extend(place):
    seen = place.seen()
    return lambda: part_office.extend_part(due_on=LATER, reason="顺延", **seen)


def complete(place):
    place.bring_to("done")
    seen = place.fresh()
    return lambda: tasks.complete_task(**seen)


def reopen(place):
    complete(place)()
    seen = place.fresh()
    return lambda: task_editing.reopen_task(reason="回潮", **seen)


def cancel(place):
    seen = place.fresh()
    return lambda: tasks.cancel_task(reason="重复", **seen)


def cancel_many(place):
    keys = [place.task.pk, place.new_task("另一项").pk]
    return lambda: cancel_tasks(task_ids=keys, reason="重复", by=place.office)


def deadlines(place):
    return lambda: task_editing.change_deadlines(
        task_ids=[place.task.pk], due_on=LATER, reason="顺延", with_parts=True, by=place.office
    )


def urge(place):
    keys = list(TaskPart.objects.values_list("pk", flat=True))
    return lambda: remind_units(part_ids=keys, text="请尽快", by=place.office)


def ask(place):
    unit, task = place.units[0], place.task
    return lambda: ask_about_duty(text="由谁牵头？", unit=unit, task=task, by=place.clerk)


def answer(place):
    ask(place)()
    question = DutyQuestion.objects.get()
    return lambda: answer_question(question=question, answer="区发改局", by=place.office)


def add(place):
    return lambda: add_duty(
        subject=place.action, unit=place.units[0], kind=DutyKind.LEAD, valid_from=SPRING,
        by=place.office,
    )  # fmt: skip


def end(place):
    add(place)()
    duty = Duty.objects.get()
    return lambda: end_duty(duty=duty, last_day=DAY, reason="调整", by=place.office)


def change(place):
    add(place)()
    duty = Duty.objects.get()
    return lambda: change_duty(
        duty=duty, kind=DutyKind.SUPPORTING, valid_from=DAY, reason="调整", by=place.office
    )


def new_unit(place):
    facts = {"name": "区审计局", "code": "51040209", "parent": place.units[0]}
    return lambda: create_unit(kind=UnitKind.GOVERNMENT, by=place.system, **facts)


def rename_unit(place):
    unit = place.units[0]
    facts = {"name": "区发展和改革局", "code": "51040208", "kind": unit.kind, "valid_from": SPRING}
    return lambda: edit_unit(unit=unit, base_version=unit.version, by=place.system, **facts)


WRITES = [
    create, edit, dispatch, dispatch_again, submit, return_, confirm, confirm_many, recall,
    progress, finish, rework, withdraw, extend, complete, reopen, cancel, cancel_many, deadlines,
    urge, ask, answer, add, end, change, new_unit, rename_unit,
]  # fmt: skip


@pytest.fixture
def make_place(tenant, campaign, office, system, settings):
    settings.CHUANGWEN_TODAY = DAY
    return lambda people: Place(tenant, campaign, office, system, people=people)


@pytest.mark.parametrize("people", [1, 4])
@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.__name__)
def test_a_write_is_at_most_ten_statements(make_place, write, people):
    require_few(write(make_place(people)))
