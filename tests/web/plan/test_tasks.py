"""The office's list of tasks: filters, bulk steps that show what they will do, editing."""

import datetime
import io

import pytest
from python_calamine import CalamineWorkbook

from chuangwen.people.actions.groups import create_group
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.actions.cancelling import cancel_tasks
from chuangwen.plan.enums import DutyKind, TaskState
from chuangwen.plan.models import Duty, Task, TaskPart


def body(answer):
    return answer.content.decode()


def test_filters_stand_in_the_address_and_the_export_follows_them(district, wang_fang):
    district.part(district.task("划线"))
    district.task("清理小广告", action=None)
    page = body(wang_fang.get("/plan/tasks/?state=dispatched"))
    assert "划线</a>" in page and "清理小广告" not in page
    assert "/plan/tasks/export.xlsx?state=dispatched" in page
    content = wang_fang.get("/plan/tasks/export.xlsx?state=dispatched").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows] == ["任务", "划线"]
    assert "清理小广告" in body(wang_fang.get("/plan/tasks/?q=广告"))
    assert "没有符合条件" in body(wang_fang.get("/plan/tasks/?q=广告&state=dispatched"))


def test_filters_by_unit_and_lateness(district, wang_fang):
    district.part(district.task("迟了的"), due_on=datetime.date(2021, 9, 1))
    district.part(district.task("别家的"), unit="区民政局")
    unit = district.unit("区民政局")
    assert "别家的" in body(wang_fang.get(f"/plan/tasks/?unit={unit.pk}"))
    assert "迟了的</a>" not in body(wang_fang.get(f"/plan/tasks/?unit={unit.pk}"))
    page = body(wang_fang.get("/plan/tasks/?late=1"))
    assert "迟了的" in page and "别家的</a>" not in page


def test_a_clerk_sees_the_own_units_tasks_only(district, li_mei):
    district.part(district.task("划线"))
    district.part(district.task("别家的"), unit="区民政局")
    page = body(li_mei.get("/plan/tasks/"))
    assert "划线" in page and "别家的" not in page and "批量操作" not in page


def test_bulk_dispatch_shows_pairs_first_and_gives_what_is_left_ticked(district, wang_fang):
    district.duty("区发改局")
    district.duty("区民政局", DutyKind.RESPONSIBLE)
    one, two = district.task("划线", due_on="2021-12-31"), district.task("装灯")
    address = f"/plan/tasks/dispatch/?task={one.pk}&task={two.pk}"
    page = body(wang_fang.get(address))
    assert page.count('name="pair"') == 4
    assert not TaskPart.objects.exists(), "looking writes nothing"
    lead, other = district.unit("区发改局"), district.unit("区民政局")
    pairs = [f"{one.pk}:{lead.pk}:lead", f"{two.pk}:{other.pk}:responsible"]
    form = {"task": [one.pk, two.pk], "pair": pairs, "deadline": "own", "back": "state=proposed"}
    answer = wang_fang.post("/plan/tasks/dispatch/", form)
    assert answer.headers["Location"] == "/plan/tasks/?state=proposed"
    given = {(p.task.title, p.unit.name, p.kind, str(p.due_on)) for p in TaskPart.objects.all()}
    assert given == {
        ("划线", "区发改局", "lead", "2021-12-31"),
        ("装灯", "区民政局", "responsible", "None"),
    }


def test_a_refused_bulk_dispatch_keeps_the_ticks(district, wang_fang):
    district.duty("区发改局")
    district.duty("区民政局", DutyKind.RESPONSIBLE)
    task = district.task()
    pair = f"{task.pk}:{district.unit('区民政局').pk}:responsible"
    form = {"task": task.pk, "pair": pair, "deadline": "one", "one_day": "年底"}
    answer = wang_fang.post("/plan/tasks/dispatch/", form)
    assert answer.status_code == 422
    assert "“年底”不是日期" in body(answer)
    assert f'value="{pair}" checked' in body(answer)
    assert body(answer).count(" checked") == 2  # the pair and the choice of one deadline


def test_a_pair_outside_the_chosen_tasks_is_refused(district, wang_fang):
    task, other = district.task(), district.task("别的")
    pair = f"{other.pk}:{district.unit('区发改局').pk}:lead"
    answer = wang_fang.post("/plan/tasks/dispatch/", {"task": task.pk, "pair": pair})
    assert answer.status_code == 422
    assert not TaskPart.objects.exists()


def test_bulk_steps_leave_finished_tasks_out_and_say_so(district, wang_fang, system):
    live, ended = district.task("划线"), district.task("旧任务")
    cancel_tasks(task_ids=[ended.pk], reason="重复", by=system)
    chosen = f"?task={live.pk}&task={ended.pk}"
    assert "不在其中：旧任务" in body(wang_fang.get(f"/plan/tasks/cancel/{chosen}"))
    form = {"task": [live.pk, ended.pk], "reason": "", "back": ""}
    assert wang_fang.post("/plan/tasks/cancel/", form).status_code == 422
    wang_fang.post("/plan/tasks/cancel/", form | {"reason": "上级取消"})
    assert {task.state for task in Task.objects.all()} == {TaskState.CANCELLED}


def test_bulk_deadline_needs_a_reason_and_keeps_the_day(district, wang_fang):
    part = district.part()
    form = {"task": part.task_id, "due_on": "2022-01-31", "with_parts": "1"}
    answer = wang_fang.post("/plan/tasks/deadline/", form)
    assert answer.status_code == 422 and 'value="2022-01-31"' in body(answer)
    wang_fang.post("/plan/tasks/deadline/", form | {"reason": "雨季"})
    part.refresh_from_db()
    assert str(part.due_on) == "2022-01-31"


def test_a_task_is_made_by_hand_and_changed(district, wang_fang):
    form = {
        "title": "增设宣传栏",
        "text": "",
        "due_on": "",
        "belongs_to": f"action:{district.action.pk}",
    }
    answer = wang_fang.post("/plan/tasks/new/", form)
    task = Task.objects.get()
    assert answer.headers["Location"] == f"/plan/tasks/{task.pk}/"
    assert task.action == district.action
    assert "增设宣传栏" in body(wang_fang.get("/plan/tasks/?q=宣传栏"))
    change = {"title": "增设公益广告", "text": "", "due_on": "", "version": 1}
    wang_fang.post(f"/plan/tasks/{task.pk}/edit/", change)
    assert "公益广告" in body(wang_fang.get("/plan/tasks/?q=公益")), "found by its new words"
    answer = wang_fang.post(f"/plan/tasks/{task.pk}/edit/", change | {"title": "我的写法"})
    assert answer.status_code == 409
    assert "我的写法" in body(answer) and "增设公益广告" in body(answer)
    assert 'name="version" value="2"' in body(answer)


def test_one_task_is_given_to_named_and_other_units(district, wang_fang):
    district.duty("区发改局")
    task, other = district.task(), district.unit("区民政局")
    page = body(wang_fang.get(f"/plan/tasks/{task.pk}/dispatch/"))
    pair = f"{district.unit('区发改局').pk}:lead"
    assert f'value="{pair}" checked' in page
    form = {"pair": pair, "unit": other.pk, "kind": "supporting", "due_on": "2021-10-01"}
    wang_fang.post(f"/plan/tasks/{task.pk}/dispatch/", form)
    kinds = dict(TaskPart.objects.values_list("unit__name", "kind"))
    assert kinds == {"区发改局": "lead", "区民政局": "supporting"}
    form = {"kind": "lead"}
    assert wang_fang.post(f"/plan/tasks/{task.pk}/dispatch/", form).status_code == 422


def test_a_task_without_deadline_tells_its_units_latest(district, wang_fang):
    task = district.task("划线")
    district.part(task, due_on=datetime.date(2021, 10, 1))
    district.part(task, unit="区民政局", due_on=datetime.date(2021, 12, 20))
    told = '<span class="quiet">单位最迟</span> 2021-12-20'
    places = [f"/plan/tasks/{task.pk}/", "/plan/tasks/", f"/plan/tasks/deadline/?task={task.pk}"]
    places += [f"/plan/actions/{task.action_id}/", f"/plan/branches/action/{task.action_id}/"]
    for place in places:
        assert told in body(wang_fang.get(place)), place
    content = wang_fang.get("/plan/tasks/export.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][-2:] == ["", datetime.date(2021, 12, 20)]
    district.task("装灯", due_on="2021-11-30")
    assert "2021-11-30" in body(wang_fang.get("/plan/tasks/"))


@pytest.mark.parametrize("view", ["", "&view=list"])
def test_the_calendar_marks_samples(district, wang_fang, view):
    part = district.part(district.task("划线"), due_on=datetime.date(2021, 10, 8))
    address = f"/plan/calendar/?month=2021-10{view}"
    page = body(wang_fang.get(address))
    assert "划线" in page and "demo-label" not in page
    TaskPart.objects.filter(pk=part.pk).update(is_sample=True)
    assert body(wang_fang.get(address)).count("demo-label") == 1


def test_the_page_tells_the_history_in_words(district, wang_fang):
    part = district.part()
    form = {"version": 1, "step": "extend", "due_on": "2022-01-31", "reason": "雨季停工"}
    wang_fang.post(f"/plan/parts/{part.pk}/office/", form)
    page = body(wang_fang.get(f"/plan/tasks/{part.task_id}/?history=1"))
    assert "调整单位时限：区发改局" in page
    assert "2021-12-31 → 2022-01-31" in page and "雨季停工" in page


def test_a_refused_withdrawal_keeps_what_was_typed(district, wang_fang):
    part = district.part()
    form = {"version": 7, "step": "withdraw", "reason": "职责不符"}
    answer = wang_fang.post(f"/plan/parts/{part.pk}/office/", form)
    assert answer.status_code == 409 and 'value="职责不符"' in body(answer)


def test_foreign_tasks_answer_as_missing_ones(district, li_mei):
    task = district.task("别家的")
    district.part(task, unit="区民政局")
    assert li_mei.get(f"/plan/tasks/{task.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.LEADER, Role.INSPECTOR])
def test_only_the_office_works_on_tasks(district, role):
    task = district.task()
    client = district.sign_in(role, "区发改局")
    for address in (
        "new/",
        f"dispatch/?task={task.pk}",
        f"{task.pk}/edit/",
        f"{task.pk}/dispatch/",
    ):
        assert client.get(f"/plan/tasks/{address}").status_code == 403
    for address in ("cancel/", "deadline/", f"{task.pk}/reopen/", f"{task.pk}/cancel/"):
        assert client.post(f"/plan/tasks/{address}", {"task": task.pk}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_pages_run_at_most_eight_queries(
    district, wang_fang, number, django_assert_max_num_queries
):
    district.duty("区发改局")
    tasks = [district.task(f"任务{index}") for index in range(number)]
    for index in range(number):
        district.part(tasks[0], unit=f"单位{index}")
    query = "&".join(f"task={task.pk}" for task in tasks)
    area = Duty.objects.get().action_id
    for address in (
        "/plan/tasks/", f"/plan/tasks/{tasks[0].pk}/", f"/plan/tasks/{tasks[0].pk}/?history=1",
        f"/plan/tasks/{tasks[0].pk}/dispatch/", f"/plan/tasks/dispatch/?{query}",
        f"/plan/tasks/cancel/?{query}", f"/plan/actions/{area}/", f"/plan/actions/{area}/duties/",
        "/plan/tasks/new/",
    ):  # fmt: skip
        with django_assert_max_num_queries(8):
            assert wang_fang.get(address).status_code == 200, address


@pytest.fixture
def collective(district):
    return Duty.objects.create(
        campaign=district.campaign, action=district.action, kind=DutyKind.RESPONSIBLE,
        written_name="各街道(镇)", is_collective=True,
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/plan/tasks/dispatch/", "/plan/tasks/{pk}/dispatch/"])
def test_a_collective_owner_is_expanded_on_the_day_of_dispatch(
    district, wang_fang, collective, address
):
    task = district.task("划线")
    address = address.format(pk=task.pk)
    page = body(wang_fang.get(f"{address}?task={task.pk}"))
    assert "“各街道(镇)”还没有定义包括哪些单位" in page
    create_group(name="各街道（镇）", kinds=[UnitKind.STREET], by=district.system)
    first, second = (district.unit(name, UnitKind.STREET) for name in ("甲街道", "乙镇"))
    page = body(wang_fang.get(f"{address}?task={task.pk}"))
    assert "按 2021-09-15 的名录展开：“各街道(镇)”" in page
    assert page.count("由“各街道(镇)”于 2021-09-15 展开") == 2
    assert Duty.objects.count() == 1, "looking writes nothing"
    value = f"{first.pk}:responsible"
    pair = f"{task.pk}:{value}" if address == "/plan/tasks/dispatch/" else value
    answer = wang_fang.post(address, {"task": task.pk, "pair": [pair], "deadline": "own"})
    assert answer.status_code == 302
    assert TaskPart.objects.get().unit == first
    shares = Duty.objects.filter(expanded_from=collective)
    assert {duty.unit for duty in shares} == {first, second}
    assert {duty.expanded_on for duty in shares} == {datetime.date(2021, 9, 15)}


def test_a_collective_owner_of_whom_nobody_is_ticked_stays(district, wang_fang, collective):
    district.duty("区发改局")
    create_group(name="各街道(镇)", kinds=[UnitKind.STREET], by=district.system)
    district.unit("甲街道", UnitKind.STREET)
    task, lead = district.task("划线"), district.unit("区发改局")
    form = {"task": task.pk, "pair": [f"{task.pk}:{lead.pk}:lead"], "deadline": "own"}
    assert wang_fang.post("/plan/tasks/dispatch/", form).status_code == 302
    assert not Duty.objects.filter(expanded_from=collective).exists()
