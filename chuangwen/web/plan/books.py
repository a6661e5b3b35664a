"""Lists of the plan as workbooks."""

import datetime
from collections.abc import Iterable

from chuangwen.kit.clock import SHANGHAI
from chuangwen.kit.samples import SAMPLE
from chuangwen.plan.models import DutyQuestion, Task, TaskPart
from chuangwen.plan.rules import is_late
from chuangwen.reports.sheets import Book, Column, Kind, Sheet

TASK_COLUMNS = (
    Column("序号", 8),
    Column("任务", 50),
    Column("所属", 30),
    Column("内容", 50),
    Column("状态", 10),
    Column("单位数", 8, Kind.NUMBER),
    Column("已完成单位", 10, Kind.NUMBER),
    Column("完成时限", 12, Kind.DATE),
    Column("单位最迟时限", 12, Kind.DATE),
)
PART_COLUMNS = (
    Column("任务", 50),
    Column("提升行动", 24),
    Column("单位", 24),
    Column("责任", 10),
    Column("状态", 12),
    Column("超期", 6),
    Column("完成时限", 12, Kind.DATE),
    Column("退回原因", 40),
    Column("备注", 10),
)
QUESTION_COLUMNS = (
    Column("提出日期", 12, Kind.DATE),
    Column("单位", 24),
    Column("事项", 40),
    Column("疑问", 50),
    Column("状态", 10),
    Column("答复", 50),
    Column("答复日期", 12, Kind.DATE),
    Column("备注", 10),
)


def tasks_book(tasks: Iterable[Task], day: datetime.date) -> Book:
    """Return tasks with their counts, one a row, in the order given."""
    rows = (
        (
            task.number or None,
            task.title,
            str(task.action or task.area or task.key_work or "") or None,
            task.text or None,
            task.get_state_display(),
            task.part_count,  # type: ignore[attr-defined]
            task.done_count,  # type: ignore[attr-defined]
            task.due_on,
            task.units_due,  # type: ignore[attr-defined]
        )
        for task in tasks
    )
    return Book(title="任务", as_of=day, sheets=(Sheet("任务", TASK_COLUMNS, rows),))


def parts_book(parts: Iterable[TaskPart], day: datetime.date) -> Book:
    """Return units' parts, one a row, in the order given."""
    rows = (
        (
            part.task.title,
            str(part.task.action or "") or None,
            part.unit.name,
            part.get_kind_display(),
            part.get_state_display(),
            "是" if is_late(part, day) else None,
            part.due_on,
            part.return_reason or None,
            SAMPLE if part.is_sample else None,
        )
        for part in parts
    )
    return Book(title="单位任务", as_of=day, sheets=(Sheet("单位任务", PART_COLUMNS, rows),))


def questions_book(questions: Iterable[DutyQuestion], day: datetime.date) -> Book:
    """Return questions with their answers, one a row."""
    rows = (
        (
            _shanghai_day(question.asked_at),
            question.unit.name if question.unit else "创文办",
            str(question.task or question.action or "") or None,
            question.text,
            question.get_state_display(),
            question.answer or None,
            _shanghai_day(question.answered_at),
            SAMPLE if question.is_sample else None,
        )
        for question in questions
    )
    return Book(title="责任疑问", as_of=day, sheets=(Sheet("责任疑问", QUESTION_COLUMNS, rows),))


def _shanghai_day(moment: datetime.datetime | None) -> datetime.date | None:
    return moment.astimezone(SHANGHAI).date() if moment else None
