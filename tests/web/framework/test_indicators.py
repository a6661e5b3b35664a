"""The list of indicators, one indicator's page, and its setting."""

import json
import re
from decimal import Decimal

import pytest

from chuangwen.framework.actions.reporting_units import assign_reporters
from chuangwen.framework.actions.reviewing import accept_values
from chuangwen.framework.actions.values import report_value
from chuangwen.framework.models import Indicator
from chuangwen.framework.periods import Period
from chuangwen.framework.reported import Report
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from tests.web.framework.conftest import START, text_of


@pytest.fixture
def accepted(participation, reform, system):
    values = [
        report_value(
            indicator=participation,
            unit=reform,
            period=Period(year),
            report=Report(content=Decimal(number), document="测评报告"),
            by=system,
        )
        for year, number in ((2018, "96.5"), (2019, "97"), (2020, "97.25"))
    ]
    accept_values(value_ids=[value.pk for value in values], by=system)
    return participation


def test_the_office_sees_every_indicator_with_its_demand(wang_fang, template):
    page = text_of(wang_fang.get("/framework/indicators/"))
    assert page.count("未填报") >= Indicator.objects.count() == 34
    assert "高于全国同类平均或全省同类平均" in page
    assert "≥ 0.3 平方米" in page


def test_filters_narrow_the_list(wang_fang, accepted):
    assert "残疾人" not in text_of(wang_fang.get("/framework/indicators/?level=red"))
    assert "群众参与率" in text_of(wang_fang.get("/framework/indicators/?level=red"))
    relative = text_of(wang_fang.get("/framework/indicators/?kind=relative"))
    assert "耕地保有量" in relative
    assert "残疾人" not in relative
    assert "没有符合条件的指标" in text_of(wang_fang.get("/framework/indicators/?q=没有这个"))


def test_a_clerk_sees_the_own_indicators_only(li_mei, accepted):
    page = text_of(li_mei.get("/framework/indicators/"))
    assert "群众参与率" in page
    assert "残疾人" not in page


def test_an_indicator_shows_demand_standing_trend_and_history(wang_fang, accepted):
    page = text_of(wang_fang.get(f"/framework/indicators/{accepted.pk}/"))
    assert "务求创建活动的群众参与率&gt;98%" in page
    assert "不断提高创建活动的群众参与率和满意度" in page, "the weaker clause stands beside"
    assert "97.25% 不满足 &gt; 98%" in page
    assert "差距 0.75%" in page
    assert "参考模板2021 标准" in page
    assert "98.0000" not in page
    data = json.loads(re.search(r'type="application/json">(.*?)</script>', page, re.S)[1])
    assert data["labels"] == ["2018年", "2019年", "2020年"]
    assert data["values"] == [96.5, 97, 97.25]
    assert data["target"] == 98


def test_a_made_up_cursor_is_refused_politely(wang_fang, template):
    assert wang_fang.get("/framework/indicators/?after=甲").status_code == 422


def test_the_system_administrator_sees_no_content(zhao_min, accepted):
    assert zhao_min.get("/framework/indicators/").status_code == 403
    assert zhao_min.get(f"/framework/indicators/{accepted.pk}/").status_code == 403


def test_the_office_sets_units_references_and_clauses(wang_fang, template, reform):
    indicator = Indicator.objects.get(name="耕地保有量")
    address = f"/framework/indicators/{indicator.pk}/setting/"
    assert "登记参照值" in text_of(wang_fang.get(address))
    unit = {"form": "reporters", "units": [str(reform.pk)], "valid_from": "2021-08-06"}
    assert wang_fang.post(address, unit).status_code == 302
    again = wang_fang.post(address, unit)
    assert again.status_code == 422
    assert "“区发改局”已在填报“耕地保有量”" in text_of(again)
    reference = {"form": "reference", "kind": "assigned", "period": "2021"}
    bad = wang_fang.post(address, {**reference, "value": "多", "source": "规划"})
    assert "“多”不是数字" in text_of(bad)
    good = wang_fang.post(address, {**reference, "value": "1200", "source": "规划"})
    assert good.status_code == 302
    clause = {"form": "clause", "source": "会议纪要", "text": "保有量不减少"}
    assert wang_fang.post(address, clause).status_code == 302
    page = text_of(wang_fang.get(f"/framework/indicators/{indicator.pk}/"))
    for words in ("区发改局", "上级下达指标 2021年：1200", "会议纪要：保有量不减少"):
        assert words in page
    reporter = indicator.reporters.get()
    assert wang_fang.post(f"/framework/reporters/{reporter.pk}/end/").status_code == 302


def test_the_office_defines_and_changes_an_indicator(wang_fang):
    data = {"name": "亮灯率", "kind": "numeric", "operator": ">=", "value": "95%", "unit": "%"}
    bad = wang_fang.post("/framework/indicators/new/", {**data, "value": ""})
    assert bad.status_code == 422
    assert "数值指标须有比较符和目标值" in text_of(bad)
    assert wang_fang.post("/framework/indicators/new/", data).status_code == 302
    indicator = Indicator.objects.get()
    edit = f"/framework/indicators/{indicator.pk}/edit/"
    assert 'value="95"' in text_of(wang_fang.get(edit))
    change = {**data, "value": "96", "reason": "市里提高要求", "version": "1"}
    assert wang_fang.post(edit, change).status_code == 302
    assert wang_fang.post(edit, change).status_code == 409


@pytest.fixture
def reported(template, system):
    """Let some streets report 群众满意度."""

    def by_streets(count):
        indicator = Indicator.objects.get(name="群众满意度")
        for number in range(count):
            street = create_unit(name=f"街道{number}", kind=UnitKind.STREET, by=system)
            assign_reporters(pairs=[(indicator, street)], valid_from=START, by=system)
            report_value(
                indicator=indicator,
                unit=street,
                period=Period(2020),
                report=Report(content=Decimal(96), document="报告"),
                by=system,
            )
        return indicator

    return by_streets


@pytest.mark.parametrize("units", [1, 3])
def test_pages_take_eight_queries_at_most(
    wang_fang, reported, units, django_assert_max_num_queries
):
    indicator = reported(units)
    for address in ("", "waiting/", f"{indicator.pk}/", "?level=none"):
        with django_assert_max_num_queries(8):
            page = wang_fang.get(f"/framework/indicators/{address}")
        assert "群众满意度" in text_of(page)
