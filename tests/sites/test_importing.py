"""A register file: checked first, all errors at once, then written whole or not at all."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted
from chuangwen.people.actions.aliases import add_alias
from chuangwen.search.pairs import words_of
from chuangwen.search.queries import matching
from chuangwen.sites.actions import background_import
from chuangwen.sites.actions.background_import import import_next, run_import
from chuangwen.sites.actions.duties import Charge, assign_duty
from chuangwen.sites.actions.importing import (
    apply_import,
    cancel_import,
    confirm_import,
    queue_register,
    receive_register,
)
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.coordinates import Point, distance_metres, from_wgs84
from chuangwen.sites.enums import Datum, Importance, ImportState, SiteDutyKind
from chuangwen.sites.models import Site, SiteDuty, SiteImport
from tests import zips
from tests.sites.conftest import DAY, SQUARE
from tests.sites.workbooks import HEADER, MARKET, workbook
from tests.spreadsheets import failing

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(office, market, avenue, hotline, bureau, street):  # noqa: PLR0917 - fixtures
    """Hand a file in and have it checked; everything that it names exists."""

    def check(rows, *, header=HEADER, datum=Datum.WGS84) -> SiteImport:
        data = workbook(rows, header=header)
        return receive_register(name="名录.xlsx", data=data, datum=datum, by=office)

    return check


@pytest.fixture
def take_in(checked, office):
    def run(rows, **more) -> SiteImport:
        taken = checked(rows, **more)
        assert taken.state == ImportState.CHECKED, taken.problems or taken.problem
        return apply_import(taken=taken, base_digest=taken.digest, by=office)

    return run


def changed(row, **values):
    named = dict(zip(HEADER, row, strict=True))
    named.update(values)
    return tuple(named.values())


def test_checking_tells_and_writes_nothing(checked):
    taken = checked([MARKET, changed(MARKET, 点位编号="A2", 名称="湖滨市场")])
    assert (taken.state, taken.made_count, taken.total) == (ImportState.CHECKED, 2, 2)
    assert taken.differences["made"] == ["A1 炳草岗农贸市场", "A2 湖滨市场"]
    assert not Site.objects.exists()


def test_what_was_agreed_to_is_written_with_its_events_and_found(take_in, market, street, bureau):
    taken = take_in([MARKET])
    assert taken.state == ImportState.DONE
    site = Site.objects.get()
    assert (site.code, site.site_type, site.area) == ("A1", market, street)
    assert (site.longitude, site.latitude) == (Decimal("101.71873"), Decimal("26.58734"))
    duty = site.duties.get()
    assert (duty.kind, duty.unit, duty.valid_from) == (SiteDutyKind.OWNER, bureau, DAY)
    assert list(matching(Site.objects.all(), words_of("农贸"))) == [site]
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs >= {"site_import.received", "site_import.applied", "site.created"}
    site.full_clean()


def test_the_same_file_again_changes_nothing(take_in, checked):
    take_in([MARKET])
    again = checked([MARKET])
    assert (again.made_count, again.edited_count, again.unchanged_count) == (0, 0, 1)


def test_the_code_finds_the_site_and_empty_cells_keep_what_is(take_in, office, bureau):
    take_in([MARKET])
    taken = take_in([("A1", "湖滨农贸市场", "", "", "", "", "", "")])
    assert taken.edited_count == 1
    told = {"name": ["炳草岗农贸市场", "湖滨农贸市场"]}
    assert taken.differences["edited"] == [["A1 湖滨农贸市场", told]]
    site = Site.objects.get()
    assert (site.name, site.address, site.version) == ("湖滨农贸市场", "人民街12号", 2)
    assert site.duties.get().unit == bureau
    assert list(matching(Site.objects.all(), words_of("湖滨"))) == [site]


def test_without_a_code_name_and_type_tell_which_site_it_is(take_in, checked, new_site):
    take_in([changed(MARKET, 点位编号="")])
    assert Site.objects.get().code == "07-0001"
    moved = changed(MARKET, 点位编号="", 地址="新街3号")
    assert take_in([moved, changed(moved, 名称="另一个市场")]).edited_count == 1
    assert set(Site.objects.values_list("code", flat=True)) == {"07-0001", "07-0002"}
    new_site("另一个市场")
    taken = checked([changed(MARKET, 点位编号="", 名称="另一个市场")])
    assert taken.problems == [
        "第 2 行“点位编号”：已有 2 个同名同类的点位，不知道是哪一个。请填写点位编号。"
    ]


def test_every_bad_cell_is_told_at_once_with_its_place(checked, new_site):
    header = (*HEADER, "长度（米）", "重要程度", "是否示范", "线或面", "电话")
    none = ("",) * 5
    taken = checked(
        [
            (*MARKET, *none),
            (*changed(MARKET, 名称="甲"), *none),  # the same code
            (*changed(MARKET, 点位编号="B1", 点位类型="菜场", 主管单位="区商委"), *none),
            (*changed(MARKET, 点位编号="B2", 经度=26.58734, 纬度=101.71873), *none),
            (*changed(MARKET, 点位编号="B3", 经度="约101", 名称="长" * 101), *none),
            (*changed(MARKET, 点位编号="B4", 名称="", 点位类型=""), *none),
            (*changed(MARKET, 点位编号="B5", 点位类型="政务热线"), *none),
            (*changed(MARKET, 点位编号="B6"), "很长", "特别", "也许", "101.7,26.5", "1" * 41),
            (*changed(MARKET, 点位编号="B7", 纬度=""), "-3", "", "", "", ""),
        ],
        header=header,
    )
    assert taken.state == ImportState.REFUSED
    assert [problem.split("。")[0] for problem in taken.problems] == [
        "第 3 行“点位编号”：与第 2 行是同一点位",
        "第 4 行“点位类型”：没有点位类型“菜场”",
        "第 4 行“主管单位”：单位名录中没有“区商委”",
        "第 5 行“经度”：经度 26.58734、纬度 101.71873 填反了",
        "第 6 行“名称”：有 101 字，最多 100 字",
        "第 6 行“经度”：“约101”不是经度",
        "第 7 行“名称”：是空的",
        "第 7 行“点位类型”：是空的",
        "第 8 行“经度”：电话测评的点位没有坐标",
        "第 9 行“电话”：有 41 字，最多 40 字",
        "第 9 行“线或面”：线至少要有两个不同的点",
        "第 9 行“长度(米)”：“很长”不是数字",
        "第 9 行“重要程度”：“特别”看不懂",
        "第 9 行“示范点位”：“也许”看不懂",
        "第 10 行“纬度”：经度和纬度须同时填写，或都留空",
        "第 10 行“长度(米)”：“-3”无法使用",
    ]
    assert not Site.objects.exists()


def test_columns_are_known_by_their_common_names(take_in):
    header = ("序号", "测评点位", "类别", "详细地址", "Lng", "LAT ", "*责任单位", "重要性", "示范")
    place = ("101°43′7.4″", "26.58734")
    take_in(
        [(1, "某农贸市场", "07", "人民街", *place, "区城市管理局", "重点", "是")], header=header
    )
    site = Site.objects.get()
    assert (site.importance, site.is_demonstration) == (Importance.KEY, True)
    assert float(site.longitude) == pytest.approx(101.7187222, abs=1e-5)


def test_units_are_found_by_their_aliases(take_in, bureau, office):
    add_alias(unit=bureau, name="区城管局", source="简称", by=office)
    take_in([changed(MARKET, 主管单位="区城管局")])
    assert SiteDuty.objects.get().unit == bureau


def test_the_datum_is_chosen_and_must_be_that_of_the_header(take_in, checked, office):
    shown = from_wgs84(SQUARE, Datum.GCJ02)
    row = changed(MARKET, 经度=shown.longitude, 纬度=shown.latitude)
    header = [f"{one}（GCJ-02）" if one in {"经度", "纬度"} else one for one in HEADER]
    take_in([row], header=header, datum=Datum.GCJ02)
    site = Site.objects.get()
    stored = Point(float(site.longitude), float(site.latitude))
    assert distance_metres(stored, SQUARE) < 0.05
    assert site.datum == Datum.GCJ02
    refused = checked([row], header=header)
    assert refused.state == ImportState.FAILED
    assert "表头写明坐标系是 GCJ-02，所选的是 WGS-84" in refused.problem


def test_a_street_comes_with_its_line(take_in):
    header = (*HEADER, "线或面")
    row = changed(MARKET, 点位类型="主次干道", 经度="", 纬度="")
    take_in([(*row, "101.70,26.58; 101.71,26.58")], header=header)
    site = Site.objects.get()
    assert site.geometry["type"] == "LineString"
    assert (site.longitude, site.length_metres) == (Decimal("101.705"), Decimal("994.4"))


def test_a_length_entered_by_hand_stays_when_the_line_comes(take_in, new_site, avenue):
    site = new_site(name="人民大道", site_type=avenue, length_metres=Decimal(800))
    header = ("点位编号", "名称", "线或面", "长度")
    take_in([(site.code, None, "101.70,26.58; 101.71,26.58", None)], header=header)
    site.refresh_from_db()
    assert (site.geometry["type"], site.length_metres) == ("LineString", Decimal(800))
    take_in([(site.code, None, "101.70,26.58; 101.72,26.58", None)], header=header)
    site.refresh_from_db()
    assert site.length_metres == Decimal("1988.9")  # the line has changed, so it is measured anew


def test_a_code_that_a_spreadsheet_took_for_a_date_is_no_new_site(checked):
    refused = checked([changed(MARKET, 点位编号=datetime.date(2026, 7, 1))])
    assert refused.state == ImportState.REFUSED
    (problem,) = refused.problems
    assert "第 2 行“点位编号”" in problem
    assert "变成了日期" in problem


def test_a_known_name_under_another_code_is_told_before_it_is_doubled(take_in, checked):
    take_in([MARKET])
    again = checked([changed(MARKET, 点位编号="新1")])
    assert again.made_count == 1
    assert again.differences["namesakes"] == ["新1 炳草岗农贸市场（已有 A1）"]
    assert again.differences["namesakes_count"] == 1


def test_another_owner_takes_over_from_today(take_in, street, bureau):
    take_in([MARKET])
    take_in([changed(MARKET, 主管单位="炳草岗街道")])  # the same day: a correction
    assert [duty.unit for duty in SiteDuty.objects.all()] == [street]
    SiteDuty.objects.update(valid_from=DAY - datetime.timedelta(days=9))
    taken = take_in([changed(MARKET, 主管单位="区城市管理局")])
    assert taken.differences["edited"][0][1] == {"owner": ["炳草岗街道", "区城市管理局"]}
    former, now = SiteDuty.objects.order_by("valid_from")
    assert (former.unit, former.valid_until) == (street, DAY - datetime.timedelta(days=1))
    assert (now.unit, now.valid_from) == (bureau, DAY)


def test_a_head_is_a_person_of_a_unit(take_in):
    header = (*HEADER, "点位长单位", "点位长")
    take_in([(*MARKET, "炳草岗街道", "张强 副主任")], header=header)
    duty = SiteDuty.objects.get(kind=SiteDutyKind.SITE_HEAD)
    assert (duty.unit.name, duty.holder) == ("炳草岗街道", "张强 副主任")


def test_what_is_set_for_later_is_not_overruled(take_in, checked, street, office):
    take_in([changed(MARKET, 主管单位="")])
    site = Site.objects.get()
    charge = Charge(SiteDutyKind.OWNER, street, DAY + datetime.timedelta(days=9))
    assign_duty(versions={site.pk: 1}, charge=charge, by=office)
    taken = checked([MARKET])
    assert "已定好以后更换" in taken.problems[0]


def test_a_merged_site_takes_no_row(take_in, checked, office):
    take_in([MARKET, changed(MARKET, 点位编号="A2", 名称="湖滨市场")])
    keep, other = Site.objects.order_by("code")
    merge_sites(keep=keep, keep_version=1, other=other, other_version=1, by=office)
    assert "已合并" in checked([changed(MARKET, 点位编号="A2")]).problems[0]


def test_when_the_register_changed_meanwhile_it_is_shown_again(checked, office, new_site):
    taken = checked([MARKET])
    site = new_site("别人刚建的", code="A1")
    again = apply_import(taken=taken, base_digest=taken.digest, by=office)
    assert (again.state, again.made_count, again.edited_count) == (ImportState.CHECKED, 0, 1)
    assert "检查之后名录又有改动" in again.problem
    assert Site.objects.get() == site
    done = apply_import(taken=again, base_digest=again.digest, by=office)
    assert done.state == ImportState.DONE
    assert Site.objects.get().name == "炳草岗农贸市场"


def test_only_what_was_seen_is_agreed_to(checked, office):
    taken = checked([MARKET])
    for digest in ("", "0" * 64):
        with pytest.raises(IllegalTransition):
            confirm_import(taken=taken, base_digest=digest, by=office)


def broken_files():
    whole = workbook([MARKET])
    yield "locked", zips.locked(whole)
    for method in (zips.DEFLATE64, zips.BZIP2, zips.LZMA):
        yield f"method {method}", zips.packed_by(whole, method)
    yield "cut", whole[: len(whole) // 2]
    yield "text", "名称,类型".encode()


@pytest.mark.parametrize(("label", "data"), list(broken_files()))
def test_a_locked_or_broken_file_is_refused_in_words(label, data, office):
    taken = receive_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=office)
    assert taken.state == ImportState.FAILED
    assert "不是能读的 .xlsx" in taken.problem


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (("单位", "地点"), "没有含“名称”的表头"),
        (("名称",), "没有含“名称”的表头"),
        (("名称", "类型", "点位类型"), "有两列“点位类型”"),
        (("名称", "类型"), "文件里没有点位"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_words(checked, header, said):
    taken = checked([], header=header)
    assert taken.state == ImportState.FAILED
    assert said in taken.problem


def test_an_empty_or_endless_file_is_not_kept(office, monkeypatch):
    monkeypatch.setattr("chuangwen.sites.actions.importing.LARGEST", 100)
    for data in (b"", b"x" * 101):
        with pytest.raises(Invalid):
            queue_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=office)
    assert not SiteImport.objects.exists()


def test_a_clerk_imports_nothing(clerk, checked):
    with pytest.raises(NotPermitted):
        receive_register(name="x", data=b"x", datum=Datum.WGS84, by=clerk)
    taken = checked([MARKET])
    for step in (
        lambda: confirm_import(taken=taken, base_digest=taken.digest, by=clerk),
        lambda: cancel_import(taken=taken, by=clerk),
    ):
        with pytest.raises(NotPermitted):
            step()


@pytest.fixture
def queued(office, market, bureau, street):
    rows = [MARKET, *(changed(MARKET, 点位编号=f"B{number}") for number in range(9))]
    data = workbook(rows)
    return queue_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=office)


def test_a_large_file_waits_for_the_worker(queued, office, settings):
    assert queued.state == ImportState.WAITING
    assert import_next()
    queued.refresh_from_db()
    assert (queued.state, queued.made_count) == (ImportState.CHECKED, 10)
    assert not import_next()  # it waits for a person now
    confirm_import(taken=queued, base_digest=queued.digest, by=office)
    assert import_next()
    queued.refresh_from_db()
    assert queued.state == ImportState.DONE
    assert Site.objects.count() == 10


def test_a_cancelled_file_is_not_gone_on_with(queued, office):
    cancel_import(taken=queued, by=office)
    assert not import_next()
    with pytest.raises(IllegalTransition):
        confirm_import(taken=queued, base_digest="", by=office)


def test_a_killed_worker_leaves_nothing_half_written(queued, office, monkeypatch):
    """Killed in the middle of writing, after the sites and before the events."""
    import_next()
    queued.refresh_from_db()
    confirm_import(taken=queued, base_digest=queued.digest, by=office)

    def die(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(background_import, "record_all", die)
        with pytest.raises(KeyboardInterrupt):
            run_import(queued.pk)
    assert not Site.objects.exists()
    assert not import_next()  # the lease still runs
    SiteImport.objects.update(beat_at=clock.now() - 2 * background_import.LEASE)
    assert import_next()
    queued.refresh_from_db()
    assert (queued.state, queued.attempts) == (ImportState.DONE, 2)
    assert Site.objects.count() == 10


def test_killed_while_indexing_it_is_found_in_the_end(queued, office, monkeypatch):
    import_next()
    queued.refresh_from_db()
    confirm_import(taken=queued, base_digest=queued.digest, by=office)

    def die(_sites):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(background_import, "index_sites", die)
        with pytest.raises(KeyboardInterrupt):
            run_import(queued.pk)
    assert Site.objects.count() == 10
    SiteImport.objects.update(beat_at=clock.now() - 2 * background_import.LEASE)
    assert import_next()
    queued.refresh_from_db()
    assert queued.state == ImportState.DONE
    assert matching(Site.objects.all(), words_of("农贸")).count() == 10


def test_after_three_deaths_a_file_is_given_up_in_words(queued):
    for _ in range(3):
        SiteImport.objects.update(
            state=ImportState.CHECKING, attempts=3,
            beat_at=clock.now() - 2 * background_import.LEASE,
        )  # fmt: skip
    assert import_next()
    queued.refresh_from_db()
    assert queued.state == ImportState.FAILED
    assert "中断了 3 次" in queued.problem


def test_an_account_that_was_closed_writes_nothing(queued, office, tenant):
    from chuangwen.people.models import Account

    import_next()
    queued.refresh_from_db()
    confirm_import(taken=queued, base_digest=queued.digest, by=office)
    Account.objects.update(is_active=False)
    import_next()
    queued.refresh_from_db()
    assert queued.state == ImportState.FAILED
    assert not Site.objects.exists()


def test_statements_grow_by_the_thousand_rows_only(checked, office, monkeypatch):
    monkeypatch.setattr(background_import, "MOST_EVENTS_PER_SITE", 0)
    seen = {}
    for count in (200, 900):
        rows = [changed(MARKET, 点位编号=f"{count}-{number}") for number in range(count)]
        taken = checked(rows)
        confirm_import(taken=taken, base_digest=taken.digest, by=office)
        with CaptureQueriesContext(connection) as asked:
            run_import(taken.pk)
        seen[count] = [query["sql"].split(" ", 1)[0] for query in asked.captured_queries]
    assert Site.objects.count() == 1100
    # The index takes four statements for every 500, and a second may pass; the rest is the same.
    assert len(seen[900]) - len(seen[200]) <= 8, (len(seen[200]), len(seen[900]))


def test_cells_with_errors_are_named_and_do_not_read_as_empty(checked, office, take_in):
    """An empty cell keeps what is stored: an error would pass without a word."""
    take_in([MARKET])
    cells = {"D2": "#REF!", "F2": "#N/A", "G2": "#VALUE!"}
    data = failing(workbook([MARKET]), cells)
    taken = receive_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=office)
    assert taken.state == ImportState.REFUSED
    assert sorted(taken.problems) == [
        "第 2 行“地址”（工作表“点位名录”单元格 F2）：是错误值“#N/A”（查找公式没有找到）。"
        "请在表格软件里改正公式，或换成实际内容；不需要就清空，再导入。",
        "第 2 行“所属街道或社区”（工作表“点位名录”单元格 D2）：是错误值“#REF!”"
        "（引用的单元格已被删除）。请在表格软件里改正公式，或换成实际内容；不需要就清空，再导入。",
        "第 2 行“经度”（工作表“点位名录”单元格 G2）：是错误值“#VALUE!”（公式用了不能计算的内容）。"
        "请在表格软件里改正公式，或换成实际内容；不需要就清空，再导入。",
    ]


def test_an_error_in_a_column_that_is_not_read_stands_against_nothing(checked, office):
    header = (*HEADER, "算出来的备查列")
    data = failing(workbook([(*MARKET, "x")], header=header), {"I2": "#N/A"})
    taken = receive_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=office)
    assert taken.state == ImportState.CHECKED
