"""A file with mistakes is refused as a whole, and every mistake is named with its place."""

from dataclasses import replace
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from chuangwen.framework.exchange.files import WRITERS, read_framework
from chuangwen.kit.errors import ImportRefused, Invalid
from tests import zips
from tests.framework.exchange.builders import small
from tests.framework.exchange.workbooks import edited, make_workbook
from tests.spreadsheets import failing

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


def test_a_percent_cell_is_refused_and_never_a_hundredth():
    content = edited(
        XLSX,
        {
            ("测评表", 2, "合格线（%）"): 0.8,
            ("测评项", 4, "要求"): 1,
            ("指标", 2, "目标值"): 0.98,
        },
    )
    remedy = "请把单元格设为文本，写成如 90 或 0.9。"
    assert problems_of(content) == [
        "工作表“指标”第 2 行“目标值”：单元格里是数字 0.98，分不清是 98% 还是 0.98%。" + remedy,
        "工作表“测评表”第 2 行“合格线（%）”：单元格里是数字 0.8，分不清是 80% 还是 0.8%。" + remedy,
        "工作表“测评项”第 4 行“要求”：单元格里是数字 1，分不清是 100% 还是 1%。" + remedy,
    ]


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
        ("pass_percent: '87.5'", "pass_percent: '101'", "“合格线（%）”：合格线“101”无法使用"),
        ("pass_percent: '87.5'", "pass_percent: 八成", "“合格线（%）”：“八成”不是数字"),
        ("pass_percent: '87.5'", "note: 无", "须写合格线"),
        ("pass_rule: score", "pass_rule: all_lines", "“各项全部达标”没有合格线"),
        ("pass_rule: score", "pass_rule: ''", "“达标规则”：没有填写"),
        ("site_type: MARKET", "site_type: SHOP", "“点位类型”中没有编号“SHOP”"),
        ("name: 农贸市场", "name: ''", "“名称”：没有填写"),
        ("title: 公共服务", "title: 环境卫生", "分组“环境卫生”重复"),
        ("code: '2'", "code: '3'", "编号“3”重复"),
        ("threshold: '90'", "threshold: '100.1'", "“要求”：要求“100.1”无法使用"),
        ("threshold: '90'", "threshold: ''", "“要求”：“比例不低于”的测评项须写要求的数"),
        ("per: '500'", "per: '0'", "“每”：密度的测评项须写每多少米或平方米"),
        ("per_unit: 米", "per_unit: 公里", "“长度或面积单位”：密度的测评项须写长度或面积单位"),
        ("weight: '2.5'", "weight: '-2'", "“权重”：权重“-2”无法使用"),
        ("is_veto: 是", "is_veto: 也许", "“一票否决”：“也许”不在可选范围内"),
        ("shape: free", "shape: free\n      is_veto: 是", "只记录不判定的测评项不能一票否决"),
        ("days: '5'", "days: '0'", "“整改时限（工作日）”：“0”无法使用"),
        ("standard: '1.10'\n", "standard: '9'\n", "“标准编号”：没有编号“9”的标准"),
        ("shape: absence", "shape: ''", "“记录方式”：没有填写"),
    ],
)
def test_each_kind_of_mistake_in_yaml(old, new, problem):
    assert old in YAML
    assert any(problem in found for found in problems_of(YAML.replace(old, new).encode()))


def test_mistakes_in_checklists_of_a_workbook_name_sheet_row_and_column():
    content = edited(
        XLSX,
        {
            ("测评项", 2, "分组"): "公共设施",
            ("测评项", 2, "要求"): "约1",
            ("测评项", 3, "点位类型编号"): "SHOP",
            ("测评项分组", 3, "点位类型编号"): "SHOP",
            ("点位类型", 2, "形态"): "广场",
        },
    )
    place = "工作表“测评项”第"
    remedy = "请检查，或在“测评项分组”中补上。"
    assert problems_of(content) == [
        "工作表“点位类型”第 2 行“形态”：“广场”不在可选范围内。"
        "请填 一处场所、一条街路、一条线路、电话测评 之一。",
        "工作表“测评项分组”第 3 行“点位类型编号”：没有点位类型“SHOP”的测评表。请检查编号。",
        f"{place} 2 行“要求”：“约1”不是数字。请只填数字，如 92.5。",
        f"{place} 2 行“分组”：点位类型“MARKET”没有分组“公共设施”。{remedy}",
        f"{place} 3 行“分组”：点位类型“SHOP”没有分组“环境卫生”。{remedy}",
        f"{place} 5 行“分组”：点位类型“MARKET”没有分组“公共服务”。{remedy}",
    ]


def test_a_workbook_without_checklists_is_whole():
    book = CalamineWorkbook.from_filelike(BytesIO(XLSX))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    for name in ("点位类型", "测评表", "测评项分组", "测评项"):
        del sheets[name]
    document = read_framework(make_workbook(sheets))
    assert document == replace(small(), site_types=(), checklists=())


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


def test_cells_with_errors_are_named_and_do_not_read_as_empty():
    """An empty weight is allowed; #REF! in its place is not."""
    book = CalamineWorkbook.from_filelike(BytesIO(XLSX))
    place = book.sheet_names.index("测评标准")
    titles = book.get_sheet_by_index(place).to_python()[0]
    cell = f"{chr(65 + titles.index('权重'))}2"
    found = problems_of(failing(XLSX, {cell: "#REF!"}, sheet=place + 1))
    assert found == [
        f"工作表“测评标准”单元格 {cell}：是错误值“#REF!”（引用的单元格已被删除）。"
        "请在表格软件里改正公式，或换成实际内容；不需要就清空，再导入。"
    ]
