"""A file with mistakes is refused as a whole, and every mistake is named with its place."""

import pytest

from chuangwen.framework.exchange.files import WRITERS, read_framework
from chuangwen.kit.errors import ImportRefused, Invalid
from tests import zips
from tests.framework.exchange.builders import small
from tests.framework.exchange.workbooks import edited, make_workbook

YAML = WRITERS["yaml"](small()).decode()
XLSX = WRITERS["xlsx"](small())


def problems_of(content):
    with pytest.raises(ImportRefused) as refusal:
        read_framework(content)
    return [str(problem) for problem in refusal.value.problems]


def test_all_mistakes_are_listed_at_once_with_line_and_field():
    text = YAML.replace("weight: '1.5'", "weight: 约1.5").replace("survey", "问卷")
    text = text.replace("kind: numeric", "kind: 数字").replace("label: 2021年版\n", "")
    found = problems_of(text.encode())
    assert len(found) == 4
    assert "第 18 行“权重”：“约1.5”不是数字。请只填数字，如 92.5。" in found
    assert any(
        problem.startswith("第 28 行“测评方法”：“问卷”不在可选范围内。") for problem in found
    )
    assert "第 1 行“版本名称”：没有填写。请补上。" in found


def test_mistakes_in_a_workbook_name_sheet_row_and_column():
    content = edited(XLSX, {("测评标准", 2, "权重"): "-1", ("目录", 4, "上级编号"): "9"})
    assert problems_of(content) == [
        "工作表“目录”第 4 行“上级编号”：没有编号“9”的条目。请检查上级编号。",
        "工作表“测评标准”第 2 行“权重”：“-1”无法使用。请填 0 至 99999.9999 的数。",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("owner_hints", "owners", "不认识的字段“owners”"),
        ("window_months: '12'", "window_months: 0.5", "“0.5”无法使用"),
        ("- 普及率", "- 覆盖率", "“指标”中没有“覆盖率”"),
        ("method: survey", "method: documents", "“材料审核”写了两次"),
        ("operator: '>='", "operator: ''", "数值指标须有比较符和目标值"),
        ("code: 1.1.1", "code: '1.1'", "编号“1.1”重复"),
        ("format: chuangwen-framework/1", "format: other", "应为“chuangwen-framework/1”"),
        ("name: 东区测评体系", "name: 东区\nname: 西区", "字段“name”写了两次"),
        ("standing: local", "standing: ''", "“性质”：没有填写"),
    ],
)
def test_each_kind_of_mistake_in_yaml(old, new, problem):
    assert old in YAML
    assert any(problem in found for found in problems_of(YAML.replace(old, new).encode()))


def test_a_renamed_column_is_noticed_and_not_silently_dropped():
    found = problems_of(edited(XLSX, {("测评标准", 1, "权重"): "分值"}))
    assert "工作表“测评标准”第 1 行：缺少列“权重”。请补上这一列，可以留空。" in found
    assert any("不认识的列“分值”" in problem for problem in found)


def test_a_missing_sheet_is_named():
    content = make_workbook({"体系": [["名称"], ["甲"]]})
    assert any("工作表“测评标准”：没有找到" in problem for problem in problems_of(content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"a: 1\nb: [1", "第 3 行不是有效的 YAML"),
        (b"PK\x03\x04 not a zip", "不是 .xlsx 工作簿"),
        (b"\xff\xfe\x00", "不是 UTF-8 或 GB18030"),
        (b"a: &x [1]\nb: *x\n", "第 2 行使用了 YAML 引用"),
        (b"[" * 5000, "嵌套过深"),
        (b"x" * (20 * 1024 * 1024 + 1), "超过 20 MB"),
        (make_workbook({"体系": {(1_048_575, 16_383): "远"}}), "远在表格之外"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_reason(content, message):
    with pytest.raises(Invalid, match=message):
        read_framework(content)


def test_a_list_where_a_word_should_be_is_a_problem_and_no_crash():
    assert problems_of(b"- 1\n- 2\n")
    assert problems_of(YAML.replace("label: 2021年版", "label: [1, 2]").encode())
    assert problems_of(YAML.replace("nodes:", "nodes: 3\nx:", 1).encode())


@pytest.mark.parametrize("method", [zips.DEFLATE64, zips.BZIP2, zips.LZMA])
def test_a_workbook_packed_by_another_method_is_refused_in_words(method):
    with pytest.raises(Invalid, match="xlsx"):
        read_framework(zips.packed_by(XLSX, method))
