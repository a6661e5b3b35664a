"""The difference between two versions, as a person reads it."""

from dataclasses import fields, replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from chuangwen.framework.checklist_differences import checklist_differences, demand
from chuangwen.framework.checklist_document import LineEntry
from chuangwen.framework.differences import Change, FieldChange
from chuangwen.framework.differences import differences as compare
from chuangwen.framework.document import NodeEntry
from chuangwen.framework.enums import LineShape, PhotoRule
from tests.framework.exchange.builders import documents, market, small


def differences(old, new):
    return compare(old.nodes, new.nodes)


def with_standard(**changes):
    project = small().nodes[0]
    indicator = project.children[0]
    content = indicator.children[0]
    content = replace(content, standards=(replace(content.standards[0], **changes),))
    indicator = replace(indicator, children=(content,))
    return replace(small(), nodes=(replace(project, children=(indicator,)),))


def test_equal_versions_have_no_differences():
    assert differences(small(), small()) == []


def test_a_changed_standard_names_each_field_with_before_and_after():
    (difference,) = differences(small(), with_standard(weight=Decimal(2), methods=()))
    assert (difference.change, difference.kind, difference.code) == (
        Change.CHANGED,
        "测评标准",
        "1.10",
    )
    assert difference.fields == (
        FieldChange("权重", "1.5", "2"),
        FieldChange("测评方法", "材料审核（0.9）：说明报告；问卷调查", ""),
    )


def test_another_code_is_one_added_and_one_removed():
    found = differences(small(), with_standard(code="2"))
    assert [(each.change, each.code) for each in found] == [
        (Change.ADDED, "2"),
        (Change.REMOVED, "1.10"),
    ]


def test_a_moved_entry_shows_its_new_parent():
    project = small().nodes[0]
    other = NodeEntry(code="2", title="诚信环境", children=project.children)
    moved = replace(small(), nodes=(replace(project, children=()), other))
    changed = [each for each in differences(small(), moved) if each.change is Change.CHANGED]
    assert changed[0].fields == (FieldChange("上级", "1 法治环境", "2 诚信环境"),)


def checklist_changes(old, new):
    return checklist_differences((old.site_types, old.checklists), (new.site_types, new.checklists))


def with_line(**changes):
    """The small document with the first line of its checklist changed."""
    first, *others = market().groups
    line, *lines = first.lines
    first = replace(first, lines=(replace(line, **changes), *lines))
    return replace(small(), checklists=(replace(market(), groups=(first, *others)),))


def test_a_changed_line_says_what_it_demanded_and_demands():
    (difference,) = checklist_changes(
        small(), with_line(threshold=Decimal(2), per=Decimal(300), is_veto=True)
    )
    assert (difference.change, difference.kind, difference.code) == (
        Change.CHANGED,
        "测评项",
        "农贸市场 1.10",
    )
    assert difference.words == "每 500 米有分类垃圾桶"
    assert difference.fields == (
        FieldChange("要求", "每 500 米不少于 1 个", "每 300 米不少于 2 个"),
        FieldChange("一票否决", "否", "是"),
    )


def test_every_field_of_a_line_is_compared():
    other = {
        "text": "别的",
        "shape": LineShape.COUNT,
        "threshold": Decimal(3),
        "unit": "只",
        "photo": PhotoRule.NEVER,
        "weight": Decimal(9),
        "is_veto": True,
        "may_not_apply": False,
        "category": "市容",
        "days": 9,
        "standard": "",
        "guidance": "看",
        "source": "甲",
    }
    for name, value in other.items():
        assert checklist_changes(small(), with_line(**{name: value})), name
    compared = {field.name for field in fields(LineEntry)} - {"code", "per", "per_unit"}
    assert compared == set(other)


def test_another_rule_and_a_dropped_checklist_are_differences():
    stricter = replace(small(), checklists=(replace(market(), pass_percent=Decimal(90)),))
    (difference,) = checklist_changes(small(), stricter)
    assert difference.fields == (FieldChange("合格线（%）", "87.5", "90"),)
    gone = checklist_changes(small(), replace(small(), checklists=()))
    assert [(each.change, each.kind) for each in gone] == [
        (Change.REMOVED, kind) for kind in ("测评表", *("测评项",) * 7)
    ]


def test_what_each_shape_demands_is_said_in_words():
    assert [demand(line) for line in market().lines] == [
        "每 500 米不少于 1 个",
        "没有",
        "不低于 90%",
        "有",
        "不少于 2 处",
        "不文明的不超过 5%",
        "只记录不判定",
    ]


@given(documents(), documents())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_added_one_way_is_removed_the_other_way(first, second):
    assert differences(first, first) == checklist_changes(first, first) == []
    assert codes(first, second, Change.ADDED) == codes(second, first, Change.REMOVED)


def codes(old, new, change):
    return {(each.code, each.kind) for each in differences(old, new) if each.change is change}
