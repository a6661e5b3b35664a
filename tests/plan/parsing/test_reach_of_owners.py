"""What a statement of owners speaks of: one task, every sentence before it, the heading above."""

from __future__ import annotations

from typing import Any

from chuangwen.plan.parsing import parse, to_json

_HEAD = "甲区创建全国文明城区实施方案\n一、重点任务\n"


def _actions(text: str) -> list[dict[str, Any]]:
    return to_json(parse(_HEAD + text))["actions"]


def _names(held: dict[str, Any]) -> list[str]:
    roles = ("lead_units", "responsible_units", "supporting_units")
    return [unit["name"] for role in roles for unit in held[role]]


def test_those_who_stand_by_own_nothing() -> None:
    lines = _actions(
        "（一）街巷行动\n整治街巷20条。\n牵头单位：区城管局\n包保单位：区教育局、区水利局\n督导单位：区委督查室\n"
        "（二）小区行动\n改造小区9个。（牵头单位：区住建局；包联单位：区税务局）\n"
        "（三）集市行动\n整治集市4个。责任单位：区商务局 包保责任单位：区文旅局\n"
    )
    assert [_names(one) for one in lines] == [["区城管局"], ["区住建局"], ["区商务局"]]
    assert [[task["title"] for task in one["tasks"]] for one in lines] == [
        ["整治街巷20条"],
        ["改造小区9个"],
        ["整治集市4个"],
    ]


def test_a_column_of_those_who_stand_by_owns_nothing() -> None:
    found = to_json(
        parse(
            "甲区创建任务分解表\n\n序号\t任务\t内容\t责任单位\t包保责任单位\n"
            "1\t街巷\t整治街巷20条\t区城管局\t区水利局\n2\t小区\t改造小区9个\t区住建局\t区文旅局\n"
        )
    )
    assert [_names(one) for one in found["actions"]] == [["区城管局"], ["区住建局"]]


def test_a_bracket_behind_the_last_full_stop_speaks_of_the_whole_paragraph() -> None:
    (action,) = _actions(
        "（一）环境行动\n整治街巷20条。新建公厕5座；补栽树木90株。（牵头单位：区城管局；"
        "配合单位：各街道；完成时限：2024年6月底前）\n"
    )
    assert [_names(task) for task in action["tasks"]] == [["区城管局", "各街道"]] * 3
    assert {task["deadline"]["due"] for task in action["tasks"]} == {"2024-06-30"}


def test_a_bracket_before_the_full_stop_speaks_of_its_own_sentence() -> None:
    (action,) = _actions(
        "（一）环境行动\n整治街巷20条（区城管局负责）。新建公厕5座。补栽树木90株（区园林局负责）。\n"
    )
    assert [_names(task) for task in action["tasks"]] == [["区城管局"], [], ["区园林局"]]


_LIFTED = "二、市场整治行动\n（一）改造市场3个。\n（二）整治集市5个。\n牵头单位：区商务局\n"


def test_the_owners_below_a_single_item_follow_the_habit_of_the_document() -> None:
    text = "一、环境整治行动\n（一）整治街巷20条。\n牵头单位：区城管局\n"
    single, several = to_json(parse(f"甲区实施方案\n{text}{_LIFTED}"))["actions"]
    assert [one["owners_from"] for one in (single, several)] == ["own", "own"]
    assert [_names(task) for one in (single, several) for task in one["tasks"]] == [[], [], []]
    (alone,) = to_json(parse(f"甲区实施方案\n{text}"))["actions"]
    assert (alone["owners_from"], _names(alone["tasks"][0])) == ("tasks", ["区城管局"])


def test_an_action_among_others_does_not_give_its_owners_to_the_chapter() -> None:
    found = _actions("（一）整治街巷20条。\n（二）改造市场3个。\n牵头单位：区商务局\n")
    assert [(one["title"], _names(one)) for one in found] == [
        ("整治街巷20条", []),
        ("改造市场3个", ["区商务局"]),
    ]


def test_targets_of_a_document_without_a_year() -> None:
    found = to_json(
        parse(
            "甲街道迎检工作方案\n一、工作目标\n实地测评点位达标率达到98%以上，测评成绩进入全区前2名。\n"
            "二、工作分工\n（一）环境组\n牵头单位：街道执法队\n"
        )
    )
    assert [(t["name"], t["value"], t["year"]) for t in found["targets"]] == [
        ("测评点位达标率", 98, None),
        ("年度测评总成绩", 2, None),
    ]
    assert (found["phases"], found["indicators"]) == ([], [])
