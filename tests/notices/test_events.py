"""Who hears of what: units of the office's decisions, the office of the units' work."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.audit.models import AuditEvent
from chuangwen.notices.models import Notice
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.actions.duties import answer_question, ask_about_duty
from chuangwen.plan.actions.part_office import extend_part
from chuangwen.plan.actions.parts import (
    Step,
    confirm_measures,
    finish_part,
    return_measures,
    rework_part,
    submit_measures,
)
from chuangwen.plan.actions.task_editing import change_deadlines
from chuangwen.plan.actions.tasks import cancel_task, complete_task
from tests.notices.conftest import DUE


def heard(person) -> list[tuple[str, str]]:
    """Kinds and subjects of a person's notices, the oldest first."""
    notices = Notice.objects.filter(recipient=person.account).order_by("pk")
    return list(notices.values_list("kind", "subject"))


def test_a_dispatched_task_reaches_clerk_and_head_of_each_unit(give, unit, li_mei, zhang_wei):
    (part,) = give(unit)
    expected = ("task_dispatched", "新任务：停车泊位应划尽划")
    assert heard(li_mei) == heard(zhang_wei) == [expected]
    notice = Notice.objects.filter(recipient=li_mei.account).get()
    assert (notice.about_kind, notice.about_id) == ("part", part.pk)
    assert "2021-09-24" in notice.body


def test_others_hear_nothing(give, unit, hire, system, tenant):
    other = create_unit(name="区教体局", kind=UnitKind.GOVERNMENT, by=system)
    stranger = hire("赵敏", Role.CLERK, other)
    give(unit)
    assert heard(stranger) == []


def test_the_life_of_a_part_is_told_to_the_other_side(give, unit, li_mei, zhang_wei, wang_fang):
    (part,) = give(unit)
    office, clerk = wang_fang.actor, li_mei.actor
    steps = [Step("制定方案", DUE)]
    submit_measures(part=part, base_version=1, steps=steps, by=clerk)
    return_measures(part=part, base_version=2, reason="缺少责任人", by=office)
    submit_measures(part=part, base_version=3, steps=steps, by=clerk)
    confirm_measures(part=part, base_version=4, by=office)
    finish_part(part=part, base_version=5, by=clerk)
    rework_part(part=part, base_version=6, reason="没有划完", by=office)
    finish_part(part=part, base_version=7, by=clerk)
    complete_task(task=part.task, base_version=part.task.version, by=office)
    assert [kind for kind, _ in heard(wang_fang)] == [
        "measures_submitted",
        "measures_submitted",
        "part_done",
        "part_done",
    ]
    told = ["task_dispatched", "measures_returned", "measures_confirmed", "part_reworked"]
    assert [kind for kind, _ in heard(zhang_wei)] == [*told, "task_completed"]
    assert heard(zhang_wei) == heard(li_mei)
    returned = Notice.objects.get(recipient=li_mei.account, kind="measures_returned")
    assert returned.body == "原因：缺少责任人"


def test_a_moved_deadline_is_told_with_both_days_and_the_reason(give, unit, li_mei, wang_fang):
    (part,) = give(unit)
    later = datetime.date(2021, 12, 31)
    extend_part(part=part, base_version=1, due_on=later, reason="雨季停工", by=wang_fang.actor)
    told = Notice.objects.get(recipient=li_mei.account, kind="deadline_moved")
    assert told.subject == "时限改为 2021-12-31：停车泊位应划尽划"
    assert told.body == "原时限 2021-09-24，现时限 2021-12-31。原因：雨季停工"
    assert (told.about_kind, told.about_id) == ("part", part.pk)


def test_one_deadline_for_many_reaches_only_those_whose_own_changes(give, unit, li_mei, wang_fang):
    later = datetime.date(2021, 12, 31)
    moved, same = give(unit, title="划线")[0], give(unit, title="装灯", due_on=later)[0]
    change_deadlines(
        task_ids=[moved.task_id, same.task_id],
        due_on=later,
        reason="统一",
        with_parts=True,
        by=wang_fang.actor,
    )
    told = Notice.objects.get(recipient=li_mei.account, kind="deadline_moved")
    assert told.subject == "时限改为 2021-12-31：划线"


def test_a_cancelled_task_is_told_with_its_reason(give, unit, li_mei, wang_fang):
    (part,) = give(unit)
    cancel_task(
        task=part.task, base_version=part.task.version, reason="与上级要求重复", by=wang_fang.actor
    )
    last = Notice.objects.filter(recipient=li_mei.account).latest("pk")
    assert (last.kind, last.body) == ("task_cancelled", "原因：与上级要求重复")


def test_a_question_goes_to_the_office_and_the_answer_back(unit, li_mei, wang_fang):
    question = ask_about_duty(text="夜市归谁管？", unit=unit, by=li_mei.actor)
    assert heard(wang_fang) == [("question_asked", "区发改局提出责任疑问：夜市归谁管？")]
    answer_question(question=question, answer="由区商务局牵头。", by=wang_fang.actor)
    notice = Notice.objects.get(recipient=li_mei.account)
    assert notice.body == "问：夜市归谁管？\n答：由区商务局牵头。"


def test_what_was_undone_is_not_told(give, unit, li_mei, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("chuangwen.plan.actions.dispatching.announce_dispatch", fail)
    with pytest.raises(RuntimeError):
        give(unit)
    assert not Notice.objects.exists()


def test_statements_do_not_grow_with_units_and_people(give, hire, system, tenant, wang_fang):
    units = [
        create_unit(name=f"第{number}局", kind=UnitKind.GOVERNMENT, by=system)
        for number in range(30)
    ]
    for unit in units:
        hire(f"{unit.name}甲", Role.CLERK, unit)
        hire(f"{unit.name}乙", Role.HEAD, unit)

    def statements(chosen) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            give(*chosen)
        return len(caught)

    assert statements(units[:1]) == statements(units)
    assert Notice.objects.count() == 62


def test_a_unit_hands_in_measures_with_ten_statements(give, unit, li_mei, wang_fang):
    """Beside the two of the savepoint, which the test itself brings about."""
    (part,) = give(unit)
    steps = [Step(f"措施{number}", DUE) for number in range(40)]
    submit_measures(part=part, base_version=1, steps=steps, by=li_mei.actor)
    return_measures(part=part, base_version=2, reason="太多", by=wang_fang.actor)
    clerk = li_mei.actor
    with CaptureQueriesContext(connection) as caught:
        submit_measures(part=part, base_version=3, steps=steps[:2], by=clerk)
    assert len([each for each in caught if "SAVEPOINT" not in each["sql"]]) <= 10
    assert part.measures.count() == 2
    event = AuditEvent.objects.filter(verb="part.submit").latest("sequence")
    before, after = event.changes["measures"]
    assert before == [[f"措施{number}", "2021-09-24"] for number in range(40)]
    assert after == before[:2]
