"""What supervision does when rooms below tell it something."""

from django.db.models import F

from chuangwen.audit.actions import Entry
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged
from chuangwen.supervision.enums import DecisionState, MeetingState, NoticeStep
from chuangwen.supervision.models import (
    Meeting,
    MeetingDecision,
    MeetingUnit,
    NoticeEvent,
    SupervisionNotice,
)
from chuangwen.supervision.workflow import OVER


def move_to_merged_unit(news: UnitsMerged) -> None:
    """The unit that is kept answers what was served on the other one and is not over, does what
    meetings gave to the other one and is open, and is asked to the meetings still to come."""
    units = Unit.objects.in_bulk([news.keep_id, news.other_id])
    kept, other = units[news.keep_id], units[news.other_id]
    _move_notices(news, kept, other)
    _move_decisions(news, kept, other)
    _move_invitations(news, kept, other)


def _move_notices(news: UnitsMerged, kept: Unit, other: Unit) -> None:
    open_ones = SupervisionNotice.objects.filter(unit=other).exclude(state__in=OVER)
    notices = list(open_ones.select_for_update())
    named = f"{other.name} → {kept.name}"
    NoticeEvent.objects.bulk_create(
        NoticeEvent(
            notice=notice, step=NoticeStep.HAND_OVER, day=clock.today(), text=f"单位合并：{named}",
            account_id=news.by.account_id,
        )
        for notice in notices
    )  # fmt: skip
    news.entries.extend(
        Entry("supervision_notice.handed_over", notice, {"unit": [other.name, kept.name]})
        for notice in notices
    )
    SupervisionNotice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
        unit=kept, version=F("version") + 1
    )


def _move_decisions(news: UnitsMerged, kept: Unit, other: Unit) -> None:
    open_ones = MeetingDecision.objects.filter(unit=other, state=DecisionState.OPEN)
    decisions = list(open_ones.order_by("pk").select_for_update())
    news.entries.extend(
        Entry("meeting.handed_over", decision, {"unit": [other.name, kept.name]})
        for decision in decisions
    )
    MeetingDecision.objects.filter(pk__in=[one.pk for one in decisions]).update(
        unit=kept, version=F("version") + 1
    )


def _move_invitations(news: UnitsMerged, kept: Unit, other: Unit) -> None:
    """A meeting asks a unit once: where the kept one is asked already, the other one's row goes.
    Who was at a meeting that was held stays as it was."""
    theirs = MeetingUnit.objects.filter(unit=other)
    to_come = Meeting.objects.filter(
        state=MeetingState.PLANNED, pk__in=theirs.order_by().values("meeting_id")
    )
    meetings = list(to_come.order_by("pk").select_for_update())
    news.entries.extend(
        Entry("meeting.handed_over", meeting, {"unit": [other.name, kept.name]})
        for meeting in meetings
    )
    keys = [meeting.pk for meeting in meetings]
    both = MeetingUnit.objects.filter(unit=kept, meeting__in=keys)
    asked = list(both.values_list("meeting_id", flat=True))
    theirs.filter(meeting__in=asked).delete()
    theirs.filter(meeting__in=keys).update(unit=kept)
    Meeting.objects.filter(pk__in=keys).update(version=F("version") + 1)
