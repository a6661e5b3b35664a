"""Editing the checklists of a draft: rules, groups, lines, and their order."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.framework.actions.check_lines import add_line, edit_line, move_line, remove_line
from chuangwen.framework.actions.checklists import (
    add_checklist,
    edit_checklist,
    move_checklist,
    remove_checklist,
)
from chuangwen.framework.actions.frameworks import publish_version
from chuangwen.framework.actions.line_groups import (
    add_group,
    move_group,
    remove_group,
    rename_group,
)
from chuangwen.framework.actions.site_types import add_site_type
from chuangwen.framework.checklist_document import ChecklistEntry, LineEntry, SiteTypeEntry
from chuangwen.framework.enums import LineShape, PassRule
from chuangwen.framework.judging import LineRule
from chuangwen.framework.models import CheckLine, FrameworkVersion, LineGroup
from chuangwen.framework.queries.checklists import (
    visible_checklists,
    visible_groups,
    visible_lines,
    visible_site_types,
)
from chuangwen.kit.errors import (
    IllegalTransition,
    Invalid,
    NotFound,
    NotPermitted,
    StaleEdit,
)

MOST_STATEMENTS = 10


def content(code="1", text="有公平秤", **more):
    return LineEntry(code=code, text=text, **more)


def bins(code="1", **more):
    return content(
        code,
        shape=LineShape.DENSITY,
        threshold=Decimal(1),
        unit="个",
        per=Decimal(500),
        per_unit="米",
        **more,
    )


@pytest.fixture
def checklist(draft, wang_fang):
    for code, name in (("MARKET", "农贸市场"), ("SHOP", "商场")):
        add_site_type(content=SiteTypeEntry(code=code, name=name), by=wang_fang)
    return add_checklist(version=draft, content=ChecklistEntry(site_type="MARKET"), by=wang_fang)


@pytest.fixture
def group(checklist, wang_fang):
    return add_group(checklist=checklist, title="环境卫生", by=wang_fang)


@pytest.fixture
def line(group, wang_fang):
    return add_line(group=group, content=content(), by=wang_fang)


@pytest.fixture
def sheet(checklist, group, line):
    return checklist, group, line


def test_a_site_type_has_one_checklist_in_a_version(checklist, draft, wang_fang):
    with pytest.raises(Invalid, match="本版本已有“农贸市场”的测评表"):
        add_checklist(version=draft, content=ChecklistEntry(site_type="MARKET"), by=wang_fang)
    with pytest.raises(Invalid, match="没有编号“BANK”的点位类型"):
        add_checklist(version=draft, content=ChecklistEntry(site_type="BANK"), by=wang_fang)
    shop = add_checklist(version=draft, content=ChecklistEntry(site_type="SHOP"), by=wang_fang)
    move_checklist(checklist=shop, step=-1, by=wang_fang)
    assert [str(each.site_type) for each in draft.checklists.all()] == ["商场", "农贸市场"]


@pytest.mark.parametrize(
    ("rule", "percent", "message"),
    [
        (PassRule.SCORE, None, "须写合格线"),
        (PassRule.SCORE, "100.01", "合格线“100.01”无法使用"),
        (PassRule.SCORE, "-1", "合格线“-1”无法使用"),
        (PassRule.SCORE, "0.001", "至多两位小数"),
        (PassRule.SCORE, "NaN", "合格线“NaN”无法使用"),
        (PassRule.ALL_LINES, "90", "没有合格线"),
    ],
)
def test_the_rule_and_the_pass_mark_fit(checklist, wang_fang, rule, percent, message):
    entry = ChecklistEntry(
        site_type="MARKET", pass_rule=rule, pass_percent=percent and Decimal(percent)
    )
    with pytest.raises(Invalid, match=message) as error:
        edit_checklist(checklist=checklist, content=entry, base_version=1, by=wang_fang)
    assert error.value.field == "pass_percent"


def test_the_rule_of_a_checklist_is_changed_once_per_page(checklist, wang_fang):
    entry = ChecklistEntry(
        site_type="MARKET", pass_rule=PassRule.SCORE, pass_percent=Decimal("87.5")
    )
    changed = edit_checklist(checklist=checklist, content=entry, base_version=1, by=wang_fang)
    assert changed.rule.pass_percent == Decimal("87.5")
    with pytest.raises(StaleEdit):
        edit_checklist(checklist=checklist, content=entry, base_version=1, by=wang_fang)


def test_an_edit_that_changes_nothing_is_no_edit(checklist, line, draft, wang_fang):
    before = FrameworkVersion.objects.get(pk=draft.pk).version
    entry = ChecklistEntry(site_type="MARKET")
    edit_checklist(checklist=checklist, content=entry, base_version=1, by=wang_fang)
    edit_line(line=line, content=content(), base_version=1, by=wang_fang)
    move_line(line=line, step=1, by=wang_fang)
    assert FrameworkVersion.objects.get(pk=draft.pk).version == before
    assert CheckLine.objects.get().version == 1


def test_groups_are_named_once_and_keep_their_order(checklist, group, wang_fang):
    service = add_group(checklist=checklist, title=" 公共 服务 ", by=wang_fang)
    assert service.title == "公共 服务"
    with pytest.raises(Invalid, match="已有分组“环境卫生”"):
        rename_group(group=service, title="环境卫生", by=wang_fang)
    move_group(group=service, step=-1, by=wang_fang)
    rename_group(group=service, title="便民服务", by=wang_fang)
    assert [str(each) for each in checklist.groups.all()] == ["便民服务", "环境卫生"]


def test_only_an_empty_group_is_removed(group, line, wang_fang):
    with pytest.raises(Invalid, match="“环境卫生”中还有 1 个测评项"):
        remove_group(group=group, by=wang_fang)
    remove_line(line=line, base_version=1, by=wang_fang)
    remove_group(group=group, by=wang_fang)
    with pytest.raises(NotFound):
        remove_group(group=group, by=wang_fang)
    with pytest.raises(NotFound):
        add_line(group=group, content=content(), by=wang_fang)


def test_a_line_is_judged_by_what_was_written(group, draft, wang_fang):
    line = add_line(group=group, content=bins(standard="1", weight=Decimal("1.5")), by=wang_fang)
    assert line.standard == draft.standards.get()
    stored = CheckLine.objects.get()
    assert stored.rule == LineRule(
        str(line.pk),
        LineShape.DENSITY,
        Decimal(1),
        "个",
        Decimal(500),
        "米",
        weight=Decimal("1.5"),
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"code": " "}, "code", "“编号”没有填写"),
        ({"text": "\n"}, "text", "“测评项”没有填写"),
        ({"threshold": None}, "threshold", "须写要求的数"),
        ({"threshold": Decimal("0.00001")}, "threshold", "至多四位小数"),
        ({"threshold": Decimal("1e9")}, "threshold", "无法使用"),
        ({"shape": LineShape.RATIO, "per": None, "per_unit": ""}, "threshold", "0 至 100"),
        ({"shape": LineShape.COUNT}, "per", "只有密度的测评项"),
        ({"shape": LineShape.COUNT, "per": None}, "per_unit", "只有密度的测评项"),
        ({"shape": LineShape.EXISTS}, "threshold", "没有要求的数"),
        ({"per": Decimal(0)}, "per", "大于 0"),
        ({"per_unit": "公里"}, "per_unit", "请填 米 或 平方米"),
        ({"weight": Decimal(-1)}, "weight", "权重“-1”无法使用"),
        ({"weight": Decimal("Infinity")}, "weight", "无法使用"),
        ({"days": 0}, "days", "时限“0”无法使用"),
        ({"standard": "99"}, "standard", "没有编号“99”的标准"),
        ({"unit": "很" * 21}, "unit", "至多 20 字"),
        ({"category": "很" * 61}, "category", "至多 60 字"),
    ],
)
def test_numbers_and_words_fit_the_shape(group, wang_fang, changes, field, message):
    whole = {"code": "1", "text": "有垃圾桶", "shape": LineShape.DENSITY}
    numbers = {"threshold": Decimal(101), "per": Decimal(500), "per_unit": "米"}
    entry = LineEntry(**whole | numbers | changes)
    with pytest.raises(Invalid, match=message) as error:
        add_line(group=group, content=entry, by=wang_fang)
    assert error.value.field == field


def test_a_line_that_is_only_recorded_vetoes_nothing(group, wang_fang):
    entry = content(shape=LineShape.FREE, is_veto=True)
    with pytest.raises(Invalid, match="不能一票否决"):
        add_line(group=group, content=entry, by=wang_fang)


def test_lines_change_content_group_and_place(checklist, group, line, wang_fang):
    second = add_line(group=group, content=content("2", "无占道经营"), by=wang_fang)
    with pytest.raises(Invalid, match="已有编号“2”的测评项"):
        edit_line(line=line, content=content("2"), base_version=1, by=wang_fang)
    move_line(line=second, step=-1, by=wang_fang)
    assert [each.code for each in group.lines.all()] == ["2", "1"]
    service = add_group(checklist=checklist, title="公共服务", by=wang_fang)
    changed = content("1", "公平秤准确")
    edit_line(line=line, content=changed, base_version=1, group=service, by=wang_fang)
    assert [each.text for each in service.lines.all()] == ["公平秤准确"]
    with pytest.raises(StaleEdit):
        edit_line(line=line, content=changed, base_version=1, by=wang_fang)
    with pytest.raises(StaleEdit):
        remove_line(line=line, base_version=1, by=wang_fang)


def test_a_line_stays_in_its_checklist(draft, group, line, wang_fang):
    shop = add_checklist(version=draft, content=ChecklistEntry(site_type="SHOP"), by=wang_fang)
    other = add_group(checklist=shop, title="秩序", by=wang_fang)
    with pytest.raises(Invalid, match="不在这份测评表中"):
        edit_line(line=line, content=content(), base_version=1, group=other, by=wang_fang)


def test_a_removed_checklist_takes_its_lines_with_it(checklist, line, wang_fang):
    remove_checklist(checklist=checklist, base_version=1, by=wang_fang)
    assert not LineGroup.objects.exists()
    assert not CheckLine.objects.exists()
    with pytest.raises(NotFound):
        add_group(checklist=checklist, title="秩序", by=wang_fang)


WRITES = {
    "add_checklist": lambda sheet, by: add_checklist(
        version=sheet[0].framework_version, content=ChecklistEntry(site_type="SHOP"), by=by
    ),
    "edit_checklist": lambda sheet, by: edit_checklist(
        checklist=sheet[0],
        content=ChecklistEntry(site_type="MARKET", note="按摊位区逐段看"),
        base_version=1,
        by=by,
    ),
    "move_checklist": lambda sheet, by: move_checklist(checklist=sheet[0], step=1, by=by),
    "add_group": lambda sheet, by: add_group(checklist=sheet[0], title="新", by=by),
    "move_group": lambda sheet, by: move_group(group=sheet[1], step=1, by=by),
    "rename_group": lambda sheet, by: rename_group(group=sheet[1], title="旧", by=by),
    "add_line": lambda sheet, by: add_line(group=sheet[1], content=bins(code="99"), by=by),
    "edit_line": lambda sheet, by: edit_line(
        line=sheet[2], content=bins(standard="1"), base_version=1, by=by
    ),
    "move_line": lambda sheet, by: move_line(line=sheet[2], step=1, by=by),
    "remove_line": lambda sheet, by: remove_line(line=sheet[2], base_version=1, by=by),
    "remove_group": lambda sheet, by: remove_group(group=sheet[1], by=by),
    "remove_checklist": lambda sheet, by: remove_checklist(
        checklist=sheet[0], base_version=1, by=by
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_published_version_and_a_clerk_change_nothing(sheet, wang_fang, li_mei, name):
    with pytest.raises(NotPermitted):
        WRITES[name](sheet, li_mei)
    version = FrameworkVersion.objects.get()
    publish_version(version=version, base_version=version.version, by=wang_fang)
    with pytest.raises(IllegalTransition, match="已发布，内容不能再改"):
        WRITES[name](sheet, wang_fang)


@pytest.mark.parametrize("name", WRITES)
def test_a_write_takes_few_statements(sheet, draft, wang_fang, name):
    checklist, group, line = sheet
    if name == "move_checklist":
        entry = ChecklistEntry(site_type="SHOP")
        add_checklist(version=draft, content=entry, by=wang_fang)
    for number in range(30):
        add_group(checklist=checklist, title=f"分组{number}", by=wang_fang)
    if name == "remove_group":
        remove_line(line=line, base_version=1, by=wang_fang)
    else:
        for number in range(2, 32):
            add_line(group=group, content=content(str(number)), by=wang_fang)
    with CaptureQueriesContext(connection) as captured:
        WRITES[name](sheet, wang_fang)
    said = [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]
    assert len(said) <= MOST_STATEMENTS, "\n".join(said)


@pytest.mark.usefixtures("sheet")
def test_drafts_are_for_those_who_edit_them(wang_fang, li_mei, zhao_min):
    reads = (visible_checklists, visible_groups, visible_lines)
    assert [len(read(wang_fang)) for read in reads] == [1, 1, 1]
    assert [len(read(li_mei)) for read in reads] == [0, 0, 0]
    version = FrameworkVersion.objects.get()
    publish_version(version=version, base_version=version.version, by=wang_fang)
    assert [len(read(li_mei)) for read in reads] == [1, 1, 1]
    assert [len(read(zhao_min)) for read in (*reads, visible_site_types)] == [0] * 4
