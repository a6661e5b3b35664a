"""Problem lists of offices: every layout is read as the eye reads it."""

import datetime

import openpyxl
import pytest
import xlsxwriter

from chuangwen.kit.errors import ImportRefused, Invalid, Problems
from chuangwen.people.actions.aliases import add_alias
from chuangwen.rectification.enums import Source
from chuangwen.rectification.problem_list.drafts import Defaults, Draft, ReadList
from chuangwen.rectification.problem_list.reading import open_problem_list, read_problem_list
from tests.rectification.conftest import DAY
from tests.rectification.problem_lists import plain, saved
from tests.spreadsheets import failing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units(bureau, housing, street, system):
    """区城市管理局 is also 区综合执法局, 区住房城乡建设局 also 区住建局."""
    add_alias(unit=bureau, name="区综合执法局", by=system)
    add_alias(unit=housing, name="区住建局", by=system)
    return bureau, housing, street


def read(data: bytes, *, found_on=DAY, **options) -> ReadList:
    problems = Problems()
    opened = open_problem_list(data)
    found = read_problem_list(opened, Defaults(found_on=found_on, **options), DAY, problems)
    problems.raise_if_any()
    return found


def refusals(data: bytes, **options) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        read(data, **options)
    return [str(problem) for problem in refused.value.problems]


def said(draft: Draft) -> tuple:
    """Title, place, who leads, who supports, until when."""
    lead = draft.lead.name if draft.lead else None
    return draft.title, draft.place, lead, [u.name for u in draft.supporting], draft.due_on


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2021, month, number)


def test_a_report_with_title_signature_and_total():
    """市创文办 sends this: a merged title, who and when, the header in row 4, totals below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "9月第2周"
    sheet["A1"] = "东区创建全国文明城市工作问题清单"
    sheet.merge_cells("A1:F1")
    sheet["A2"] = "填报单位：区创文办"
    sheet["E2"] = "2021年9月10日"
    sheet.append([])
    sheet.append(["序号", "存在的\n问题", "具体位置", "问题类型", "责任单位（部门）", "完成时限"])
    sheet.append([1, "人行道破损", "炳草岗大街 12 号", "市政设施", "区住建局", "2021年9月30日"])
    sheet.append([2, "垃圾桶满溢", "机场路", "环境卫生", "区综合执法局", "2021.9.18"])
    sheet.append([3])
    sheet.append(["合计", "2 个"])
    sheet.append([None, "填表人：王芳", None, None, "审核：李梅"])
    found = read(saved(book))
    assert [said(draft) for draft in found.drafts] == [
        ("人行道破损", "炳草岗大街 12 号", "区住房城乡建设局", [], day(9, 30)),
        ("垃圾桶满溢", "机场路", "区城市管理局", [], day(9, 18)),
    ]
    assert found.drafts[0].where == "工作表“9月第2周”第 5 行"
    assert found.drafts[0].text == "问题类型：市政设施"
    assert found.sheets[0].passed == ["第 8 行“合计”", "第 9 行“填表人：王芳”"]
    assert found.sheets[0].read_as == [
        ("序号", "序号"), ("存在的 问题", "问题"), ("具体位置", "地点"), ("问题类型", "类别"),
        ("责任单位（部门）", "牵头整改单位"), ("完成时限", "整改时限"),
    ]  # fmt: skip


def test_a_header_of_two_rows_with_groups():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "点位名称", "问题描述", "整改落实", None, None, "备注"])
    sheet.append([None, None, None, "牵头单位", "配合单位", "整改期限", None])
    for cells in ("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2"):
        sheet.merge_cells(cells)
    sheet.append(
        [1, "人民广场", "花坛缺株", "区住建局", "区综合执法局、炳草岗街道", "3个工作日", "重点"]
    )
    (draft,) = read(saved(book)).drafts
    # 18 September 2021 is a Saturday on which offices are open.
    supporting = ["区城市管理局", "炳草岗街道"]
    assert said(draft) == ("花坛缺株", "人民广场", "区住房城乡建设局", supporting, day(9, 18))
    assert draft.text == (
        "整改期限：3个工作日\n牵头单位：区住建局\n配合单位：区综合执法局、炳草岗街道\n备注：重点"
    )


def test_a_header_of_two_rows_without_merged_cells():
    rows = [
        (None, None, "牵头", "配合", None),
        (1, "占道经营", "区综合执法局", "炳草岗街道", "9月20日前"),
    ]
    data = plain(*rows, head=("序号", "问题", "责任单位", None, "时限"))
    (draft,) = read(data).drafts
    assert said(draft) == ("占道经营", "", "区城市管理局", ["炳草岗街道"], day(9, 20))
    assert draft.notes == ["“9月20日前”没有写年份，按 2021-09-20 读取"]


def test_groups_stand_above_and_their_cells_are_not_merged():
    rows = [
        (None, None, "问题类型", "具体问题", "单位", "时限"),
        (1, "人民广场", "市容", "乱堆乱放", "区住建局", "9.20"),
    ]
    data = plain(*rows, head=("序号", "检查点位", "存在的问题", None, "整改责任", None))
    (draft,) = read(data).drafts
    assert said(draft) == ("乱堆乱放", "人民广场", "区住房城乡建设局", [], day(9, 20))


def test_only_the_problem_has_a_usual_title():
    drafts = read(plain(("环境", "垃圾", "清扫"), head=("项目", "问题", "整改建议"))).drafts
    assert [(draft.title, draft.text) for draft in drafts] == [
        ("垃圾", "项目：环境\n整改建议：清扫")
    ]


def test_groups_numbered_in_chinese_before_problems_that_are_counted():
    rows = [("一", "环境卫生类"), (1, "垃圾"), ("二", "交通秩序类"), (2, "乱停")]
    drafts = read(plain(*rows, head=("序号", "问题", "责任单位"))).drafts
    assert [(draft.title, draft.text) for draft in drafts] == [
        ("垃圾", "所在小标题：一、环境卫生类"), ("乱停", "所在小标题：二、交通秩序类"),
    ]  # fmt: skip
    all_numerals = plain(("一", "垃圾"), ("二", "乱停"), head=("序号", "问题", "责任单位"))
    assert [draft.title for draft in read(all_numerals).drafts] == ["垃圾", "乱停"]


def test_a_place_and_a_unit_written_once_for_several_problems():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["点位", "主要问题", "整改责任单位", "整改时限"])
    sheet.append(["炳草岗农贸市场", "地面有积水", "区综合执法局", day(9, 25)])
    sheet.append([None, "摊位越线", None, None])
    sheet.append([None, "公益广告破损", "区住建局", None])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("C2:C3")
    sheet.merge_cells("D2:D4")
    assert [said(draft) for draft in read(saved(book)).drafts] == [
        ("地面有积水", "炳草岗农贸市场", "区城市管理局", [], day(9, 25)),
        ("摊位越线", "炳草岗农贸市场", "区城市管理局", [], day(9, 25)),
        ("公益广告破损", "炳草岗农贸市场", "区住房城乡建设局", [], day(9, 25)),
    ]


def test_one_problem_over_several_rows_of_units():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["问题", "责任单位", "责任人"])
    sheet.append(["飞线充电", "区住建局", "张三"])
    sheet.append([None, "炳草岗街道", "李四"])
    sheet.merge_cells("A2:A3")
    (draft,) = read(saved(book)).drafts
    assert said(draft) == ("飞线充电", "", "区住房城乡建设局", ["炳草岗街道"], None)
    assert draft.text == "责任单位：区住建局\n炳草岗街道\n责任人：张三\n责任人：李四"


def test_several_sheets_and_one_that_is_none():
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "汇总"
    cover.append(["单位", "问题数", "已整改"])
    cover.append(["区住建局", 12, 3])
    for name, header in (("市容", "存在问题"), ("交通", "问题描述")):
        sheet = book.create_sheet(name)
        sheet.append(["序号", header, "地点"])
        sheet.append([1, f"{name}的问题", "同一处"])
    hidden = book.create_sheet("旧表")
    hidden.append(["问题", "位置"])
    hidden.append(["隐藏的问题", "暗处"])
    hidden.sheet_state = "hidden"
    found = read(saved(book))
    assert [draft.where for draft in found.drafts] == [
        "工作表“市容”第 2 行", "工作表“交通”第 2 行", "工作表“旧表”第 2 行",
    ]  # fmt: skip
    assert found.unread == ["汇总"]
    assert [sheet.is_hidden for sheet in found.sheets] == [False, False, True]


def test_sections_hidden_rows_and_a_header_on_every_page():
    book = openpyxl.Workbook()
    sheet = book.active
    head = ["序号", "发现问题", "位置", "牵头单位"]
    sheet.append(head)
    sheet.append(["一、环境卫生方面"])
    sheet.append([1, "卫生死角", "后巷", "炳草岗街道"])
    sheet.append(head)
    sheet.append(["（二）公共秩序"])
    sheet.merge_cells("A5:D5")
    sheet.append([2, "乱停车", "校门口", None])
    sheet.row_dimensions[6].hidden = True
    found = read(saved(book))
    assert [(draft.title, draft.text) for draft in found.drafts] == [
        ("卫生死角", "所在小标题：一、环境卫生方面"),
        ("乱停车", "所在小标题：（二）公共秩序"),
    ]
    assert found.hidden == 1


def test_every_way_to_write_a_day():
    """Real dates, serial numbers, text; days from the finding; what has no day."""
    rows = [
        ("a", day(9, 8), day(9, 30)),
        ("b", 44447.4375, 44469),  # 8 and 30 September 2021
        ("c", "2021年9月8日", "2021/9/30"),
        ("d", "9月8日", "9月底前"),
        ("e", "2021.9.8", "3日内"),
        ("f", None, "立行立改"),
        ("h", None, "5个工作日内"),  # 中秋 from 19 to 21, and the 18th is worked
        ("g", "2021-09-08 10:30", "2021年9月20日至9月30日"),
    ]
    found = read(plain(*rows, head=("问题", "检查时间", "完成时间")))
    assert [(draft.found_on, draft.due_on) for draft in found.drafts] == [
        (day(9, 8), day(9, 30)), (day(9, 8), day(9, 30)), (day(9, 8), day(9, 30)),
        (day(9, 8), day(9, 30)), (day(9, 8), day(9, 11)), (DAY, None), (DAY, day(9, 23)),
        (day(9, 8), day(9, 30)),
    ]  # fmt: skip
    assert found.drafts[5].deadline_text == "立行立改"
    assert found.drafts[5].text == "完成时间：立行立改"
    assert "“9月8日”没有写年份，按 2021-09-08 读取" in found.drafts[3].notes


def test_days_alone_count_when_the_title_says_so():
    (working,) = read(plain(("a", 5), head=("问题", "整改时限（工作日）"))).drafts
    assert working.due_on == day(9, 23)  # 中秋 from 19 to 21, and the 18th is worked
    (any_day,) = read(plain(("a", 5), head=("问题", "整改时限（天）"))).drafts
    assert any_day.due_on == day(9, 20)


@pytest.mark.parametrize(
    ("written", "lead", "supporting"),
    [
        ("区住建局牵头、区综合执法局配合", "区住房城乡建设局", ["区城市管理局"]),
        ("区住建局，区综合执法局；炳草岗街道", "区住房城乡建设局", ["区城市管理局", "炳草岗街道"]),
        ("区综合执法局\n区住建局", "区城市管理局", ["区住房城乡建设局"]),
        ("炳草岗街道（配合）、区住建局（牵头）", "区住房城乡建设局", ["炳草岗街道"]),
        ("牵头单位：区住建局；配合单位：炳草岗街道", "区住房城乡建设局", ["炳草岗街道"]),
        ("区住建局 炳草岗街道", "区住房城乡建设局", ["炳草岗街道"]),
        ("1.区住建局 2.炳草岗街道", "区住房城乡建设局", ["炳草岗街道"]),
        ("区住建局（张三）", "区住房城乡建设局", []),
        ("区住建局（牵头） 炳草岗街道", "区住房城乡建设局", ["炳草岗街道"]),
        ("炳草岗街道配合 区住建局牵头", "区住房城乡建设局", ["炳草岗街道"]),
        ("牵头单位：区住建局 配合单位：炳草岗街道", "区住房城乡建设局", ["炳草岗街道"]),
        ("区住建局/区住建局", "区住房城乡建设局", []),
    ],
)
def test_several_units_in_one_cell(written, lead, supporting):
    (draft,) = read(plain(("a", written), head=("问题", "责任单位"))).drafts
    assert said(draft)[2:4] == (lead, supporting)


@pytest.mark.parametrize("written", ["区住建局（张三）", "区住建局 没有的局", "区住建局等单位"])
def test_what_is_not_known_of_a_cell_stays_in_the_text_and_is_told(written):
    (draft,) = read(plain(("a", written), head=("问题", "责任单位"))).drafts
    assert said(draft)[2:4] == ("区住房城乡建设局", [])
    assert draft.text == f"责任单位：{written}"
    assert draft.notes == [
        f"单位“{written.replace('（', '(').replace('）', ')')}”只认出一部分，原文留在详情"
    ]


def test_unknown_units_are_told_once_with_every_cell_and_what_is_near():
    rows = [("a", "区住建局"), ("b", "区城市管理居"), ("c", "区城市管理居、区体育局")]
    data = plain(*rows, head=("问题", "责任单位"))
    first, second = refusals(data)
    assert first.startswith(
        "工作表“问题清单”单元格 B3、工作表“问题清单”单元格 B4：单位名录里没有“区城市管理居”。"
    )
    assert "是不是“区城市管理局”？" in first
    assert second.startswith("工作表“问题清单”单元格 B4：单位名录里没有“区体育局”。")
    open_ones = read(data, leaves_units_open=True).drafts
    assert [draft.lead and draft.lead.name for draft in open_ones] == [
        "区住房城乡建设局", None, None,
    ]  # fmt: skip
    assert open_ones[2].text == "责任单位：区城市管理居、区体育局"


def test_sources_categories_and_sites(category):
    rows = [
        ("a", "井盖破损", "区人大视察"),
        ("b", "0101", "12345热线"),
        ("c", "其他类", "某某渠道"),
    ]
    drafts = read(plain(*rows, head=("问题", "问题类别", "来源")), source=Source.TOUR).drafts
    assert [draft.category for draft in drafts] == [category, category, None]
    assert [draft.source for draft in drafts] == [Source.CONGRESS, Source.HOTLINE, Source.TOUR]
    assert drafts[2].text == "来源：某某渠道\n问题类别：其他类"
    assert len(drafts[2].notes) == 2


def test_a_long_problem_is_cut_at_a_sentence_and_kept_whole():
    problem = "路面积水。" * 39 + "行人无法通过，" * 20
    (draft,) = read(plain((problem,), head=("问题",))).drafts
    assert draft.title == ("路面积水。" * 39)[:-1] + "……"
    assert draft.text == problem


def test_text_that_looks_like_a_formula_stays_text_and_formulas_give_their_values(tmp_path):
    path = tmp_path / "清单.xlsx"
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("清单")
    sheet.write_row(0, 0, ["问题", "地点", "备注"])
    sheet.write_string(1, 0, '=HYPERLINK("http://x","点")')
    sheet.write_formula(1, 1, '=CONCATENATE("机场路","12号")', None, "机场路12号")
    sheet.write_string(1, 2, "@SUM(1+1)|cmd")
    sheet.write_formula(2, 0, '="垃圾"&"满溢"', None, "垃圾满溢")
    sheet.write_string(2, 1, "-3 楼")
    book.close()
    first, second = read(path.read_bytes()).drafts
    assert (first.title, first.place) == ('=HYPERLINK("http://x","点")', "机场路12号")
    assert first.text == "备注：@SUM(1+1)|cmd"
    assert (second.title, second.place) == ("垃圾满溢", "-3 楼")


def test_all_that_is_wrong_is_told_at_once():
    rows = [
        (1, "好的一行", "甲", "区住建局", "9月20日"),
        (2, None, "乙", "区住建局", "9月20日"),
        (3, "三", "丙", "没有的局", "下周三"),
        (4, "四", "丁", None, "2021年2月30日"),
        (5, "五", "戊", None, None),
    ]
    data = failing(plain(*rows), {"C6": "#N/A"})
    told = refusals(data)
    assert told[0].startswith("工作表“问题清单”单元格 B3：是空的")
    assert told[1].startswith("工作表“问题清单”单元格 E4：“下周三”看不出是哪一天")
    assert told[2].startswith("工作表“问题清单”单元格 E5：“2021年2月30日”")
    assert told[3].startswith("工作表“问题清单”单元格 C6：是错误值“#N/A”")
    assert told[4].startswith("工作表“问题清单”单元格 D4：单位名录里没有“没有的局”")
    assert len(told) == 5


def test_a_finding_in_the_future_is_refused():
    (told,) = refusals(plain(("a", day(9, 16)), head=("问题", "发现日期")))
    assert "单元格 B2：发现日期“2021-09-16”还没有到" in told


def test_one_bad_row_among_very_many_comes_back_alone():
    """The measured file has 100,000 rows; here are fewer of the same shape."""
    rows = [(n, f"问题{n}", f"地点{n}", "区住建局", "9月20日") for n in range(1, 1501)]
    rows[999] = (1000, "坏的", "地点", "区住健局", "9月20日")
    (told,) = refusals(plain(*rows))
    assert "单元格 D1001：单位名录里没有“区住健局”" in told


def test_more_than_fits_is_told_to_be_divided(monkeypatch):
    monkeypatch.setattr("chuangwen.rectification.problem_list.reading.MOST_ROWS", 2)
    (told,) = refusals(plain(*[(n, f"问题{n}") for n in range(3)], head=("序号", "问题")))
    assert told == "整个文件：共有 3 个问题，一次最多导入 2 个。请分成几个文件，逐个导入。"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是能读的 .xlsx"),
        (b"%PDF-1.7", "不是能读的 .xlsx"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512, "旧版 .xls 或加了密码"),
        (plain(), "没有问题"),
        (plain(("说明", "文字"), head=("姓名", "电话")), "没有问题清单的表头"),
    ],
)
def test_what_is_no_problem_list_is_refused_in_words(data, words):
    with pytest.raises(Invalid, match=words):
        read(data)
