"""The parts of a review by themselves: typed fields, cutting, merging, order."""

import pytest

from chuangwen.kit.errors import Invalid
from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.fields import FIELDS, BadFields, cleaned
from chuangwen.plan.reviewing.ordering import in_order
from chuangwen.plan.reviewing.reshaping import merged, split
from chuangwen.web.plan.card_differences import difference


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (
            ItemKind.TARGET,
            {"value": "８７.５", "operator": ">="},
            {"value": 87.5, "operator": ">="},
        ),
        (ItemKind.TARGET, {"value": "", "operator": ""}, {"value": None, "operator": None}),
        (ItemKind.TASK, {"due": "2021-09-30"}, {"due": "2021-09-30"}),
        (ItemKind.UNIT, {"aliases": "甲局、乙局，"}, {"aliases": ["甲局", "乙局"]}),
        (ItemKind.DUTY, {"collective": "是"}, {"collective": True}),
        (ItemKind.AREA, {"goal": ""}, {"goal": ""}),
    ],
)
def test_values_get_their_types(kind, typed, expected):
    assert cleaned(kind, typed, {}) == expected


@pytest.mark.parametrize(
    ("kind", "typed", "fields"),
    [
        (ItemKind.TARGET, {"value": "七十", "name": ""}, {"value", "name"}),
        (ItemKind.TARGET, {"value": "70", "operator": ""}, {"operator"}),
        (ItemKind.TASK, {"due": "九月底"}, {"due"}),
        (ItemKind.PHASE, {"from": "2021-08", "to": "2021-02"}, {"to"}),
        (ItemKind.PHASE, {"from": "2021-13"}, {"from"}),
        (
            ItemKind.INDICATOR,
            {"kind": "numeric", "value": "", "operator": ""},
            {"value", "operator"},
        ),
        (ItemKind.INDICATOR, {"kind": "relative", "operator": ">"}, {"reference"}),
        (ItemKind.INDICATOR, {"kind": "qualitative", "value": "1"}, {"value"}),
        (ItemKind.DUTY, {"role": "boss"}, {"role"}),
        (ItemKind.TASK, {"title": "长" * 201}, {"title"}),
    ],
)
def test_bad_values_are_named_field_by_field(kind, typed, fields):
    with pytest.raises(BadFields) as refused:
        cleaned(kind, typed, {})
    assert set(refused.value.errors) == fields
    for name, words in refused.value.errors.items():
        assert words.startswith(f"“{FIELDS[kind][name].label}”")
        assert words.endswith("。")


def test_a_task_is_cut_without_losing_a_word_and_keeps_its_place():
    words = "1.整治占道经营。规范停车秩序。"
    data = {"number": "1.", "title": "整治占道经营", "text": words, "due": "2021-09-30"}
    first, second = split(ItemKind.TASK, data, 100, words, words.index("规范"))
    assert first.data["text"] + second.data["text"] == words
    assert (first.start, first.end, second.start, second.end) == (100, 109, 109, 116)
    assert (first.data["title"], second.data["title"]) == ("整治占道经营", "规范停车秩序")
    assert (first.data["number"], second.data["number"]) == ("1.", None)
    assert second.data["due"] == "2021-09-30"


@pytest.mark.parametrize("at", [0, 14, 99])
def test_a_cut_at_the_edge_is_refused(at):
    words = "整治占道经营，规范停车秩序。"
    with pytest.raises(Invalid, match="拆不出两条"):
        split(ItemKind.TASK, {"title": "整治", "text": words}, 0, words, at)


def test_two_units_written_as_one_are_cut_by_name():
    words = "区行政审批局区综合行政执法局"
    first, second = split(ItemKind.DUTY, {"name": words, "role": "lead"}, 5, words, 6)
    assert [first.data["name"], second.data["name"]] == ["区行政审批局", "区综合行政执法局"]
    assert second.data["role"] == "lead"


def test_merged_units_keep_every_name():
    datas = [
        {"name": "区生态环境局", "aliases": []},
        {"name": "东区生态环境局", "aliases": ["环保局"]},
    ]
    found = merged(ItemKind.UNIT, datas, "", adjacent=False)
    assert found == {"name": "区生态环境局", "aliases": ["东区生态环境局", "环保局"]}


def test_merged_tasks_have_the_later_deadline():
    datas = [
        {"title": "甲", "text": "甲。", "due": "2021-09-30"},
        {"title": "乙", "text": "乙。", "due": "2021-12-31"},
    ]
    found = merged(ItemKind.TASK, datas, "甲。乙。", adjacent=True)
    assert (found["title"], found["text"], found["due"]) == ("甲", "甲。乙。", "2021-12-31")


def test_what_was_added_stands_behind_the_sister_before_it(tenant):
    def item(position, start, **values):
        return ImportItem(kind="task", position=position, start=start, end=start + 5, **values)

    first, third = item(0, 0), item(1, 20)
    late, second = item(2, 40, is_added=True), item(3, 10, is_added=True)
    assert in_order([first, third, late, second]) == [first, second, third, late]


def test_of_long_texts_only_the_place_that_differs_is_shown():
    before, behind = "推进城市生活垃圾分类处理" * 5, "开展背街小巷环境整治行动" * 5
    shown = difference("原文", f"{before}七十{behind}", f"{before}七十五{behind}")
    assert (shown.old, shown.new) == ("", "五")
    assert shown.before.startswith("……")
    assert shown.behind.endswith("……")
