"""Lights and gaps where people look: actions, areas, first pages."""

import datetime
import re

import pytest

from chuangwen.framework.actions.reporting_units import assign_reporters
from chuangwen.framework.models import Indicator, IndicatorValue
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.plan.models import GoalArea, IndicatorDemand
from tests.web.signing import sign_in

NAME = "空气质量优良天数比例"


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def behind(district):
    """区发改局 reported 80 % of 87.5 %, and it was accepted."""
    indicator, unit = Indicator.objects.get(name=NAME), Unit.objects.get(name="区发改局")
    start = datetime.date(2020, 1, 1)
    assign_reporters(pairs=[(indicator, unit)], valid_from=start, by=district.system)
    IndicatorValue.objects.create(
        indicator=indicator, unit=unit, period="2020", period_ends_on="2020-12-31", number=80,
        state="accepted", document="公报",
    )  # fmt: skip
    return indicator


@pytest.fixture
def leader(district):
    return sign_in(district.tenant, "lingdao", Unit.objects.get(name="区创文办"), Role.LEADER)


def addresses_of(indicator):
    demands = IndicatorDemand.objects.filter(indicator=indicator)
    return [
        f"/plan/branches/{kind}/{key}/indicators/"
        for demand in demands
        for kind, key in (("action", demand.action_id), ("area", demand.area_id))
        if key
    ]


def test_action_and_area_show_light_and_gap(behind, leader):
    addresses = addresses_of(behind)
    assert {address.split("/")[3] for address in addresses} == {"action", "area"}
    for address in addresses:
        row = text_of(leader.get(address)).split(f">{NAME}</a>")[1].split("</tr>")[0]
        assert "未达标" in row and "7.5%" in row and "80%（" not in row
        assert "80%" in row and "#marked" in row


def test_the_page_of_an_area_fetches_them_and_names_the_clauses_without_script(behind, leader):
    area = GoalArea.objects.filter(indicator_demands__indicator=behind).first()
    page = text_of(leader.get(f"/plan/areas/{area.pk}/"))
    assert f'data-source="/plan/branches/area/{area.pk}/indicators/"' in page
    assert NAME in page


def test_a_clerk_learns_how_their_own_indicators_stand_only(behind, li_mei):
    page = text_of(li_mei.get(addresses_of(behind)[0]))
    assert page.count("未达标") == 2  # the number by light, and the line itself
    assert "由其他单位填报" in page


def test_first_pages_show_the_worst_first(behind, leader, li_mei):
    summary = text_of(leader.get("/framework/indicators/summary/"))
    assert summary.index(NAME) < summary.index("未填报", summary.index("<tbody"))
    total = Indicator.objects.count()
    assert f"全部 {total} 个指标" in summary
    own = text_of(li_mei.get("/framework/indicators/summary/"))
    assert NAME in own and "全部 1 个指标" in own
    for client, title in ((leader, "指标现状"), (li_mei, "我的指标")):
        page = text_of(client.get("/"))
        assert title in page and 'data-source="/framework/indicators/summary/"' in page


def test_the_numbers_by_light_open_lists_of_that_length(behind, leader):
    summary = text_of(leader.get("/framework/indicators/summary/"))
    assert re.search(r"未达标</span>\s+1</a>", summary)
    listed = text_of(leader.get("/framework/indicators/?level=red"))
    assert listed.count("<tr>") == 2  # its head and one line


def test_what_is_no_goal_with_indicators_is_not_found(behind, leader):
    key = GoalArea.objects.first().pk
    for kind in ("key_work", "unit", "action"):
        assert leader.get(f"/plan/branches/{kind}/{key}/indicators/").status_code == 404


def test_at_most_eight_queries(behind, leader, li_mei, django_assert_max_num_queries):
    for address in (*addresses_of(behind), "/framework/indicators/summary/", "/"):
        for client in (leader, li_mei):
            with django_assert_max_num_queries(8):
                assert client.get(address).status_code == 200
