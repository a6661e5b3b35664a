"""The plan by levels: what hangs below a branch comes when it is opened."""

import pytest

from chuangwen.plan.models import GoalArea, KeyWork, Phase
from chuangwen.web.plan import branches
from tests.web.plan.people import DUE


def body(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def area(district):
    return GoalArea.objects.create(campaign=district.campaign, number="（一）", title="环境优美")


def test_the_tree_names_goals_of_every_kind_and_no_task(district, area, wang_fang):
    KeyWork.objects.create(campaign=district.campaign, number="（二）", title="补短板")
    district.duty("区住建局")
    district.task()
    page = body(wang_fang.get("/plan/"))
    for words in ("公共环境提升行动", "牵头：区住建局", "环境优美", "补短板", "目标领域（1）"):
        assert words in page
    assert "停车泊位划线" not in page
    assert f'data-source="/plan/branches/action/{district.action.pk}/"' in page


def test_a_branch_brings_its_tasks_and_a_task_its_units(district, wang_fang):
    part = district.part()
    address = f"/plan/branches/action/{district.action.pk}/"
    fragment = body(wang_fang.get(address))
    assert "停车泊位划线" in fragment and "单位完成 0 / 1" in fragment
    assert "<html" not in fragment
    units = body(wang_fang.get(f"/plan/branches/tasks/{part.task_id}/"))
    assert f"/plan/parts/{part.pk}/" in units and "区发改局" in units


def test_without_script_the_address_opens_a_branch(district, area, wang_fang):
    district.task("河道保洁", action=None, area=area)
    page = body(wang_fang.get(f"/plan/?open=area:{area.pk}"))
    assert 'id="opened"' in page and "河道保洁" in page
    for made_up in ("area:甲", "甲:乙", f"unit:{area.pk}", ":"):
        assert "河道保洁" not in body(wang_fang.get("/plan/", {"open": made_up}))


def test_a_clerk_sees_below_a_branch_what_is_theirs(district, li_mei):
    district.part(district.task("本局的"))
    district.part(district.task("别人的"), unit="区民政局")
    fragment = body(li_mei.get(f"/plan/branches/action/{district.action.pk}/"))
    assert "本局的" in fragment and "别人的" not in fragment


def test_a_long_branch_leads_to_the_list(district, wang_fang, monkeypatch):
    monkeypatch.setattr(branches, "MOST", 2)
    address = f"/plan/branches/action/{district.action.pk}/"
    for title in ("甲", "乙"):
        district.task(title)
    assert "全部任务" not in body(wang_fang.get(address))
    district.task("丙")
    fragment = body(wang_fang.get(address))
    assert f"/plan/tasks/?action={district.action.pk}" in fragment
    assert fragment.count("<li>") == 2


def test_what_is_no_branch_is_not_found(district, wang_fang):
    assert wang_fang.get(f"/plan/branches/unit/{district.action.pk}/").status_code == 404
    assert wang_fang.get(f"/plan/branches/area/{district.action.pk}/").status_code == 404


def test_a_search_lists_tasks_instead_of_the_tree(district, wang_fang):
    district.task()
    page = body(wang_fang.get("/plan/", {"q": "泊位"}))
    assert "停车<mark>泊位</mark>划线" in page
    assert "data-source" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_at_most_eight_queries(district, area, wang_fang, number, django_assert_max_num_queries):
    for each in range(number):
        KeyWork.objects.create(campaign=district.campaign, title=f"工作{each}")
        Phase.objects.create(campaign=district.campaign, name=f"{each}", starts_on=DUE, ends_on=DUE)
        part = district.part(district.task(f"任务{each}"))
        district.duty(f"区{each}局")
    action = district.action.pk
    for address in (
        "/plan/",
        f"/plan/?open=action:{action}",
        "/plan/?q=任务",
        f"/plan/branches/action/{action}/",
        f"/plan/branches/tasks/{part.task_id}/",
    ):
        with django_assert_max_num_queries(8):
            assert wang_fang.get(address).status_code == 200
