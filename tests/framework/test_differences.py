"""The difference between two versions, as a person reads it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from chuangwen.framework.differences import Change, FieldChange
from chuangwen.framework.differences import differences as compare
from chuangwen.framework.document import NodeEntry
from tests.framework.exchange.builders import documents, small


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


@given(documents(), documents())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_added_one_way_is_removed_the_other_way(first, second):
    assert differences(first, first) == []
    assert codes(first, second, Change.ADDED) == codes(second, first, Change.REMOVED)


def codes(old, new, change):
    return {(each.code, each.kind) for each in differences(old, new) if each.change is change}
