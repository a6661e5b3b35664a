"""王芳 imports the register of units: everything or nothing, and all bad cells at once."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from chuangwen.audit.models import AuditEvent
from chuangwen.audit.queries import verify
from chuangwen.kit.errors import ImportRefused, Invalid, NotPermitted
from chuangwen.people.actions.aliases import add_alias
from chuangwen.people.actions.register_import import import_register
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit, UnitAlias
from chuangwen.people.queries import find_unit
from tests import zips
from tests.people.test_units import tree, true_tree
from tests.people.workbooks import workbook
from tests.spreadsheets import failing

REGISTER = [
    ["区城市管理局", "政府部门", "", "CG", "区城管局、城管局", "", ""],
    ["环卫站", "事业单位", "区城管局", "", "", datetime.date(2021, 1, 1), ""],
    ["炳草岗街道", "街道镇", "", "", "", "2019年3月1日", ""],
]


def take_in(rows, office, **options):
    return import_register(data=workbook(rows), by=office, **options)


def faults(rows, office) -> list[str]:
    before = Unit.objects.count()
    with pytest.raises(ImportRefused) as refused:
        take_in(rows, office)
    assert Unit.objects.count() == before
    return [str(problem) for problem in refused.value.problems]


def test_new_units_come_with_parents_aliases_and_dates(office, tenant):
    done = take_in(REGISTER, office)
    assert done.made == ("区城市管理局", "环卫站", "炳草岗街道")
    station, street = find_unit("环卫站"), find_unit("炳草岗街道")
    assert (station.parent, station.kind) == (find_unit("城管局"), UnitKind.INSTITUTION)
    assert station.valid_from == datetime.date(2021, 1, 1)
    assert street.valid_from == datetime.date(2019, 3, 1)
    assert tree() == true_tree()
    assert verify(tenant_id=tenant.pk).whole


def test_the_same_file_again_changes_nothing(office):
    take_in(REGISTER, office)
    events = AuditEvent.objects.count()
    done = take_in(REGISTER, office)
    assert (done.made, done.edited, done.aliases, done.unchanged) == ((), (), (), 3)
    assert AuditEvent.objects.count() == events


def test_a_dry_run_tells_the_same_and_writes_nothing(office):
    dry = take_in(REGISTER, office, dry_run=True)
    assert Unit.objects.count() == 1
    assert dry == take_in(REGISTER, office)


def test_a_row_changes_the_unit_with_its_code_and_empty_cells_keep_what_is(office, bureau):
    done = take_in([["区综合行政执法局", "", "", "CG", "", "", ""]], office)
    assert done.edited == (("区综合行政执法局", {"name": ["区城市管理局", "区综合行政执法局"]}),)
    unit = Unit.objects.get(pk=bureau.pk)
    assert (unit.kind, unit.version) == (UnitKind.GOVERNMENT, 2)
    assert find_unit("区城市管理局") == unit
    assert AuditEvent.objects.filter(object_id=unit.pk, verb="unit.edited").exists()


def test_two_units_may_swap_their_names(office):
    take_in([["甲局", "政府部门", "", "1"], ["乙局", "政府部门", "", "2"]], office)
    take_in([["乙局", "", "", "1"], ["甲局", "", "", "2"]], office)
    codes = {unit.code: unit.name for unit in Unit.objects.exclude(code="")}
    assert codes == {"1": "乙局", "2": "甲局"}
    assert not UnitAlias.objects.exists()


def test_a_moved_unit_takes_everything_below_along(office):
    take_in(REGISTER, office)
    take_in([["环卫一队", "事业单位", "环卫站"], ["环卫站", "", "炳草岗街道"]], office)
    assert ("炳草岗街道", "环卫一队", 2) in tree()
    assert tree() == true_tree()


def test_closing_by_import_ends_the_posts_of_that_unit(office, bureau, tenant):
    account = Account.objects.create(tenant=tenant, username="limei", name="李梅")
    Membership.objects.create(account=account, unit=bureau, role="clerk")
    take_in([["区城市管理局", "", "", "", "", "", "2021-06-30"]], office)
    assert Membership.objects.get().valid_until == datetime.date(2021, 6, 30)


def test_every_bad_cell_is_told_at_once_with_its_place(office, bureau):
    add_alias(unit=bureau, name="城管", by=office)
    assert faults(
        [
            ["", "政府部门"],
            ["区发改局", "局"],
            ["区教体局", ""],
            ["区住建局", "政府部门", "市城管居"],
            ["区民政局", "政府部门", "", "CG1", "城管"],
            ["区水利局", "政府部门", "", "CG1"],
            ["区 水利局", "政府部门"],
            ["区林业局", "政府部门", "", "", "", "昨天", "2021-02-30"],
            ["城管", "政府部门"],
            ["区财政局", "政府部门", "", "", "", "2021-02-02", "2021-02-01"],
        ],
        office,
    ) == [
        "第 2 行“名称”：是空的。请填写单位名称，或删除这一行。",
        "第 3 行“类别”：没有类别“局”。请改为：党委部门、政府部门、派出机构、群团、街道镇、社区、"
        "企业/园区、上级、议事协调机构、事业单位、法院检察院、其他。",
        "第 9 行“启用日期”：“昨天”不是日期。请写成 2021-03-01 的样子。",
        "第 9 行“停用日期”：“2021-02-30”不是日期。请写成 2021-03-01 的样子。",
        "第 11 行“停用日期”：2021-02-01 早于“启用日期”2021-02-02。请改正其中一个。",
        "第 4 行“类别”：新单位“区教体局”没有类别。请填写类别。",
        "第 5 行“上级单位”：未找到“市城管居”。请检查名称，或在本文件中加上这个单位。",
        "第 8 行“名称”：“区 水利局”与第 7 行“区水利局”同名。请只保留一个。",
        "第 10 行“名称”：“城管”已是“区城市管理局”的别名。请改写成后者，或先去掉那个别名。",
        "第 7 行“编码”：“CG1”也用于第 6 行“区民政局”。请改正其中一个。",
        "第 6 行“别名”：“城管”已是第 10 行“城管”的名称或别名。请去掉，或先合并这两个单位。",
    ]


def test_a_circle_of_parents_is_told_once(office):
    told = faults([["甲", "社区", "丙"], ["乙", "社区", "甲"], ["丙", "社区", "乙"]], office)
    assert told == ["第 2 行“上级单位”：上级关系成了圈：甲 → 丙 → 乙 → 甲。请改正上级单位。"]


def test_a_closed_unit_keeps_no_open_units_below(office, bureau):
    create_unit(name="环卫站", kind=UnitKind.INSTITUTION, parent=bureau, by=office)
    (told,) = faults([["区城市管理局", "", "", "", "", "", "2021-06-30"]], office)
    assert told == "第 2 行“停用日期”：下级“环卫站”还没有停用。请先移走或停用下级。"


def test_a_unit_written_twice_is_told(office, bureau):
    (told,) = faults([["区城市管理局", "政府部门"], ["城管", "政府部门", "", "CG"]], office)
    assert told == "第 3 行“名称”：与第 2 行是同一单位。请只保留一行。"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是能读的"),
        ("名称,类别".encode("gb18030"), "不是能读的"),
        (workbook([]), "没有单位"),
        (workbook([["x"]], header=["单位"]), "没有含“名称”的表头"),
        (workbook([["x"]], header=["名称", "编码"]), "缺少“类别”列"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_words(office, data, said):
    with pytest.raises(Invalid, match=said):
        import_register(data=data, by=office)


def test_a_file_made_to_fill_the_memory_is_not_opened(office):
    far = io.BytesIO()
    book = xlsxwriter.Workbook(far)
    book.add_worksheet().write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(Invalid, match="Z 列之后"):
        import_register(data=far.getvalue(), by=office)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 2**20))
    with pytest.raises(Invalid, match="50 MB"):
        import_register(data=bomb.getvalue(), by=office)


def test_titles_above_and_other_columns_do_no_harm(office):
    data = workbook([["序号", "类别", "名称"], [1, "社区", "倮果社区"]], header=["东区单位名录"])
    assert import_register(data=data, by=office).made == ("倮果社区",)


def test_a_clerk_may_not_import(clerk):
    with pytest.raises(NotPermitted):
        take_in(REGISTER, clerk)


def test_statements_do_not_grow_with_the_file(office, django_assert_max_num_queries):
    rows = [[f"第{number}社区", "社区", "", f"S{number}", f"{number}社"] for number in range(600)]
    with django_assert_max_num_queries(14):  # savepoint and release are two of them
        take_in(rows, office)
    assert UnitAlias.objects.count() == 600


def test_a_merged_cell_holds_for_each_of_its_rows(office, bureau):
    parent = bureau.name
    rows = [["甲中队", "事业单位", parent], ["乙中队", "", ""], ["丙街道", "街道镇", ""]]
    import_register(data=workbook(rows, merged=["B2:B3", "C2:C3"]), by=office)
    found = {name: find_unit(name) for name in ("甲中队", "乙中队", "丙街道")}
    assert [unit.parent for unit in found.values()] == [bureau, bureau, None]
    assert found["乙中队"].kind == UnitKind.INSTITUTION
    assert tree() == true_tree()


def test_a_merged_name_is_told_as_written_twice(office):
    rows = [["甲中队", "事业单位"], ["", "政府部门"]]
    with pytest.raises(ImportRefused) as refused:
        import_register(data=workbook(rows, merged=["A2:A3"]), by=office)
    assert any("甲中队" in str(problem) for problem in refused.value.problems)
    assert find_unit("甲中队") is None


def broken_files():
    whole = workbook(REGISTER)
    yield "locked", zips.locked(whole)
    for method in (zips.DEFLATE64, zips.BZIP2, zips.LZMA):
        yield f"method {method}", zips.packed_by(whole, method)
    yield "cut", whole[: len(whole) // 2]


@pytest.mark.parametrize(("label", "data"), list(broken_files()))
def test_a_locked_or_broken_file_is_refused_in_words(label, data, office):
    with pytest.raises(Invalid, match="xlsx"):
        import_register(data=data, by=office)


def test_cells_with_errors_are_named_and_do_not_read_as_empty(office):
    data = failing(workbook(REGISTER), {"C3": "#REF!", "F3": "#N/A"})
    with pytest.raises(ImportRefused) as refused:
        import_register(data=data, by=office)
    assert [str(problem).partition("）：")[0] for problem in refused.value.problems] == [
        "第 3 行“上级单位”（工作表“单位名录”单元格 C3",
        "第 3 行“启用日期”（工作表“单位名录”单元格 F3",
    ]
    assert not Unit.objects.filter(name="环卫站").exists()
