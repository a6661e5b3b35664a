"""Forms of other programs: what is understood is taken, what is not is listed by row."""

from dataclasses import replace

import pytest

from chuangwen.framework.actions.entering_checklists import enter_checklist
from chuangwen.framework.actions.frameworks import publish_version
from chuangwen.framework.actions.site_types import add_site_type
from chuangwen.framework.checklist_document import ChecklistEntry, GroupEntry, LineEntry
from chuangwen.framework.enums import LineShape, PhotoRule
from chuangwen.framework.models import CheckLine, Checklist, LineGroup
from chuangwen.framework.queries.checklist_documents import whole_checklist
from chuangwen.framework.xlsform.layout import OWN
from chuangwen.framework.xlsform.reading import read_xlsform
from chuangwen.kit.errors import IllegalTransition, ImportRefused, Invalid, NotPermitted
from tests.framework.exchange.builders import market
from tests.framework.exchange.workbooks import edited, make_workbook
from tests.framework.xlsform.test_export import MARKET, exported
from tests.spreadsheets import failing

SURVEY = ["type", "name", "label::English (en)", "label::中文 (zh)", "hint", "required", "relevant"]


def form(*rows, choices=(), survey=SURVEY, **sheets):
    return make_workbook(
        {
            "survey": [survey, *rows],
            "choices": [["list name", "name", "label"], *choices],
            **sheets,
        }
    )


YES_NO = (("yn", "yes", "Yes"), ("yn", "no", "No"))


def remarks(content):
    return [str(remark) for remark in read_xlsform(content).remarks]


def test_a_yes_or_no_question_with_its_photo_is_a_line():
    content = form(
        ["start", "start"],
        ["begin group", "g", "Hygiene", "卫生"],
        ["select_one yn", "bins", "Bins?", "有垃圾桶", "看街边", "yes"],
        ["image", "bins_photo", "Photo", "", "", "yes"],
        ["text", "remark", "Remark", "备注"],
        ["end group"],
        choices=YES_NO,
    )
    reading = read_xlsform(content)
    assert [str(remark) for remark in reading.remarks] == [
        "工作表“survey”第 4 行：选“Yes”算达标。如果问的是不该有的情况（如乱扔垃圾），"
        "请在测评项中把记录方式改为“无某种现象”。"
    ]
    assert reading.site_type is None
    bins = LineEntry(
        code="bins",
        text="有垃圾桶",
        photo=PhotoRule.ALWAYS,
        may_not_apply=False,
        guidance="看街边",
    )
    remark = LineEntry(code="remark", text="备注", shape=LineShape.FREE, photo=PhotoRule.NEVER)
    assert reading.checklist == ChecklistEntry(
        site_type="", groups=(GroupEntry(title="卫生", lines=(bins, remark)),)
    )


@pytest.mark.parametrize(
    ("choices", "may_not_apply"),
    [
        (((1, "是"), (0, "否")), False),
        ((("a", "有"), ("b", "没有"), ("c", "不适用")), True),
        ((("ok", "Good"), ("no", "Bad"), ("na", "—")), True),
    ],
)
def test_choices_are_told_by_name_or_label(choices, may_not_apply):
    rows = [("yn", *choice) for choice in choices]
    content = form(["select_one yn", "q", "Q", "问"], choices=rows)
    (line,) = read_xlsform(content).checklist.lines
    assert (line.shape, line.may_not_apply) == (LineShape.EXISTS, may_not_apply)


def test_a_percent_cell_is_not_read_as_a_hundredth():
    survey = ["type", "name", "label", *(OWN + each for each in ("code", "shape", "threshold"))]
    content = form(
        ["note", "l1", "垃圾桶盖好", "1", "比例不低于", 0.9],
        ["note", "l2", "桶数", "2", "数量不少于", 1],
        ["note", "l3", "窗台干净", "3", "比例不低于", "0.9"],
        survey=survey,
        settings=[
            [OWN + "site_type", OWN + "pass_rule", OWN + "pass_percent"],
            ["07", "得分达到合格线", 0.8],
        ],
    )
    with pytest.raises(ImportRefused) as refusal:
        read_xlsform(content)
    assert [str(problem) for problem in refusal.value.problems] == [
        "工作表“survey”第 2 行“要求”：单元格里是数字 0.9，分不清是 90% 还是 0.9%。"
        "请把单元格设为文本，写成如 90 或 0.9。",
        "工作表“settings”第 2 行“合格线（%）”：单元格里是数字 0.8，分不清是 80% 还是 0.8%。"
        "请把单元格设为文本，写成如 90 或 0.9。",
    ]


def test_what_is_not_understood_is_listed_by_row_and_the_rest_is_taken():
    content = form(
        ["image", "p0", "Photo"],
        ["select_one yn", "q1", "", "有垃圾桶", "", "", "${q2} > 1"],
        ["image", "p1", "Photo"],
        ["select_one colour", "q2", "Colour", "颜色"],
        ["select_multiple yn", "q3", "Many", "多选"],
        ["integer", "q4", "Trees", "树有几棵"],
        ["geopoint", "q5", "Where", "位置"],
        ["text", "q6"],
        ["begin_repeat", "r", "Shops", "店铺"],
        ["text", "q7", "Name", "店名"],
        ["end_repeat"],
        ["note", "q8", "", "请注意安全"],
        choices=[*YES_NO, ("colour", "red", "红"), ("colour", "blue", "蓝")],
    )
    reading = read_xlsform(content)
    assert [(line.code, line.shape) for line in reading.checklist.lines] == [
        ("q1", LineShape.EXISTS),
        ("q4", LineShape.FREE),
    ]
    assert [str(remark) for remark in reading.remarks] == [
        "工作表“survey”第 2 行：照片前面没有测评项，没有采用。",
        "工作表“survey”第 3 行：选“Yes”算达标。如果问的是不该有的情况（如乱扔垃圾），"
        "请在测评项中把记录方式改为“无某种现象”。",
        "工作表“survey”第 3 行：显示条件（relevant）没有采用。",
        "工作表“survey”第 4 行：照片不是每次必拍，改为“不达标须拍照”。如有不同，请在测评项中修改。",
        "工作表“survey”第 5 行：单选题“colour”的选项不是有和没有，没有采用。"
        "请改为两个选项，或另加测评项。",
        "工作表“survey”第 6 行：不认识的题型“select_multiple”，没有采用。",
        "工作表“survey”第 7 行：数字题没有写怎样算达标，作为“只记录不判定”采用。"
        "请在测评项中写明要求。",
        "工作表“survey”第 8 行：不认识的题型“geopoint”，没有采用。",
        "工作表“survey”第 9 行：没有名称或标题，没有采用。请补上 name 和 label。",
        "工作表“survey”第 10 行：重复组没有采用：测评表每项只记录一次。",
        "工作表“survey”第 11 行：重复组没有采用：测评表每项只记录一次。",
        "工作表“survey”第 13 行：不认识的题型“note”，没有采用。",
    ]


def test_groups_inside_groups_become_one_heading():
    content = form(
        ["text", "q0", "", "天气"],
        ["begin_group", "a", "", "外面"],
        ["begin_group", "b", "", "门口"],
        ["text", "q1", "", "招牌"],
        ["end_group"],
        ["text", "q2", "", "广场"],
        ["end_group"],
    )
    groups = read_xlsform(content).checklist.groups
    assert {group.title: [line.code for line in group.lines] for group in groups} == {
        "未分组": ["q0"],
        "外面": ["q2"],
        "外面 / 门口": ["q1"],
    }


def test_mistakes_in_our_own_columns_are_refused_all_at_once():
    content = edited(
        exported(market()),
        {
            ("survey", 5, "chuangwen_threshold"): "约一个",
            ("survey", 5, "chuangwen_weight"): "-1",
            ("survey", 10, "chuangwen_code"): "1.10",
        },
    )
    with pytest.raises(ImportRefused) as refusal:
        read_xlsform(content, {"1.10"})
    assert [str(problem) for problem in refusal.value.problems] == [
        "工作表“survey”第 5 行“要求”：“约一个”不是数字。请只填数字，如 92.5。",
        "工作表“survey”第 5 行“权重”：权重“-1”无法使用。请填 0 至 99999.9999 的数。",
        "工作表“survey”第 10 行：编号“1.10”重复。请换一个编号。",
    ]


def test_a_standard_that_this_version_lacks_is_left_out_and_said():
    reading = read_xlsform(exported(market()))
    assert next(line.standard for line in reading.checklist.lines) == ""
    assert [str(remark) for remark in reading.remarks] == [
        "工作表“survey”第 5 行：本版本没有编号“1.10”的标准，没有对应。可在测评项中另选。"
    ]


def test_an_edit_of_the_labels_is_taken():
    content = edited(
        exported(market()),
        {
            ("survey", 5, "label::中文 (zh)"): "每 500 米有垃圾桶",
            ("survey", 4, "label::中文 (zh)"): "卫生",
        },
    )
    checklist = read_xlsform(content, {"1.10"}).checklist
    assert checklist.groups[0].title == "卫生"
    assert next(checklist.lines).text == "每 500 米有垃圾桶"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK not a zip", "不是 .xlsx 工作簿"),
        (b"type,name", "不是 .xlsx 工作簿"),
        (make_workbook({"Sheet1": [["type"]]}), "没有工作表“survey”"),
        (make_workbook({"survey": {(1_048_575, 16_383): "远"}}), "远在表格之外"),
    ],
)
def test_what_is_no_form_is_refused_in_words(content, message):
    with pytest.raises(Invalid, match=message):
        read_xlsform(content)


def test_a_form_of_which_nothing_is_left_is_refused():
    with pytest.raises(ImportRefused) as refusal:
        read_xlsform(form(["geopoint", "q", "", "位置"]))
    assert "没有可以采用的题目" in str(refusal.value.problems[0])


def test_two_questions_of_one_name_are_refused():
    with pytest.raises(ImportRefused) as refusal:
        read_xlsform(form(["text", "q", "", "甲"], ["text", "q", "", "乙"]))
    assert "“q”用了 2 次" in str(refusal.value.problems[0])


def test_a_sheet_of_blanks_is_no_crash():
    for survey in ([], [[]], [[""]], [["type"], [""]], [["type"], ["begin_group"], ["end_group"]]):
        with pytest.raises(ImportRefused):
            read_xlsform(make_workbook({"survey": survey, "choices": [[]], "settings": [[""]]}))


def test_a_form_becomes_the_checklist_of_a_draft(draft, wang_fang):
    add_site_type(content=MARKET, by=wang_fang)
    content = replace(read_xlsform(exported(market())).checklist, site_type="MARKET")
    enter_checklist(version=draft, content=content, by=wang_fang)
    assert whole_checklist(Checklist.objects.get()) == (MARKET, content)
    with pytest.raises(Invalid, match="请选择替换，或先删除"):
        enter_checklist(version=draft, content=content, by=wang_fang)
    shorter = replace(content, groups=content.groups[:1])
    enter_checklist(version=draft, content=shorter, replacing=True, by=wang_fang)
    assert (LineGroup.objects.count(), CheckLine.objects.count()) == (1, 3)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"site_type": "SHOP"}, "没有编号“SHOP”的点位类型"),
        ({"groups": market().groups[:1] * 2}, "分组“环境卫生”重复"),
        (
            {"groups": (market().groups[0], replace(market().groups[0], title="乙"))},
            "编号“1.10”、“2”、“3”重复",
        ),
        ({"pass_percent": None}, "须写合格线"),
        ({"groups": (GroupEntry(title=" "),)}, "“分组”没有填写"),
        (
            {"groups": (GroupEntry(title="甲", lines=(LineEntry(code="1", text=""),)),)},
            "“测评项”没有填写",
        ),
        ({}, "本版本没有编号“1.10”的标准"),
    ],
)
def test_what_is_not_well_formed_is_not_entered(draft, wang_fang, changes, message):
    add_site_type(content=MARKET, by=wang_fang)
    content = replace(market(), **changes)
    with pytest.raises(Invalid, match=message):
        enter_checklist(version=draft, content=content, by=wang_fang)
    assert not Checklist.objects.exists()


def test_a_form_is_entered_by_the_office_and_into_a_draft_only(draft, wang_fang, li_mei):
    with pytest.raises(NotPermitted):
        enter_checklist(version=draft, content=market(), by=li_mei)
    publish_version(version=draft, base_version=draft.version, by=wang_fang)
    with pytest.raises(IllegalTransition):
        enter_checklist(version=draft, content=market(), by=wang_fang)


def test_cells_with_errors_are_named_and_do_not_read_as_empty():
    content = form(["select_one yn", "bins", "Bins?", "有垃圾桶", "看街边", "yes"], choices=YES_NO)
    with pytest.raises(ImportRefused) as refused:
        read_xlsform(failing(content, {"E2": "#N/A"}))
    assert [problem.place for problem in refused.value.problems] == ["工作表“survey”单元格 E2"]
    assert "#N/A" in refused.value.problems[0].what
