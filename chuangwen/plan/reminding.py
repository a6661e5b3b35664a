"""The words of reminders, and who gets them."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chuangwen.kit.calendar import caveat, working_days_between
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, Told, told
from chuangwen.people.queries import people_by_unit
from chuangwen.people.queries.recipients import PeopleByUnit
from chuangwen.people.roles import Role
from chuangwen.plan.models import Measure, TaskPart

WEEKDAYS = "一二三四五六日"
Stages = dict[datetime.date, str]


@dataclass(frozen=True)
class Recipients:
    """Clerks hear of every reminder, heads of what is late; a unit without clerks has its heads."""

    clerks: PeopleByUnit
    heads: PeopleByUnit

    @classmethod
    def of(cls, day: datetime.date) -> "Recipients":
        """Load the people of all units. Two queries; as many rows as there are posts."""
        return cls(
            clerks=people_by_unit(day, roles=[Role.CLERK]),
            heads=people_by_unit(day, roles=[Role.HEAD]),
        )

    def for_unit(self, unit_id: uuid.UUID, *, late: bool) -> list[uuid.UUID]:
        """Return whom to tell."""
        clerks, heads = self.clerks.get(unit_id, []), self.heads.get(unit_id, [])
        return [*clerks, *heads] if late or not clerks else clerks


def part_reminders(
    parts: Iterable[TaskPart], stages: Stages, day: datetime.date, people: Recipients
) -> Iterator[Told]:
    """Yield a reminder for each part; told once a stage of its deadline."""
    for part in parts:
        due = part.due_on
        if due is not None:
            note = Note(
                kind=_kind(due, day),
                subject=f"{_standing(due, day)}：{part.task.title}",
                body=_body(due, day, f"{part.unit.name}，当前状态：{part.get_state_display()}。"),
                key=f"remind-part:{part.pk}:{due}:{stages[due]}",
                about=AboutKind.PART,
                about_id=part.pk,
            )
            yield from told(note, people.for_unit(part.unit_id, late=due < day))


def measure_reminders(
    measures: Iterable[Measure], stages: Stages, day: datetime.date, people: Recipients
) -> Iterator[Told]:
    """Yield a reminder for each measure."""
    for measure in measures:
        part, due = measure.part, measure.due_on
        note = Note(
            kind=_kind(due, day),
            subject=f"措施{_standing(due, day)}：{measure.text}",
            body=_body(due, day, f"任务：{part.task.title}。办理后请记录进展。"),
            key=f"remind-measure:{measure.pk}:{due}:{stages[due]}",
            about=AboutKind.PART,
            about_id=part.pk,
        )
        yield from told(note, people.for_unit(part.unit_id, late=due < day))


def _kind(due: datetime.date, day: datetime.date) -> NoticeKind:
    if due < day:
        return NoticeKind.OVERDUE
    return NoticeKind.DUE_TODAY if due == day else NoticeKind.DUE_SOON


def _standing(due: datetime.date, day: datetime.date) -> str:
    """Say how far away the deadline is, from the facts of the day and not from the stage."""
    if due == day:
        return "今天到期"
    if due > day:
        number = working_days_between(day, due)
        return f"还有 {number} 个工作日到期" if number else "即将到期，其间没有工作日"
    number = working_days_between(due, day)
    return f"已超期 {number} 个工作日" if number else "已超期"


def _body(due: datetime.date, day: datetime.date, facts: str) -> str:
    first, last = sorted((due, day))
    weekday = WEEKDAYS[due.weekday()]
    return f"完成时限 {due}（周{weekday}）。{facts}{caveat(first, last)}"
