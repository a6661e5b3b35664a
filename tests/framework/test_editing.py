"""Editing a draft: entries, standards with their methods, and what became of the old ones."""

from decimal import Decimal

import pytest

from chuangwen.framework.actions.frameworks import copy_version
from chuangwen.framework.actions.mapping import map_standard
from chuangwen.framework.actions.standards import add_standard, edit_standard, remove_standard
from chuangwen.framework.actions.tree import add_node, edit_node, move_node, remove_node
from chuangwen.framework.document import MethodEntry, StandardEntry
from chuangwen.framework.enums import Level, Method, Relation
from chuangwen.framework.models import Indicator, Node, VersionMapping
from chuangwen.framework.queries.documents import standard_entry
from chuangwen.kit.errors import Invalid, NotFound, NotPermitted, StaleEdit

BOTH = (
    MethodEntry(method=Method.FIELD_VISIT, weight=Decimal("0.5"), requirement="看现场"),
    MethodEntry(method=Method.DOCUMENTS, weight=Decimal("0.3")),
)


def content(code="2", text="建好法律援助服务", **more):
    return StandardEntry(code=code, text=text, **more)


def test_a_child_is_one_level_below_its_parent(draft, wang_fang):
    project = add_node(version=draft, parent=None, code="2", title="诚信", by=wang_fang)
    indicator = add_node(version=draft, parent=project, code="2.1", title="信用", by=wang_fang)
    assert (project.level, indicator.level) == (Level.PROJECT, Level.INDICATOR)
    with pytest.raises(Invalid, match="已是Ⅲ测评内容"):
        parent = Node.objects.get(code="1.1.1")
        add_node(version=draft, parent=parent, code="9", title="过深", by=wang_fang)


def test_a_code_is_used_once_in_a_version(draft, wang_fang):
    with pytest.raises(Invalid, match="已有编号“1”的条目"):
        add_node(version=draft, parent=None, code=" 1 ", title="重复", by=wang_fang)
    with pytest.raises(Invalid, match="“名称”没有填写"):
        add_node(version=draft, parent=None, code="3", title=" ", by=wang_fang)


def test_an_edit_on_an_outdated_page_is_refused(draft, wang_fang):
    node = Node.objects.get(code="1")
    edit_node(node=node, code="1", title="法治环境", base_version=1, by=wang_fang)
    with pytest.raises(StaleEdit, match="已被他人修改"):
        edit_node(node=node, code="1", title="别的", base_version=1, by=wang_fang)
    assert Node.objects.get(code="1").title == "法治环境"


def test_entries_change_places_and_empty_ones_go(draft, wang_fang):
    second = add_node(version=draft, parent=None, code="2", title="诚信", by=wang_fang)
    move_node(node=second, step=-1, by=wang_fang)
    codes = Node.objects.filter(level=1).order_by("position").values_list("code", flat=True)
    assert list(codes) == ["2", "1"]
    with pytest.raises(Invalid, match="下面还有 1 项"):
        remove_node(node=Node.objects.get(code="1"), base_version=1, by=wang_fang)
    remove_node(node=second, base_version=1, by=wang_fang)
    with pytest.raises(NotFound):
        remove_node(node=second, base_version=1, by=wang_fang)


def test_one_standard_has_several_methods_with_their_own_weights(draft, wang_fang):
    standard = add_standard(
        node=Node.objects.get(level=3), content=content(methods=BOTH), by=wang_fang
    )
    stored = {each.method: each.weight for each in standard.methods.all()}
    assert stored == {"documents": Decimal("0.3"), "field_visit": Decimal("0.5")}


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"weight": Decimal(-1)}, "权重“-1”无法使用"),
        ({"weight": Decimal("NaN")}, "权重“NaN”无法使用"),
        ({"window_months": 0}, "材料时限“0”无法使用"),
        ({"methods": (BOTH[0], BOTH[0])}, "同一种测评方法写了两次"),
        ({"indicators": ("没有的指标",)}, "没有指标“没有的指标”"),
        ({"code": "1"}, "已有编号“1”的标准"),
        ({"text": "\n"}, "“标准”没有填写"),
    ],
)
def test_bad_values_are_refused_by_name(draft, wang_fang, bad, message):
    with pytest.raises(Invalid, match=message):
        add_standard(node=Node.objects.get(level=3), content=content(**bad), by=wang_fang)


def test_standards_stand_under_the_third_level_only(draft, wang_fang):
    with pytest.raises(Invalid, match="Ⅲ测评内容"):
        add_standard(node=Node.objects.get(level=2), content=content(), by=wang_fang)


def test_a_clerk_edits_nothing(draft, li_mei):
    with pytest.raises(NotPermitted):
        add_standard(node=Node.objects.get(level=3), content=content(), by=li_mei)


def test_an_edit_replaces_the_content_with_methods_and_indicators(draft, wang_fang):
    Indicator.objects.create(name="普及率", kind="numeric", operator=">=", value=90)
    standard = draft.standards.get()
    wanted = content(
        code="1",
        text="加强法治宣传",
        weight=Decimal("1.5"),
        window_months=12,
        owner_hints=("区司法局", "区委政法委"),
        methods=BOTH[::-1],
        indicators=("普及率",),
    )
    edited = edit_standard(standard=standard, content=wanted, base_version=1, by=wang_fang)
    edited.refresh_from_db()
    assert standard_entry(edited) == wanted
    again = edit_standard(standard=standard, content=wanted, base_version=2, by=wang_fang)
    assert again.version == 2, "nothing changed, so nothing is counted"


def test_an_edited_copy_counts_as_changed_and_a_removed_one_as_dropped(draft, wang_fang):
    copy = copy_version(version=draft, label="2022年版", by=wang_fang)
    standard = copy.standards.get()
    edit_standard(standard=standard, content=content(code="1"), base_version=1, by=wang_fang)
    assert VersionMapping.objects.get().relation == Relation.CHANGED
    remove_standard(standard=standard, base_version=2, by=wang_fang)
    mapping = VersionMapping.objects.get()
    assert (mapping.relation, mapping.new_standard) == (Relation.DROPPED, None)


def test_a_standard_is_split_in_two(draft, wang_fang):
    old = draft.standards.get()
    copy = copy_version(version=draft, label="2022年版", by=wang_fang)
    first = copy.standards.get()
    second = add_standard(node=copy.nodes.get(level=3), content=content(), by=wang_fang)
    for part in (first, second):
        map_standard(old=old, new=part, into=copy, relation=Relation.SPLIT, by=wang_fang)
    assert set(VersionMapping.objects.values_list("new_standard", "relation")) == {
        (first.pk, "split"),
        (second.pk, "split"),
    }
    map_standard(old=old, new=None, into=copy, relation=Relation.DROPPED, by=wang_fang)
    assert VersionMapping.objects.get().new_standard is None


def test_a_mapping_must_make_sense(draft, wang_fang):
    old = draft.standards.get()
    copy = copy_version(version=draft, label="2022年版", by=wang_fang)
    with pytest.raises(Invalid, match="“取消”不选新标准"):
        map_standard(
            old=old, new=copy.standards.get(), into=copy, relation=Relation.DROPPED, by=wang_fang
        )
    with pytest.raises(Invalid, match="不在“2022年版”中"):
        map_standard(old=old, new=old, into=copy, relation=Relation.CHANGED, by=wang_fang)
    own = copy.standards.get()
    with pytest.raises(Invalid, match="不能与自己对照"):
        map_standard(old=own, new=own, into=copy, relation=Relation.CHANGED, by=wang_fang)


def test_saving_without_a_change_counts_no_edit(draft, wang_fang):
    """What leaves no event changes no row: the draft that somebody is about to publish least."""
    node, before = Node.objects.get(code="1"), draft.version
    edit_node(node=node, code=node.code, title=node.title, base_version=1, by=wang_fang)
    standard = draft.standards.get()
    same = standard_entry(standard)
    edit_standard(standard=standard, content=same, base_version=standard.version, by=wang_fang)
    draft.refresh_from_db()
    assert draft.version == before
    edit_node(node=node, code=node.code, title="另一个", base_version=1, by=wang_fang)
    draft.refresh_from_db()
    assert draft.version == before + 1
