from datetime import date
from decimal import Decimal

from chuangwen.reports.duty_sheet import (
    ActionDuties,
    ActionTask,
    Deadline,
    DutyKind,
    IndicatorTarget,
    UnitDuty,
)
from chuangwen.reports.duty_wording import (
    basis_wording,
    deadline_wording,
    duty_counts,
    indicator_wording,
    responsibility_rows,
)
from tests.reports import notice


def test_a_task_without_units_is_borne_by_the_units_of_its_action() -> None:
    rows = list(responsibility_rows(notice.ACTIONS))
    lights = next(row for row in rows if row.number == "7.3")
    assert lights.lead_units == ("区发改局",)
    assert "区综合行政执法局" in lights.responsible_units


def test_a_task_with_own_units_does_not_inherit_others() -> None:
    own = ActionTask(number="2.1", text="压缩审批时限", lead_units=("区行政审批局",))
    action = ActionDuties(
        number=2,
        title="政务环境提升行动",
        lead_units=("区政府办公室",),
        responsible_units=("园管会",),
        tasks=(own,),
    )
    (row,) = responsibility_rows([action])
    assert row.lead_units == ("区行政审批局",)
    assert row.responsible_units == ()


def test_an_action_without_tasks_keeps_a_row() -> None:
    (row,) = responsibility_rows(
        [ActionDuties(number=9, title="生态环境提升行动", lead_units=("区生态环境局",))]
    )
    assert (row.number, row.task, row.lead_units) == ("9", "", ("区生态环境局",))


def test_targets_read_as_in_the_notice() -> None:
    assert indicator_wording(notice.LIGHTS) == "道路照明亮灯率≥95%（2021年）"
    assert indicator_wording(notice.INCOME) == (
        "城乡居民人均可支配收入：高于全国或我省同类城市平均水平"
    )
    assert IndicatorTarget(name="人口", value=Decimal("1E+5"), unit="人").wording() == "100000人"
    assert indicator_wording(IndicatorTarget(name="满意度")) == "满意度"


def test_deadlines_are_a_day_a_phrase_both_or_nothing() -> None:
    day = date(2021, 12, 31)
    assert deadline_wording(Deadline(day=day)) == "2021年12月31日"
    assert deadline_wording(Deadline(note="长期坚持")) == "长期坚持"
    assert deadline_wording(Deadline(day=day, note="初稿")) == "2021年12月31日（初稿）"
    assert deadline_wording(Deadline()) == ""


def test_titles_get_brackets_once() -> None:
    assert basis_wording(["行动计划", "《工作安排》"]) == "《行动计划》《工作安排》"


def test_duties_are_counted_lead_first() -> None:
    kinds = (DutyKind.RESPONSIBLE, DutyKind.LEAD, DutyKind.RESPONSIBLE)
    duties = [UnitDuty(kind=kind, subject="行动") for kind in kinds]
    assert duty_counts(duties) == "牵头1项、责任2项"
