"""Years and stages on a line."""

import datetime
from types import SimpleNamespace

from chuangwen.plan.phases import grouped, line_of


def phase(name, kind, start, end):
    day = datetime.date.fromisoformat
    return SimpleNamespace(name=name, kind=kind, starts_on=day(start), ends_on=day(end))


YEARS = [
    phase("2021年", "year", "2021-01-01", "2021-12-31"),
    phase("2022年", "year", "2022-01-01", "2022-12-31"),
]
STAGES = [
    phase("动员", "stage", "2021-02-01", "2021-07-31"),
    phase("攻坚", "stage", "2021-07-01", "2021-10-31"),
    phase("迎检", "stage", "2021-11-01", "2021-12-31"),
]


def test_years_stand_in_one_row_and_overlapping_stages_below_each_other():
    line = line_of([*STAGES, *YEARS], datetime.date(2021, 9, 15))
    rows = {bar.phase.name: bar.row for bar in line.bars}
    assert rows == {"2021年": 0, "2022年": 0, "动员": 1, "攻坚": 2, "迎检": 1}
    assert line.rows == 3


def test_today_stands_where_it_is_in_the_line():
    line = line_of(YEARS, datetime.date(2022, 1, 1))
    assert line.today == 500
    (first, second) = line.bars
    assert (first.left, first.width, second.left, second.width) == (0, 500, 500, 500)
    assert [bar.is_current for bar in line.bars] == [False, True]


def test_outside_the_campaign_there_is_no_today():
    assert line_of(YEARS, datetime.date(2023, 1, 1)).today is None
    assert line_of([], datetime.date(2021, 1, 1)).bars == []


def test_targets_of_one_name_stand_side_by_side_and_say_that_they_differ():
    rows = [
        SimpleNamespace(name="污水处理率", text="≥75%"),
        SimpleNamespace(name="参与率", text="≥98%"),
        SimpleNamespace(name="污水处理率", text="达标"),
    ]
    first, second = grouped(rows)
    assert (first.name, len(first.targets), first.differs) == ("污水处理率", 2, True)
    assert not second.differs
