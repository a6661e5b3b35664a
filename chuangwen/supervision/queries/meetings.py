"""Which meetings there are, for whom; what was settled and is still open."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from chuangwen.kit.asking import Asked
from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.supervision.enums import DecisionState, MeetingKind, MeetingState
from chuangwen.supervision.models import DecisionReport, Meeting, MeetingDecision, MeetingUnit

MOST_EARLIER = 200


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """Return all meetings for who sees the district; else those to which a unit within reach was
    asked, and those that settled something for it."""
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return Meeting.objects.all()
    reach = units_within_reach(actor).values("descendant_id")
    asked = MeetingUnit.objects.filter(unit__in=reach).values("meeting_id")
    settled = MeetingDecision.objects.filter(unit__in=reach).order_by().values("meeting_id")
    return Meeting.objects.filter(Q(pk__in=asked) | Q(pk__in=settled))


def visible_decisions(actor: Actor) -> QuerySet[MeetingDecision]:
    """Return what was settled at visible meetings."""
    return MeetingDecision.objects.filter(meeting__in=visible_meetings(actor))


@dataclass(frozen=True)
class MeetingFilter(Asked):
    """What a viewer asked of the list."""

    kind: str = ""
    state: str = ""
    only: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything was asked for."""
        return asdict(self) != asdict(MeetingFilter())


def list_of_meetings(actor: Actor, wanted: MeetingFilter) -> QuerySet[Meeting]:
    """Return the visible meetings that the filter keeps, the latest first."""
    meetings = visible_meetings(actor)
    if wanted.kind in MeetingKind.values:
        meetings = meetings.filter(kind=wanted.kind)
    if wanted.state in MeetingState.values:
        meetings = meetings.filter(state=wanted.state)
    if wanted.only == "open":
        still = MeetingDecision.objects.filter(state=DecisionState.OPEN).order_by()
        meetings = meetings.filter(pk__in=still.values("meeting_id"))
    return meetings.order_by("-held_on", "pk")


@dataclass(frozen=True)
class MeetingCourse:
    """A meeting, who was asked, all that it settled, and what earlier ones settled that is open:
    what is due first, and how many more there are."""

    meeting: Meeting
    units: Sequence[MeetingUnit]
    decisions: Sequence[MeetingDecision]
    earlier: Sequence[MeetingDecision]
    more_earlier: int
    reports: dict[uuid.UUID, list[DecisionReport]]


def meeting_for(actor: Actor, pk: uuid.UUID) -> Meeting:
    """Return one visible meeting. Raises NotFound, for foreign ones too."""
    meeting = visible_meetings(actor).filter(pk=pk).first()
    if meeting is None:
        raise NotFound("没有找到这次会议。可能不属于您的单位。")
    return meeting


def course_of_meeting(actor: Actor, pk: uuid.UUID) -> MeetingCourse:
    """Return a visible meeting with its course. Four queries. Raises NotFound."""
    meeting = meeting_for(actor, pk)
    units = MeetingUnit.objects.filter(meeting=meeting).select_related("unit")
    # One statement for both keeps the page within its eight; only the earlier ones are cut.
    still = MeetingDecision.objects.filter(
        meeting__held_on__lt=meeting.held_on, meeting__in=visible_meetings(actor),
        state=DecisionState.OPEN,
    )  # fmt: skip
    first = still.order_by("due_on", "pk").values("pk")[:MOST_EARLIER]
    number = still.order_by().values("state").annotate(number=Count("pk")).values("number")
    shown: Any = MeetingDecision.objects.filter(Q(meeting=meeting) | Q(pk__in=first))
    shown = shown.select_related("unit", "meeting").annotate(number=Subquery(number))
    found = list(shown.order_by("due_on", "pk"))
    earlier = [one for one in found if one.meeting_id != meeting.pk]
    reports: dict[uuid.UUID, list[DecisionReport]] = defaultdict(list)
    who = Account.objects.filter(pk=OuterRef("account_id")).values("name")
    told: Any = DecisionReport.objects.filter(decision__in=[one.pk for one in found])
    for report in told.annotate(who=Subquery(who[:1])).order_by("pk"):
        reports[report.decision_id].append(report)
    return MeetingCourse(
        meeting,
        list(units.order_by("unit__name", "pk")),
        [one for one in found if one.meeting_id == meeting.pk],
        earlier,
        earlier[0].number - len(earlier) if earlier else 0,
        reports,
    )
