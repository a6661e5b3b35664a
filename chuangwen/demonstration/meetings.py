"""Sample meetings of the demonstration: one held, with what it settled, and one to come."""

import datetime

from chuangwen.demonstration.accounts import CLERKS
from chuangwen.demonstration.cases import ENFORCEMENT, PUBLICITY, REFORM, TODAY
from chuangwen.kit.clock import as_on
from chuangwen.kit.samples import sampling
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Unit
from chuangwen.people.queries.actors import actor_of
from chuangwen.supervision.actions.meetings import (
    Call,
    Settled,
    add_decision,
    call_meeting,
    hold_meeting,
    report_decision,
)
from chuangwen.supervision.enums import MeetingKind, Presence
from chuangwen.supervision.models import Meeting

CALLED, HELD, REPORTED, NEXT = (
    datetime.date(2021, 8, 24), datetime.date(2021, 8, 27), datetime.date(2021, 9, 8),
    datetime.date(2021, 9, 17),
)  # fmt: skip
NAMES = (ENFORCEMENT, PUBLICITY, REFORM)


def load_meetings(office: Actor) -> None:
    """Call two meetings; hold the first, and let a unit report on what it settled."""
    units = [Unit.objects.get(name=name) for name in NAMES]
    with sampling():
        with as_on(CALLED):
            first = call_meeting(call=_call("八月创文工作调度会", HELD, units), by=office)
        with as_on(HELD):
            _hold(first, units, office)
        with as_on(TODAY):
            call_meeting(call=_call("九月创文工作调度会", NEXT, units), by=office)


def _call(title: str, day: datetime.date, units: list[Unit]) -> Call:
    return Call(
        kind=MeetingKind.DISPATCH, title=title, held_on=day, begins_at=datetime.time(9),
        place="区政府三楼会议室（演示）", chair="指挥部副指挥长（演示）", units=units,
        agenda="一、通报测评发现问题的整改情况\n二、听取牵头单位汇报\n三、安排下一步工作",
    )  # fmt: skip


def _hold(meeting: Meeting, units: list[Unit], office: Actor) -> None:
    rows = list(meeting.units.order_by("pk"))
    came = {row.pk: (Presence.PRESENT, "分管负责人") for row in rows[1:]}
    meeting = hold_meeting(
        meeting=meeting, base_version=meeting.version, by=office,
        presence=came | {rows[0].pk: (Presence.EXCUSED, "")},
        minutes="会议听取了各单位的整改情况，研究了占道经营、公益广告维护等问题（演示）。",
    )  # fmt: skip
    for unit, text, due in (
        (units[0], "完成主次干道占道经营集中整治", datetime.date(2021, 9, 10)),
        (units[1], "更换破损公益广告", datetime.date(2021, 9, 30)),
    ):
        meeting.refresh_from_db()
        decision = add_decision(
            meeting=meeting, base_version=meeting.version, by=office,
            settled=Settled(text, unit, due),
        )  # fmt: skip
    clerk = actor_of(Account.objects.get(username=CLERKS[PUBLICITY]))
    with as_on(REPORTED):
        report_decision(
            decision=decision, base_version=decision.version, by=clerk,
            text="已更换 12 幅，其余 9 月底前完成（演示）。",
        )  # fmt: skip
