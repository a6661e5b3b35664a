"""责任分解表 and the unit's 责任清单 as documents, from the notice's own ten actions."""

from dataclasses import replace

from chuangwen.reports.duty_sheet import ActionDuties, ActionTask, UnitDutySheet
from chuangwen.reports.official import (
    Table,
    responsibility_table_document,
    unit_duty_document,
)
from tests.reports import notice
from tests.reports.docx_reading import W, WrittenDocx, text_of


def test_every_task_of_the_ten_actions_has_its_row() -> None:
    document = responsibility_table_document(notice.responsibility_table())
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert document.landscape
    titles = [column.title for column in table.columns]
    rows = [dict(zip(titles, row, strict=True)) for row in table.rows]
    assert [row["序号"] for row in rows] == [
        task.number for action in notice.ACTIONS for task in action.tasks
    ]
    lights = next(row for row in rows if row["序号"] == "7.3")
    assert lights["提升行动"] == "公共环境提升行动"
    assert lights["牵头单位"] == "区发改局"
    assert "区综合行政执法局" in lights["责任单位"]
    assert "道路照明亮灯率≥95%（2021年）" in lights["指标"]
    assert lights["完成时限"] == "2021年12月31日"


def test_a_column_in_which_nothing_stands_is_left_out_and_the_others_share() -> None:
    task = ActionTask(number="1.", text="亮化道路")
    action = ActionDuties(number=1, title="公共环境提升行动", lead_units=("甲",), tasks=(task,))
    document = responsibility_table_document(notice.responsibility_table((action,)))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    titles = [column.title for column in table.columns]
    assert "配合单位" not in titles
    assert "指标" not in titles
    assert "完成时限" in titles
    assert round(sum(column.width_mm for column in table.columns)) == 225
    assert table.rows[0][titles.index("重点任务")] == "亮化道路"


def test_no_tasks_is_said_and_leaves_no_empty_table() -> None:
    docx = WrittenDocx(responsibility_table_document(notice.responsibility_table(())))
    assert docx.body.find(f"{W}tbl") is None
    assert "目前没有已确认的任务。" in docx.texts("BodyText")


def test_2000_tasks_are_all_there() -> None:
    tasks = tuple(ActionTask(number=f"1.{n}", text=f"任务{n}" * (n % 40)) for n in range(2000))
    action = ActionDuties(number=1, title="培根铸魂提升行动", tasks=tasks)
    docx = WrittenDocx(responsibility_table_document(notice.responsibility_table((action,))))
    assert len(list(docx.body.iter(f"{W}tr"))) == 2001


def test_text_that_looks_like_a_formula_stays_text() -> None:
    task = ActionTask(number="1.1", text='=HYPERLINK("http://example.org","点我")\x07')
    action = replace(notice.ACTIONS[0], tasks=(task,))
    docx = WrittenDocx(responsibility_table_document(notice.responsibility_table((action,))))
    assert '=HYPERLINK("http://example.org","点我")' in docx.texts("DenseText")


def test_a_units_sheet_lists_duties_tasks_measures_indicators_and_lines_to_sign() -> None:
    docx = WrittenDocx(unit_duty_document(notice.duty_sheet_of_development_bureau()))
    assert docx.texts("DocumentTitle") == ["区发改局创文责任清单"]
    assert docx.texts("Heading1") == ["一、责任事项", "二、任务及完成时限", "三、指标", "四、签收"]
    duties, tasks, indicators, signing = docx.body.iter(f"{W}tbl")
    assert [text_of(row) for row in duties.iter(f"{W}tr")][1].startswith("1牵头公共环境提升行动")
    assert "1.会同区住建局排出亮化更新清单（2021年9月30日）" in text_of(tasks)
    assert "≥77.7岁" in text_of(indicators)
    assert "签收人" in text_of(signing)
    assert "承担创建责任2项（牵头1项、责任1项）、任务5项、指标4项" in docx.texts("BodyText")[0]


def test_a_unit_without_duties_gets_a_sheet_that_says_so() -> None:
    empty = UnitDutySheet(unit="区档案馆", issuer="区创文办", as_of=notice.YEAR_END.day)
    docx = WrittenDocx(unit_duty_document(empty))
    assert docx.texts("BodyText").count("无。") == 3
    assert "承担创建责任0项、任务0项、指标0项" in docx.texts("BodyText")[0]
