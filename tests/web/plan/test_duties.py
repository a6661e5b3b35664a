"""Duties and the questions about them, over HTTP."""

import pytest

from chuangwen.people.actions.groups import create_group
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.enums import DutyKind, QuestionState
from chuangwen.plan.models import Duty, DutyQuestion


def body(answer):
    return answer.content.decode()


@pytest.fixture
def collective(district):
    return Duty.objects.create(
        campaign=district.campaign, action=district.action, kind=DutyKind.RESPONSIBLE,
        written_name="区级各部门", is_collective=True,
    )  # fmt: skip


def test_a_duty_is_set_changed_and_kept_as_history(district, wang_fang):
    address = f"/plan/actions/{district.action.pk}/duties/"
    district.unit("区发改局")
    form = {"unit": "区发改局", "kind": "responsible", "valid_from": "2021-08-06", "reason": ""}
    assert wang_fang.post(address, form).status_code == 302
    page = body(wang_fang.get(address))
    assert "暂视“区发改局”为牵头" in page
    duty = Duty.objects.get()
    form = {"kind": "lead", "day": "2021-09-01", "reason": "会议纪要"}
    wang_fang.post(f"/plan/duties/{duty.pk}/", form)
    page = body(wang_fang.get(address))
    assert "没有写明牵头单位" not in page
    assert "至 2021-08-31" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("unit", "区发政局", "未找到单位“区发政局”"), ("valid_from", "八月", "输入")],
)
def test_a_refused_duty_keeps_what_was_typed(district, wang_fang, field, value, words):
    district.unit("区发改局")
    form = {"unit": "区发改局", "kind": "lead", "valid_from": "2021-08-06", "reason": "纪要"}
    answer = wang_fang.post(f"/plan/actions/{district.action.pk}/duties/", form | {field: value})
    assert answer.status_code == 422
    assert value in body(answer) and words in body(answer) and 'value="纪要"' in body(answer)


def test_a_collective_owner_is_previewed_then_expanded(district, collective, wang_fang):
    address = f"/plan/duties/{collective.pk}/expand/"
    assert "还没有定义这个称谓" in body(wang_fang.get(address))
    create_group(name="区级各部门", kinds=[UnitKind.STREET], by=district.system)
    assert "名录中没有这类单位" in body(wang_fang.get(address))
    district.unit("甲街道", UnitKind.STREET)
    district.unit("乙镇", UnitKind.STREET)
    page = body(wang_fang.get(f"{address}?day=2021-09-15"))
    assert "按 2021-09-15 名录展开为 <strong>2</strong> 个单位" in page
    assert Duty.objects.count() == 1
    wang_fang.post(address, {"day": "2021-09-15"})
    page = body(wang_fang.get(f"/plan/actions/{district.action.pk}/duties/"))
    assert page.count("由“区级各部门”展开") == 2


def test_a_unit_asks_the_office_answers_and_sets_the_duty(district, wang_fang, li_mei):
    part = district.part()
    form = {"unit": str(district.unit("区发改局").pk), "text": "由谁牵头？"}
    li_mei.post(f"/plan/questions/new/?task={part.task_id}", form)
    question = DutyQuestion.objects.get()
    assert question.task_id == part.task_id
    page = body(wang_fang.get("/plan/questions/?state=asked"))
    assert "由谁牵头？" in page and "区发改局" in page
    empty = wang_fang.post(f"/plan/questions/{question.pk}/answer/", {"answer": ""})
    assert empty.status_code == 422
    wang_fang.post(f"/plan/questions/{question.pk}/answer/", {"answer": "由区民政局牵头"})
    question.refresh_from_db()
    assert question.state == QuestionState.ANSWERED
    page = body(wang_fang.get(f"/plan/questions/{question.pk}/"))
    assert f"/plan/tasks/{part.task_id}/duties/" in page
    assert "由区民政局牵头" in body(li_mei.get(f"/plan/questions/{question.pk}/"))
    again = wang_fang.post(f"/plan/questions/{question.pk}/answer/", {"answer": "再改"})
    assert again.status_code == 409 and "由区民政局牵头" in body(again)


def test_questions_of_other_units_are_as_if_there_were_none(district, li_mei):
    other = DutyQuestion.objects.create(text="别家的疑问", unit=district.unit("区民政局"))
    assert "别家的疑问" not in body(li_mei.get("/plan/questions/"))
    assert li_mei.get(f"/plan/questions/{other.pk}/").status_code == 404
    form = {"unit": str(district.unit("区民政局").pk), "text": "替别家问"}
    assert li_mei.post("/plan/questions/new/", form).status_code == 422
    assert li_mei.post(f"/plan/questions/{other.pk}/answer/", {"answer": "x"}).status_code == 403


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER])
def test_only_the_office_sets_duties(district, collective, role):
    client = district.sign_in(role, "区发改局")
    for address in (
        f"/plan/actions/{district.action.pk}/duties/",
        f"/plan/duties/{collective.pk}/",
        f"/plan/duties/{collective.pk}/expand/",
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_lists_run_at_most_eight_queries(
    district, collective, wang_fang, number, django_assert_max_num_queries
):
    for index in range(number):
        district.duty(f"单位{index}")
        DutyQuestion.objects.create(text=f"疑问{index}", unit=district.unit(f"单位{index}"))
    question = DutyQuestion.objects.first()
    for address in (
        "/plan/questions/", f"/plan/questions/{question.pk}/",
        f"/plan/actions/{district.action.pk}/duties/", f"/plan/duties/{collective.pk}/expand/",
    ):  # fmt: skip
        with django_assert_max_num_queries(8):
            assert wang_fang.get(address).status_code == 200, address
