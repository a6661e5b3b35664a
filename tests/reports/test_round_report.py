"""测评报告: what it says of a round, and what it must not say."""

import datetime
import io
import zipfile

from lxml import etree
from PIL import Image

from chuangwen.reports.official import round_report_document, write_docx
from chuangwen.reports.official.blocks import Table
from chuangwen.reports.round_facts import (
    Line,
    Photo,
    Problem,
    RoundFacts,
    Stratum,
    UnitProblems,
    Untested,
    percent,
    ranked,
)
from chuangwen.reports.sheets.round_report import round_report_book
from tests.reports.docx_reading import text_of
from tests.reports.xlsx_reading import values, written

DAY = datetime.date(2021, 9, 15)


def line(name, drawn, tested, passed, group="政府部门", **more) -> Line:
    rate = 100 * passed / tested if tested else None
    return Line(name, group, drawn, tested, passed, tested - passed, rate, **more)


def photo() -> Photo:
    target = io.BytesIO()
    Image.new("RGB", (320, 240), "grey").save(target, "JPEG")
    return Photo(target.getvalue(), 320, 240, "第1号：人民街")


PROBLEM = Problem(1, "无乱扔垃圾：发现 3 处", "人民街", "环境卫生", "1.1", DAY, None, (photo(),))
DEPARTMENTS = (
    line("区商务局", 4, 4, 2),
    line("区教育局", 5, 2, 1),
    line("区城市管理局", 3, 3, 3),
    line("区文广旅局", 2, 0, 0),
)


def facts(**other) -> RoundFacts:
    given = {
        "name": "9月模拟测评",
        "kind": "模拟测评",
        "issuer": "东区创文办",
        "as_of": DAY,
        "starts_on": datetime.date(2021, 9, 1),
        "ends_on": datetime.date(2021, 9, 10),
        "version": "2021年版",
        "is_closed": True,
        "is_sample": False,
        "sampling": "分层随机抽样",
        "seed": "2021-09",
        "population": 60,
        "by_hand": 0,
        "strata": (Stratum("农贸市场", 48, 12, 9, 6), Stratum("公厕", 12, 2, 0, 0)),
        "pairs": 2,
        "inspectors": 4,
        "whole": line("全部", 14, 9, 6, low=40.0, high=86.0, change=-3.0),
        "earlier": "8月模拟测评",
        "types": (line("农贸市场", 14, 9, 6),),
        "departments": DEPARTMENTS,
        "streets": (line("炳草岗街道", 9, 9, 6, "街道镇"),),
        "areas": (),
        "lines": (line("1 无乱扔垃圾", 14, 9, 6, "农贸市场"),),
        "untested": (Untested("07-0001", "湖滨市场", "农贸市场", "区文广旅局"),),
        "problems": (UnitProblems("区商务局", (PROBLEM,)),),
        "left_out_photos": 0,
        "opinions": None,
        "result_hash": "ab" * 32,
    }
    return RoundFacts(**given | other)


def docx(found: RoundFacts) -> zipfile.ZipFile:
    target = io.BytesIO()
    write_docx(round_report_document(found), target)
    return zipfile.ZipFile(target)


def words(found: RoundFacts) -> str:
    return text_of(etree.fromstring(docx(found).read("word/document.xml")))


def test_the_report_states_method_sample_and_results():
    said = words(facts())
    for part in (
        "2个测评组、4名测评员",
        "名录中符合条件的点位60个",
        "种子“2021-09”",
        "应测14个，已测9个，未测5个",
        "点位达标率66.6%",
        "40.0%至86.0%",
        "与“8月模拟测评”相比，下降3.0个百分点",
        "湖滨市场",
        "无乱扔垃圾：发现 3 处",
    ):
        assert part in said, part


def test_each_stratum_tells_its_population_what_was_drawn_and_what_was_tested():
    (table,) = (
        block
        for block in round_report_document(facts()).blocks
        if isinstance(block, Table) and block.columns[0].title == "层"
    )
    assert table.rows == (
        ("农贸市场", "48", "12", "9", "6", "66.6%"),
        ("公厕", "12", "2", "0", "0", "未测"),
    )
    sheet = values(written(round_report_book(facts())))["样本"]
    assert sheet[1:] == [["农贸市场", 48, 12, 9, 6, 66.67], ["公厕", 12, 2, 0, 0, "未测"]]


def test_what_is_untested_is_never_nought_percent():
    said = words(facts())
    assert "未测" in said
    assert "0.0%" not in said.replace("40.0%", "").replace("50.0%", "").replace("100.0%", "")


def test_equal_rates_share_a_place_and_the_untested_have_none():
    places = [(place, one.name) for place, one in ranked(DEPARTMENTS)]
    assert places == [
        ("1", "区城市管理局"),
        ("2", "区商务局"),
        ("2", "区教育局"),
        ("—", "区文广旅局"),
    ]


def test_streets_are_ranked_apart_from_departments():
    said = words(facts())
    assert said.index("区商务局") < said.index("街道、镇和社区") < said.index("炳草岗街道")


def test_photos_stand_in_the_document_once_each():
    with docx(facts()) as package:
        names = [name for name in package.namelist() if name.startswith("word/media/")]
        assert len(names) == 1
        assert package.read(names[0]) == PROBLEM.photos[0].content
        body = package.read("word/document.xml").decode()
    assert body.count("<w:drawing") == 1
    assert 'descr="第1号：人民街"' in body


def test_a_running_round_and_sample_data_say_so():
    said = words(facts(is_closed=False, is_sample=True))
    assert "测评情况（进行中）" in said
    assert "演示数据" in said


def test_a_rate_is_cut_and_not_rounded_up():
    assert percent(99.96) == "99.9%"
    assert percent(100.0) == "100.0%"
    assert percent(None) == "未测"


def test_the_workbook_holds_every_board():
    sheets = values(written(round_report_book(facts())))
    assert sheets["部门排名"][1][:2] == ["1", "区城市管理局"]
    untested = sheets["部门排名"][4]
    assert untested[:2] == ["—", "区文广旅局"]
    assert "未测" in untested
    assert sheets["问题清单"][1][0] == "区商务局"
    assert sheets["未测点位"][1][0] == "07-0001"
    assert sheets["总体"][1][5] == 66.67
