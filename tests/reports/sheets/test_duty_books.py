"""责任分解表 and the unit's 责任清单 as workbooks, from the notice's own ten actions."""

from datetime import date

from chuangwen.reports.duty_sheet import ActionDuties, ActionTask, UnitDutySheet
from chuangwen.reports.sheets import responsibility_table_book, unit_duty_book
from tests.reports import notice
from tests.reports.xlsx_reading import values, written


def test_tasks_and_indicators_have_a_sheet_each() -> None:
    found = values(written(responsibility_table_book(notice.responsibility_table())))
    assert list(found) == ["任务", "指标", "说明"]
    lights = next(row for row in found["任务"] if row[0] == "7.3")
    assert lights[1] == "公共环境提升行动"
    assert lights[3] == "区发改局"
    assert lights[6] == date(2021, 12, 31)
    life = next(row for row in found["指标"] if row[1] == "人均预期寿命")
    assert life[2:6] == ["≥", 77.7, "岁", ""]
    income = next(row for row in found["指标"] if row[1] == "城乡居民人均可支配收入")
    assert income[5] == "高于全国或我省同类城市平均水平"


def test_2000_tasks_keep_their_order() -> None:
    tasks = tuple(ActionTask(number=f"1.{n}", text=f"=任务{n}") for n in range(2000))
    action = ActionDuties(number=1, title="培根铸魂提升行动", tasks=tasks)
    book = responsibility_table_book(notice.responsibility_table((action,)))
    rows = values(written(book))["任务"][1:]
    assert [row[2] for row in rows] == [f"=任务{n}" for n in range(2000)]


def test_nothing_planned_gives_headers_and_notes() -> None:
    found = values(written(responsibility_table_book(notice.responsibility_table(()))))
    assert len(found["任务"]) == len(found["指标"]) == 1
    assert ["依据", "《攀枝花市东区创建全国文明城市2021年工作安排》"] in found["说明"]


def test_a_units_book_has_duties_tasks_and_indicators() -> None:
    found = values(written(unit_duty_book(notice.duty_sheet_of_development_bureau())))
    assert list(found) == ["责任事项", "任务", "指标", "说明"]
    assert [row[0] for row in found["责任事项"][1:]] == ["牵头", "责任"]
    lights = next(row for row in found["任务"] if row[0] == "7.3")
    assert lights[6:8] == ["会同区住建局排出亮化更新清单", date(2021, 9, 30)]
    assert ["单位", "区发改局"] in found["说明"]


def test_a_unit_without_duties_gets_empty_sheets() -> None:
    empty = UnitDutySheet(unit="区档案馆", issuer="区创文办", as_of=date(2021, 8, 6))
    found = values(written(unit_duty_book(empty)))
    assert [len(found[name]) for name in ("责任事项", "任务", "指标")] == [1, 1, 1]
