"""What people are told when something happens to a task. The words, and who hears them.

Each function is called inside the action's transaction, once the rows are written; each runs two
statements, whatever the number of units and people.
"""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence

from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, told
from chuangwen.people.actors import Actor
from chuangwen.people.queries import PeopleByUnit, office_people, people_by_unit
from chuangwen.plan.models import DutyQuestion, Task, TaskPart


def announce_dispatch(
    parts: Sequence[TaskPart],
    titles: Mapping[uuid.UUID, str],
    people: PeopleByUnit,
    by: Actor,
) -> None:
    """Tell the clerks and heads of every unit that got a part; `titles` by the task's id."""
    sender = by.unit_name or "区创文办"
    notes = (
        told(
            Note(
                kind=NoticeKind.TASK_DISPATCHED,
                subject=f"新任务：{titles[part.task_id]}",
                body=f"{sender}下达，{_limit(part)}请填写措施和期限（施工图）。",
                key=f"part-dispatched:{part.pk}:{part.version}",
                about=AboutKind.PART,
                about_id=part.pk,
            ),
            people.get(part.unit_id, ()),
        )
        for part in parts
    )
    notify(notes=(one for each in notes for one in each), by=by)


def announce_confirmed(parts: Sequence[TaskPart], by: Actor) -> None:
    """Tell every unit that its measures were agreed to. The parts come with their tasks."""
    people = people_by_unit(clock.today(), units={part.unit_id for part in parts})
    notes = (
        told(
            _of_part(NoticeKind.MEASURES_CONFIRMED, part, f"措施已通过：{part.task.title}", ""),
            people.get(part.unit_id, ()),
        )
        for part in parts
    )
    notify(notes=(one for each in notes for one in each), by=by)


def announce_withdrawn(part: TaskPart, title: str, by: Actor, *, reason: str) -> None:
    """Tell a unit that it need not do a task any more; it can no longer open its part."""
    note = Note(
        kind=NoticeKind.TASK_CANCELLED,
        subject=f"任务已撤回：{title}",
        body=f"原因：{reason}",
        key=f"part-withdrawn:{part.pk}:{part.version}",
        about=None,
        about_id=None,
    )
    people = people_by_unit(clock.today(), units=[part.unit_id])
    notify(notes=told(note, people.get(part.unit_id, ())), by=by)


def announce_deadlines(
    moved: Sequence[tuple[TaskPart, datetime.date | None]],
    titles: Mapping[uuid.UUID, str],
    by: Actor,
    *,
    reason: str,
) -> None:
    """Tell every unit whose deadline was moved from what to what, and why.

    The parts come with the new deadline and version, each with its former deadline; `titles` by
    the task's id.
    """
    people = people_by_unit(clock.today(), units={part.unit_id for part, _ in moved})
    notes = (
        told(
            _of_part(
                NoticeKind.DEADLINE_MOVED,
                part,
                f"时限改为 {part.due_on}：{titles[part.task_id]}",
                f"原时限 {former or '未定'}，现时限 {part.due_on}。原因：{reason}",
            ),
            people.get(part.unit_id, ()),
        )
        for part, former in moved
    )
    notify(notes=(one for each in notes for one in each), by=by)


def announce_to_unit(
    kind: NoticeKind, part: TaskPart, subject: str, by: Actor, *, body: str = ""
) -> None:
    """Tell the unit's people what 创文办 decided about their part."""
    people = people_by_unit(clock.today(), units=[part.unit_id])
    notify(notes=told(_of_part(kind, part, subject, body), people[part.unit_id]), by=by)


def announce_to_office(
    kind: NoticeKind, part: TaskPart, subject: str, by: Actor, *, body: str = ""
) -> None:
    """Tell 创文办 what a unit did with its part."""
    note = _of_part(kind, part, subject, body)
    notify(notes=told(note, office_people(clock.today())), by=by)


def announce_end(
    kind: NoticeKind,
    units_by_task: Iterable[tuple[Task, Collection[uuid.UUID]]],
    by: Actor,
    *,
    reason: str = "",
) -> None:
    """Tell every unit with a part that its task is over, whether done or called off."""
    ended = list(units_by_task)
    people = people_by_unit(clock.today(), units={key for _, keys in ended for key in keys})
    notes = (
        told(_of_end(kind, task, reason), (one for key in keys for one in people.get(key, ())))
        for task, keys in ended
    )
    notify(notes=(one for each in notes for one in each), by=by)


def announce_question(question: DutyQuestion, by: Actor) -> None:
    """Tell 创文办 that somebody asks."""
    asker = f"{question.unit.name}提出责任疑问" if question.unit else "责任疑问"
    note = _of_question(NoticeKind.QUESTION_ASKED, question, asker, question.text)
    notify(notes=told(note, office_people(clock.today())), by=by)


def announce_answer(question: DutyQuestion, by: Actor) -> None:
    """Tell the unit that asked what the answer is; questions of the office itself have none."""
    if question.unit_id is None:
        return
    words = f"问：{question.text}\n答：{question.answer}"
    note = _of_question(NoticeKind.QUESTION_ANSWERED, question, "责任疑问已答复", words)
    people = people_by_unit(clock.today(), units=[question.unit_id])
    notify(notes=told(note, people[question.unit_id]), by=by)


def _of_part(kind: NoticeKind, part: TaskPart, subject: str, body: str) -> Note:
    return Note(
        kind=kind,
        subject=subject,
        body=body,
        key=f"{kind.value}:{part.pk}:{part.version}",
        about=AboutKind.PART,
        about_id=part.pk,
    )


def _of_end(kind: NoticeKind, task: Task, reason: str) -> Note:
    # A part that was withdrawn can no longer be opened by its unit.
    is_done = kind == NoticeKind.TASK_COMPLETED
    return Note(
        kind=kind,
        subject=f"{'任务已办结' if is_done else '任务已作废'}：{task.title}",
        body=f"原因：{reason}" if reason else "",
        key=f"{kind.value}:{task.pk}:{task.version}",
        about=AboutKind.TASK if is_done else None,
        about_id=task.pk if is_done else None,
    )


def _of_question(kind: NoticeKind, question: DutyQuestion, word: str, body: str) -> Note:
    about = AboutKind.TASK if question.task_id else AboutKind.ACTION
    about_id = question.task_id or question.action_id
    return Note(
        kind=kind,
        subject=f"{word}：{question.text}",
        body=body,
        key=f"{kind.value}:{question.pk}",
        about=about if about_id else None,
        about_id=about_id,
    )


def _limit(part: TaskPart) -> str:
    return f"完成时限 {part.due_on.isoformat()}。" if part.due_on else ""
