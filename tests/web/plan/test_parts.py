"""Units' parts: the review queue for the office, the page of a clerk."""

import datetime
import io
import re

import pytest
from python_calamine import CalamineWorkbook

from chuangwen.notices.models import Notice
from chuangwen.people.roles import Role
from chuangwen.plan.actions.part_office import confirm_parts
from chuangwen.plan.actions.parts import Step, finish_part, submit_measures
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import TaskPart

STEPS = [Step("制定方案", datetime.date(2021, 9, 30))]


def body(answer):
    return answer.content.decode()


@pytest.fixture
def waiting(district, system):
    """Three units whose measures of one task wait for the office, in the order of the queue."""
    task = district.task()
    parts = [district.part(task, unit=name) for name in ("区发改局", "区民政局", "区教体局")]
    parts = [submit_measures(part=p, base_version=1, steps=STEPS, by=system) for p in parts]
    return sorted(parts, key=lambda part: part.pk)


def state_of(part):
    return TaskPart.objects.get(pk=part.pk).state


def test_the_queue_goes_from_one_to_the_next_until_it_is_empty(waiting, wang_fang):
    answer = wang_fang.get("/plan/parts/queue/")
    seen = []
    while "queue=" in answer.headers.get("Location", ""):
        address = answer.headers["Location"]
        seen.append(address.split("/")[3])
        form = {"version": 2, "decision": "confirm", "queue": "all"}
        answer = wang_fang.post(f"/plan/parts/{seen[-1]}/review/", form)
    assert seen == [str(part.pk) for part in waiting]
    assert {state_of(part) for part in waiting} == {PartState.CONFIRMED}
    assert "没有等待审核的" in body(wang_fang.get("/plan/parts/queue/"))


def test_the_queue_shows_its_neighbours_for_the_keys(waiting, wang_fang):
    first, second, third = waiting
    page = body(wang_fang.get(f"/plan/parts/{second.pk}/?queue=all"))
    assert f'href="/plan/parts/{first.pk}/?queue=all" data-hotkey="k"' in page
    assert f'href="/plan/parts/{third.pk}/?queue=all" data-hotkey="j"' in page
    assert 'data-hotkey="a"' in page and 'data-hotkey="r"' in page
    assert 'data-hotkey="k"' not in body(wang_fang.get(f"/plan/parts/{first.pk}/?queue=all"))


def test_measures_come_before_completions(waiting, wang_fang, system):
    confirm_parts(versions={waiting[0].pk: 2}, by=system)
    finish_part(part=waiting[0], base_version=3, by=system)
    assert str(waiting[1].pk) in wang_fang.get("/plan/parts/queue/").headers["Location"]
    done = wang_fang.get("/plan/parts/queue/?state=done").headers["Location"]
    assert done == f"/plan/parts/{waiting[0].pk}/?queue=done"
    form = {"version": 4, "decision": "confirm"}
    wang_fang.post(f"/plan/parts/{waiting[0].pk}/review/", form)
    assert state_of(waiting[0]) == PartState.CLOSED


def test_many_are_confirmed_at_once_and_a_stale_one_stops_all(waiting, wang_fang):
    values = [f"{part.pk}:2" for part in waiting]
    stale = {"part": [*values[:2], f"{waiting[2].pk}:1"], "back": "state=submitted"}
    assert wang_fang.post("/plan/parts/confirm/", stale).status_code == 409
    assert {state_of(part) for part in waiting} == {PartState.SUBMITTED}
    answer = wang_fang.post("/plan/parts/confirm/", {"part": values, "back": "state=submitted"})
    assert answer.headers["Location"] == "/plan/parts/?state=submitted"
    assert {state_of(part) for part in waiting} == {PartState.CONFIRMED}


def test_the_list_urges_what_is_ticked_and_comes_back(district, waiting, wang_fang, li_mei):
    part = TaskPart.objects.get(unit=district.unit("区发改局"))
    page = body(wang_fang.get("/plan/parts/?state=submitted"))
    assert 'formaction="/plan/parts/remind/"' in page
    assert 'name="next" value="/plan/parts/?state=submitted"' in page
    form = {"part": f"{part.pk}:2", "text": "周五前", "next": "/plan/parts/?state=submitted"}
    answer = wang_fang.post("/plan/parts/remind/", form)
    assert answer.headers["Location"] == "/plan/parts/?state=submitted"
    assert Notice.objects.get(kind="urged").recipient.username == "clerk-区发改局"
    assert "remind" not in body(li_mei.get("/plan/parts/"))


def test_what_does_not_wait_is_not_confirmed_with_the_rest(district, waiting, wang_fang):
    fresh = district.part(district.task("未填的"), unit="区民政局")
    values = [f"{waiting[0].pk}:2", f"{fresh.pk}:{fresh.version}"]
    answer = wang_fang.post("/plan/parts/confirm/", {"part": values}, follow=True)
    assert "已通过 1 项。另有 1 项不在等待审核，没有改动。" in body(answer)
    assert (state_of(waiting[0]), state_of(fresh)) == (PartState.CONFIRMED, PartState.ASSIGNED)
    refused = wang_fang.post("/plan/parts/confirm/", {"part": values[1:]})
    assert refused.status_code == 422
    assert "都不在等待审核" in body(refused)


def test_a_confirmation_can_be_taken_back(waiting, wang_fang):
    part = waiting[0]
    wang_fang.post(f"/plan/parts/{part.pk}/review/", {"version": 2, "decision": "confirm"})
    assert "撤销通过" in body(wang_fang.get(f"/plan/parts/{part.pk}/"))
    wang_fang.post(f"/plan/parts/{part.pk}/recall/", {"version": 3})
    assert state_of(part) == PartState.SUBMITTED


def test_the_unit_reads_why_its_measures_came_back(waiting, wang_fang, li_mei, district):
    part = TaskPart.objects.get(unit=district.unit("区发改局"))
    form = {"version": 2, "decision": "return", "reason": "缺少数据"}
    wang_fang.post(f"/plan/parts/{part.pk}/review/", form)
    page = body(li_mei.get(f"/plan/parts/{part.pk}/"))
    assert "创文办退回：</strong>缺少数据" in page
    assert 'value="制定方案"' in page
    assert "退回措施" in body(li_mei.get(f"/plan/parts/{part.pk}/?history=1"))


def test_a_stale_submission_keeps_what_was_typed(district, li_mei):
    part = district.part()
    form = {"version": 9, "text": ["辛苦写的"], "due_on": ["2021-10-01"]}
    answer = li_mei.post(f"/plan/parts/{part.pk}/measures/", form)
    assert answer.status_code == 409
    assert "辛苦写的" in body(answer) and 'name="version" value="1"' in body(answer)


@pytest.mark.parametrize("step", ["progress", "finish"])
def test_what_the_state_refuses_is_said_on_the_page_and_keeps_what_was_typed(
    district, li_mei, step
):
    """The page was open with its form; meanwhile the office took the confirmation back."""
    part = district.part()
    form = {"version": 1, "day": "2021-09-14", "text": "写了很久的 <进展>"}
    answer = li_mei.post(f"/plan/parts/{part.pk}/{step}/", form)
    assert answer.status_code == 409
    page = body(answer)
    assert "停车泊位划线" in page and "待填措施" in page
    assert re.search(r'<div class="alert alert-danger" role="alert">[^<]*待填措施', page)
    assert "写了很久的 &lt;进展&gt;</textarea>" in page
    assert state_of(part) == PartState.ASSIGNED and not part.progress.exists()


def test_measures_are_copied_from_another_task_of_the_same_unit_only(district, li_mei, system):
    source = district.part(district.task("旧任务"))
    submit_measures(part=source, base_version=1, steps=STEPS, by=system)
    foreign = district.part(district.task("别家的"), unit="区民政局")
    submit_measures(part=foreign, base_version=1, steps=STEPS, by=system)
    part = district.part(district.task("新任务"))
    page = body(li_mei.get(f"/plan/parts/{part.pk}/copy/"))
    assert "旧任务" in page and "别家的" not in page
    page = body(li_mei.get(f"/plan/parts/{part.pk}/?copy={source.pk}"))
    assert 'value="制定方案"' in page and "还没有报送" in page
    assert not part.measures.exists()
    assert li_mei.get(f"/plan/parts/{part.pk}/?copy={foreign.pk}").status_code == 404


def test_the_export_has_what_the_list_has(district, waiting, li_mei, wang_fang):
    district.part(district.task("迟了的"), due_on=datetime.date(2021, 9, 1))
    content = wang_fang.get("/plan/parts/export.xlsx?state=submitted").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    own = li_mei.get("/plan/parts/export.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(own)).get_sheet_by_index(0).to_python()
    assert {row[2] for row in rows[1:]} == {"区发改局"}
    assert [row[5] for row in rows[1:]].count("是") == 1


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.INSPECTOR])
def test_only_the_office_judges(district, waiting, role):
    client = district.sign_in(role, "区民政局")
    part = waiting[0]
    for step in ("review/", "recall/", "office/"):
        assert client.post(f"/plan/parts/{part.pk}/{step}", {"version": 2}).status_code == 403
    assert client.get("/plan/parts/queue/").status_code == 403
    assert client.post("/plan/parts/confirm/", {"part": f"{part.pk}:2"}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_pages_run_at_most_eight_queries(  # noqa: PLR0917 - fixtures
    district, wang_fang, li_mei, system, number, django_assert_max_num_queries
):
    task = district.task()
    for name in ("区发改局", "甲局", "乙局")[:number]:
        part = district.part(task, unit=name)
        submit_measures(part=part, base_version=1, steps=STEPS, by=system)
    part = TaskPart.objects.get(unit=district.unit("区发改局"))
    for client, address in (
        (wang_fang, "/plan/parts/"), (li_mei, "/plan/parts/"),
        (wang_fang, f"/plan/parts/{part.pk}/?queue=all"), (li_mei, f"/plan/parts/{part.pk}/"),
        (li_mei, f"/plan/parts/{part.pk}/?history=1"), (li_mei, f"/plan/parts/{part.pk}/copy/"),
        (wang_fang, f"/plan/parts/{part.pk}/office/"),
    ):  # fmt: skip
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200, address
