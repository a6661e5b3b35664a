"""催办: the office reminds units of parts by hand."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.notices.notes import Note, told
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import people_by_unit
from chuangwen.plan.models import TaskPart
from chuangwen.plan.rules import OPEN_STATES

MOST_AT_ONCE = 1000
LONGEST_TEXT = 300


@dataclass(frozen=True)
class Urged:
    """How many parts were urged, and why the others were not."""

    urged: int
    already_today: int
    nobody_there: int
    not_open: int


@transaction.atomic
def remind_units(*, part_ids: Iterable[uuid.UUID], text: str, by: Actor) -> Urged:
    """Urge the units of open parts, each part at most once a day; clerks and heads are told.

    What is done, withdrawn or unknown is left out, and so is a unit without accounts. Raises
    Invalid for no choice, too many parts, or a text that is too long.
    """
    by.require(Permission.DISPATCH_TASKS)
    wanted = set(part_ids)
    text = text.strip()
    _refuse(wanted, text)
    rows = TaskPart.objects.select_for_update(of=("self",)).select_related("task", "unit")
    parts = list(rows.filter(pk__in=wanted, state__in=OPEN_STATES).order_by("pk"))
    day = clock.today()
    urged_today = _urged_on(day.isoformat(), [part.pk for part in parts])
    fresh = [part for part in parts if part.pk not in urged_today]
    people = people_by_unit(day, units=[part.unit_id for part in fresh])
    reached = [part for part in fresh if people.get(part.unit_id)]
    notes = (told(_note(part, text, day.isoformat()), people[part.unit_id]) for part in reached)
    notify(notes=(one for each in notes for one in each), by=by)
    record_all(
        by=by,
        entries=[
            Entry("part.urged", part, {"text": text}, label=f"{part.unit.name} {part.task.title}")
            for part in reached
        ],
    )
    return Urged(
        urged=len(reached),
        already_today=len(parts) - len(fresh),
        nobody_there=len(fresh) - len(reached),
        not_open=len(wanted) - len(parts),
    )


def _refuse(wanted: set[uuid.UUID], text: str) -> None:
    if not wanted:
        raise Invalid("没有选择任何任务，没有催办。请先勾选要催办的任务。", field="part")
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid(
            f"一次选了 {len(wanted)} 项，最多 {MOST_AT_ONCE} 项。请分几次催办。", field="part"
        )
    if len(text) > LONGEST_TEXT:
        raise Invalid(f"催办意见有 {len(text)} 字，最多 {LONGEST_TEXT} 字。请缩短。", field="text")


def _urged_on(day: str, part_ids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the parts that were urged on `day`; they are locked: nobody is faster."""
    notices = Notice.objects.filter(
        kind=NoticeKind.URGED, about_id__in=part_ids, key__endswith=f":{day}"
    )
    found = notices.values_list("about_id", flat=True).distinct()
    return {each for each in found if each is not None}


def _note(part: TaskPart, text: str, day: str) -> Note:
    limit = f"完成时限 {part.due_on}，" if part.due_on else ""
    said = f"\n{text}" if text else ""
    return Note(
        kind=NoticeKind.URGED,
        subject=f"催办：{part.task.title}",
        body=f"{limit}当前状态：{part.get_state_display()}。请尽快办理。{said}",
        key=f"urge-part:{part.pk}:{day}",
        about=AboutKind.PART,
        about_id=part.pk,
    )
