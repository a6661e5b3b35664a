"""Meetings are called, held and minuted; what they settle is given to units and reported back."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, StaleEdit
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, told
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import office_people, people_by_unit
from chuangwen.supervision.enums import DecisionState, MeetingKind, MeetingState, Presence
from chuangwen.supervision.models import DecisionReport, Meeting, MeetingDecision, MeetingUnit
from chuangwen.supervision.stepping import required

MANAGE = Permission.MANAGE_SUPERVISION
MOST_UNITS = 200


@dataclass(frozen=True)
class Call:
    """What a meeting is to be."""

    kind: MeetingKind
    title: str
    held_on: datetime.date
    agenda: str
    units: Sequence[Unit]
    begins_at: datetime.time | None = None
    place: str = ""
    chair: str = ""


@dataclass(frozen=True)
class Settled:
    """Something that a meeting settled."""

    text: str
    unit: Unit
    due_on: datetime.date


@transaction.atomic
def call_meeting(*, call: Call, by: Actor) -> Meeting:
    """Call a meeting and ask the units. Raises Invalid naming the field."""
    by.require(MANAGE)
    meeting = Meeting(**_checked(call))
    meeting.save(force_insert=True)
    _ask(meeting, call.units)
    record(
        by=by, verb="meeting.called", on=meeting, day=meeting.held_on,
        units="、".join(unit.name for unit in call.units),
    )  # fmt: skip
    _tell_units(meeting, [unit.pk for unit in call.units], "会议通知", by)
    return meeting


@transaction.atomic
def edit_meeting(*, meeting: Meeting, base_version: int, call: Call, by: Actor) -> Meeting:
    """Change a meeting that is still to come; who is asked hears of it again."""
    by.require(MANAGE)
    locked = _locked(meeting, base_version, MeetingState.PLANNED)
    facts = _checked(call)
    changes = {
        name: [str(getattr(locked, name)), str(value)]
        for name, value in facts.items()
        if getattr(locked, name) != value
    }
    for name, value in facts.items():
        setattr(locked, name, value)
    MeetingUnit.objects.filter(meeting=locked).delete()
    _ask(locked, call.units)
    _save(locked, "meeting.edited", by, [*facts], changes)
    _tell_units(locked, [unit.pk for unit in call.units], "会议有变动", by)
    return locked


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, base_version: int, reason: str, by: Actor) -> Meeting:
    """Call it off, with the reason."""
    by.require(MANAGE)
    why = required(reason, "取消的原因", "reason")
    locked = _locked(meeting, base_version, MeetingState.PLANNED)
    locked.state = MeetingState.CANCELLED
    _save(locked, "meeting.cancelled", by, ["state"], {"reason": why})
    units = list(locked.units.values_list("unit_id", flat=True))
    _tell_units(locked, units, "会议取消", by, f"原因：{why}")
    return locked


@transaction.atomic
def hold_meeting(
    *,
    meeting: Meeting,
    base_version: int,
    presence: Mapping[uuid.UUID, tuple[Presence, str]],
    minutes: str,
    by: Actor,
) -> Meeting:
    """Write down who came and the minutes; may be done again to correct them. `presence` names
    rows of asked units: whether they came, and who."""
    by.require(MANAGE)
    text = required(minutes, "会议纪要", "minutes")
    locked = _locked(meeting, base_version, MeetingState.PLANNED, MeetingState.HELD)
    if locked.held_on > clock.today():
        raise IllegalTransition(f"会议定于 {locked.held_on}，还没有到。开过之后再记录。")
    asked = MeetingUnit.objects.filter(meeting=locked, pk__in=list(presence))
    rows = list(asked.select_related("unit").order_by("unit__name", "pk"))
    before = [locked.minutes, _presence(rows)]
    for row in rows:
        row.presence, row.who = presence[row.pk]
    MeetingUnit.objects.bulk_update(rows, ["presence", "who"])
    locked.state, locked.minutes = MeetingState.HELD, text
    came = sum(row.presence == Presence.PRESENT for row in rows)
    pairs = zip(("minutes", "presence"), before, (text, _presence(rows)), strict=True)
    changes = {name: [old, new] for name, old, new in pairs if old != new}
    _save(locked, "meeting.held", by, ["state", "minutes"], {"number": came, **changes})
    return locked


@transaction.atomic
def add_decision(
    *, meeting: Meeting, base_version: int, settled: Settled, by: Actor
) -> MeetingDecision:
    """Give what the meeting settled to a unit, which is told. Raises Invalid."""
    by.require(MANAGE)
    text = required(settled.text, "议定了什么", "text")
    locked = _locked(meeting, base_version, MeetingState.HELD)
    if settled.due_on < locked.held_on:
        raise Invalid(
            f"完成时限“{settled.due_on}”早于会议日期 {locked.held_on}。请核对。", field="due_on"
        )
    decision = MeetingDecision.objects.create(
        meeting=locked, text=text, unit=settled.unit, due_on=settled.due_on
    )
    locked.version += 1
    locked.save(update_fields=["version"])
    record(
        by=by, verb="meeting.settled", on=decision, unit=settled.unit.name,
        due_on=settled.due_on, text=text,
    )  # fmt: skip
    note = Note(
        kind=NoticeKind.MEETING_SETTLED,
        subject=f"会议议定事项：{text}",
        body=f"{locked.title}（{locked.held_on}）\n完成时限 {settled.due_on}。请落实并报告情况。",
        key=f"meeting-settled:{decision.pk}",
        about=AboutKind.MEETING,
        about_id=locked.pk,
    )
    people = people_by_unit(clock.today(), units=[settled.unit.pk])
    notify(notes=told(note, people.get(settled.unit.pk, ())), by=by)
    return decision


@transaction.atomic
def report_decision(
    *,
    decision: MeetingDecision,
    base_version: int,
    text: str,
    is_done: bool = False,
    meeting: Meeting | None = None,
    by: Actor,
) -> DecisionReport:
    """Report how far something is: the unit at any time; 创文办, which alone says that it is done,
    also as heard at a later `meeting`."""
    manages = by.may_everywhere(MANAGE)
    if not manages:
        by.require(Permission.ANSWER_SUPERVISION, unit_id=decision.unit_id)
    said = required(text, "落实的情况", "text")
    rows = MeetingDecision.objects.select_for_update(of=("self",)).select_related("unit")
    locked = rows.filter(pk=decision.pk).first()
    if locked is None:
        raise NotFound("没有找到这个议定事项。")
    if locked.version != base_version:
        raise StaleEdit("这个议定事项刚有人报告过。请重新打开，核对后再办。")
    if locked.state == DecisionState.DONE:
        raise IllegalTransition("这个议定事项已完成，不用再报告。")
    if not manages:
        by.require(Permission.ANSWER_SUPERVISION, unit_id=locked.unit_id)
    settled = is_done and manages
    report = DecisionReport.objects.create(
        decision=locked, meeting=meeting, day=clock.today(), text=said, is_done=settled,
        account_id=by.account_id,
    )  # fmt: skip
    locked.version += 1
    locked.state = DecisionState.DONE if settled else locked.state
    locked.save(update_fields=["version", "state"])
    changes = {"state": [DecisionState.OPEN, locked.state]} if settled else {}
    record(by=by, verb="meeting.reported", on=locked, text=said, **changes)
    if not manages:
        _tell_office(locked, said, by)
    return report


def _checked(call: Call) -> dict[str, Any]:
    if len(call.units) > MOST_UNITS:
        raise Invalid(f"参会单位 {len(call.units)} 个，最多 {MOST_UNITS} 个。", field="units")
    return {
        "kind": call.kind,
        "title": required(call.title, "会议名称", "title"),
        "held_on": call.held_on,
        "begins_at": call.begins_at,
        "place": call.place.strip(),
        "chair": call.chair.strip(),
        "agenda": required(call.agenda, "议程", "agenda"),
    }


def _ask(meeting: Meeting, units: Sequence[Unit]) -> None:
    """Ask each unit once, though it may be named twice: by its name and an alias."""
    once = {unit.pk: unit for unit in units}.values()
    MeetingUnit.objects.bulk_create(MeetingUnit(meeting=meeting, unit=unit) for unit in once)


def _presence(rows: Sequence[MeetingUnit]) -> str:
    """Return who came in words, as the log keeps it."""
    return "；".join(
        "，".join(filter(None, (f"{row.unit.name} {row.get_presence_display()}", row.who)))
        for row in rows
    )


def _locked(meeting: Meeting, base_version: int, *states: MeetingState) -> Meeting:
    locked = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if locked is None:
        raise NotFound("没有这次会议。请从会议清单重新进入。")
    if locked.version != base_version:
        raise StaleEdit("这次会议在您打开之后已有人修改。请重新打开，核对后再办。")
    if locked.state not in states:
        raise IllegalTransition(
            f"会议“{MeetingState(locked.state).label}”，不能这样办理。请刷新页面查看。"
        )
    return locked


def _save(
    meeting: Meeting, verb: str, by: Actor, columns: Sequence[str], changes: Mapping[str, Any]
) -> None:
    meeting.version += 1
    meeting.save(update_fields=["version", *columns])
    record(by=by, verb=verb, on=meeting, **changes)


def _tell_units(
    meeting: Meeting, units: Sequence[uuid.UUID], word: str, by: Actor, more: str = ""
) -> None:
    people = people_by_unit(clock.today(), units=units) if units else {}
    at = f" {meeting.begins_at:%H:%M}" if meeting.begins_at else ""
    lines = [f"{meeting.held_on}{at} {meeting.place}", more, meeting.agenda]
    note = Note(
        kind=NoticeKind.MEETING_CALLED,
        subject=f"{word}：{meeting.title}（{meeting.held_on}）",
        body="\n".join(line for line in lines if line.strip()),
        key=f"meeting:{meeting.pk}:{meeting.version}",
        about=AboutKind.MEETING,
        about_id=meeting.pk,
    )
    notify(notes=told(note, [one for found in people.values() for one in found]), by=by)


def _tell_office(decision: MeetingDecision, text: str, by: Actor) -> None:
    note = Note(
        kind=NoticeKind.MEETING_SETTLED,
        subject=f"议定事项报告：{decision.unit.name} {decision.text}",
        body=text,
        key=f"meeting-reported:{decision.pk}:{decision.version}",
        about=AboutKind.MEETING,
        about_id=decision.meeting_id,
    )
    notify(notes=told(note, office_people(clock.today())), by=by)
