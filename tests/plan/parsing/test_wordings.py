"""Wordings of the genre, one at a time: what is measured, what is to be won when, and by whom."""

from __future__ import annotations

from typing import Any

import pytest

from chuangwen.plan.parsing import parse, to_json
from chuangwen.plan.parsing.dates import read_due

_INDICATORS: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("单位GDP能耗低于全省平均水平", [("单位GDP能耗", "<", None, None)]),
    ("每万人公交车拥有量不少于10标台", [("每万人公交车拥有量", ">=", 10, "标台")]),
    ("万车死亡率低于3", [("万车死亡率", "<", 3, None)]),
    ("火灾死亡率控制在0.35以内", [("火灾死亡率", "<=", 0.35, None)]),
    ("人均体育场地面积由2.1平方米提高到2.5平方米", [("人均体育场地面积", ">=", 2.5, "平方米")]),
    ("空气质量优于二级的天数达到310天", [("空气质量优于二级的天数", ">=", 310, "天")]),
    ("全市二级以上医院预约诊疗率达到75%以上", [("全市二级以上医院预约诊疗率", ">=", 75, "%")]),
    (
        "注册志愿者人数占城区常住人口的18%以上",
        [("注册志愿者人数占城区常住人口的比例", ">=", 18, "%")],
    ),
    ("群众投诉办理时间控制在3个工作日以内", [("群众投诉办理时间", "<=", 3, "个工作日")]),
    ("开展文明礼仪宣讲，全年不少于60场", [("开展文明礼仪宣讲", ">=", 60, "场")]),
    ("组织走访慰问，每月不少于2次", [("组织走访慰问每月", ">=", 2, "次")]),
    ("有条件的小区设立300—500平方米不等的摊区", []),
    ("清理校园周边200米范围内的无证摊点", []),
    ("有线电视、数字电视入户率达到95%", [("有线电视、数字电视入户率", ">=", 95, "%")]),
    ("清理楼道杂物、专业物业覆盖率达到85%", [("专业物业覆盖率", ">=", 85, "%")]),
    (
        "绿化覆盖率2024年底前达到39%，2025年底前，达到40%",
        [("绿化覆盖率", ">=", 39, "%"), ("绿化覆盖率", ">=", 40, "%")],
    ),
    ("每个社区制作2—3块宣传牌", [("每个社区制作宣传牌", ">=", 2, "块")]),
    (
        "绿化覆盖率2024年、2025年分别达到39%、40%",
        [("绿化覆盖率", ">=", 39, "%"), ("绿化覆盖率", ">=", 40, "%")],
    ),
]


def _read(text: str, title: str = "甲市创建全国文明城市工作方案") -> dict[str, Any]:
    return to_json(parse(f"{title}\n{text}\n二、主要任务\n（一）某某行动\n牵头单位：市文明办\n"))


@pytest.mark.parametrize(("text", "wanted"), _INDICATORS)
def test_indicators(text: str, wanted: list[tuple[Any, ...]]) -> None:
    found = _read(f"一、工作要求\n{text}。")["indicators"]
    numeric = [item for item in found if item["kind"] != "qualitative"]
    assert [(i["name"], i["operator"], i["value"], i["unit"]) for i in numeric] == wanted


_GOALS: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "第一年打基础，点位达标率达70%；第二年上台阶，点位达标率达85%；第三年点位达标率达98%。",
        [(2022, "测评点位达标率", 70), (2023, "测评点位达标率", 85), (2024, "测评点位达标率", 98)],
    ),
    (
        "力争2022年、2023年、2024年点位达标率分别达到75%、85%、95%以上。",
        [(2022, "测评点位达标率", 75), (2023, "测评点位达标率", 85), (2024, "测评点位达标率", 95)],
    ),
    (
        "2022年测评成绩力争保持全省第2位，2023年力争第1位。",
        [(2022, "年度测评总成绩", 2), (2023, "年度测评总成绩", 1)],
    ),
    (
        "确保2024年测评总分达到92分以上，蝉联全国文明城市称号。",
        [(2024, "测评得分", 92), (2024, "创建成功", None)],
    ),
    ("到2024年建成全国文明典范城市。", [(2024, "创建成功", None)]),
    (
        "——2022年，打基础年。健全机制，点位达标率达到75%。\n——2023年，提升年。全面提升。",
        [(2022, "测评点位达标率", 75)],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), _GOALS)
def test_goals_by_year(text: str, wanted: list[tuple[Any, ...]]) -> None:
    result = _read(f"一、工作目标\n{text}", "甲市创建全国文明城市行动计划（2022—2024年）")
    found = [target for phase in result["phases"] for target in phase["targets"]]
    assert [(t["year"], t["name"], t["value"]) for t in found] == wanted


def test_years_that_are_only_counted_have_no_year_where_the_plan_names_none() -> None:
    text = "一、工作目标\n第一年，点位达标率达70%；第二年，点位达标率达85%。"
    assert not [target for phase in _read(text)["phases"] for target in phase["targets"]]


_DEADLINES = [
    ("九月底前", "2023-09-30"),
    ("十月三十一日前", "2023-10-31"),
    ("2023年第四季度", "2023-12-31"),
    ("明年3月底前", "2024-03-31"),
    ("6月20日前", "2023-06-20"),
    ("下半年", "2023-12-31"),
]


@pytest.mark.parametrize(("text", "due"), _DEADLINES)
def test_deadlines(text: str, due: str) -> None:
    assert read_due(text, 2023) == (due, None)


_OWNERS = [
    ("【责任单位】市民政局、市残联", [], ["市民政局", "市残联"]),
    ("（市商务局按职责分工负责，各区政府具体落实）", [], ["市商务局", "各区政府"]),
    ("责任单位：和平区政府、和平街道", [], ["和平区政府", "和平街道"]),
    ("新建绿道21公里。（市园林局）", [], ["市园林局"]),
    ("由区创建办（区文明办）。", [], []),
    ("牵头单位∶市城管局", ["市城管局"], []),
]


@pytest.mark.parametrize(("text", "lead", "responsible"), _OWNERS)
def test_owners(text: str, lead: list[str], responsible: list[str]) -> None:
    other = "（二）秩序提升行动\n责任单位：市公安局"
    whole = f"甲市工作方案\n一、主要任务\n（一）环境提升行动\n整治市容。{text}\n{other}"
    action = to_json(parse(whole))["actions"][0]
    assert [unit["name"] for unit in action["lead_units"]] == lead
    assert [unit["name"] for unit in action["responsible_units"]] == responsible


def test_a_leader_of_the_city_is_a_leader() -> None:
    text = "甲市工作方案\n一、主要任务\n（一）环境提升行动\n牵头市领导：张平\n牵头单位：市城管局"
    action = to_json(parse(text))["actions"][0]
    assert [person["name"] for person in action["leaders"]] == ["张平"]


def test_a_stage_of_one_month_does_not_take_the_months_of_the_next() -> None:
    text = (
        "甲市2024年工作方案\n一、实施步骤\n（一）动员部署（2024年2月）。\n"
        "（二）全面实施（2024年3月-9月）。\n（三）迎检总结阶段：2024年10月至12月，查漏补缺。"
    )
    found = [(one["name"], one["from"], one["to"]) for one in to_json(parse(text))["phases"]]
    assert found == [
        ("动员部署", "2024-02", "2024-02"),
        ("全面实施", "2024-03", "2024-09"),
        ("迎检总结阶段", "2024-10", "2024-12"),
    ]
