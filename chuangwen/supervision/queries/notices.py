"""Which 督办单 there are, for whom, and one with its course."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chuangwen.files.models import Attachment
from chuangwen.files.queries import attachments_of
from chuangwen.kit.asking import Asked
from chuangwen.kit.errors import NotFound
from chuangwen.kit.typed import identifier
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, UnitAncestry
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.rectification.models import Case
from chuangwen.search.pairs import words_of
from chuangwen.search.queries import matching
from chuangwen.supervision.enums import ANSWER_KIND, NoticeState
from chuangwen.supervision.models import NoticeCase, NoticeEvent, SupervisionNotice
from chuangwen.supervision.workflow import OWED

LIGHTS = (("late", "答复超期"), ("owed", "等单位办"), ("answered", "等创文办审"))


def visible_notices(actor: Actor) -> QuerySet[SupervisionNotice]:
    """Return the 督办单 that the actor may open: who manages them all, also drafts; who sees the
    district those that were served; a unit those that were served on it or a unit below."""
    if actor.may_everywhere(Permission.MANAGE_SUPERVISION):
        return SupervisionNotice.objects.all()
    served = SupervisionNotice.objects.filter(serial__isnull=False)
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return served
    return served.filter(unit__in=units_within_reach(actor).values("descendant_id"))


@dataclass(frozen=True)
class NoticeFilter(Asked):
    """What a viewer asked for; `unit` means the unit and all below it."""

    q: str = ""
    state: str = ""
    only: str = ""
    unit: str = ""

    @property
    def is_narrow(self) -> bool:
        """Tell whether anything was asked for."""
        return asdict(self) != asdict(NoticeFilter())


def list_of_notices(
    actor: Actor, wanted: NoticeFilter, day: datetime.date
) -> QuerySet[SupervisionNotice]:
    """Return the visible ones that the filter keeps, the newest first. One query beforehand when
    words are asked for."""
    notices = visible_notices(actor)
    if wanted.state in NoticeState.values:
        notices = notices.filter(state=wanted.state)
    lights = {
        "late": Q(state__in=OWED, due_on__lt=day),
        "owed": Q(state__in=OWED),
        "answered": Q(state=NoticeState.ANSWERED),
    }
    if wanted.only in lights:
        notices = notices.filter(lights[wanted.only])
    if key := identifier(wanted.unit):
        below = UnitAncestry.objects.filter(ancestor_id=key).values("descendant_id")
        notices = notices.filter(unit__in=below)
    found = matching(notices, words_of(wanted.q))
    return found.select_related("unit").order_by("-created_at", "pk")


@dataclass(frozen=True)
class Course:
    """A 督办单, its cases, its steps in order, and the files of each."""

    notice: SupervisionNotice
    cases: Sequence[Case]
    events: Sequence[NoticeEvent]
    files: dict[uuid.UUID, list[Attachment]]


def notice_for(actor: Actor, pk: uuid.UUID) -> SupervisionNotice:
    """Return one visible 督办单 with its unit. Raises NotFound, for foreign ones too."""
    notice = visible_notices(actor).select_related("unit").filter(pk=pk).first()
    if notice is None:
        raise NotFound("没有找到这份督办单。可能已撤回，或不是发给您的单位的。")
    return notice


def course_of_notice(actor: Actor, pk: uuid.UUID) -> Course:
    """Return a visible 督办单 with its course. Four queries. Raises NotFound."""
    notice = notice_for(actor, pk)
    rows = NoticeCase.objects.filter(notice=notice).select_related("case__lead")
    who = Account.objects.filter(pk=OuterRef("account_id")).values("name")
    found: Any = NoticeEvent.objects.filter(notice=notice)
    events = list(found.annotate(who=Subquery(who[:1])).order_by("pk"))
    return Course(
        notice,
        [row.case for row in rows.order_by("case__owed_on", "pk")],
        events,
        attachments_of(ANSWER_KIND, [event.pk for event in events]),
    )
