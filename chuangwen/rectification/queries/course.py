"""One case with all that happened to it: its events, the units they name, and the photos."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from chuangwen.files.models import Attachment
from chuangwen.files.queries import attachments_of
from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Unit
from chuangwen.rectification.enums import CASE_KIND, EVENT_KIND, ShareKind, Step
from chuangwen.rectification.folding import deed_of
from chuangwen.rectification.life import Life, Share, fold
from chuangwen.rectification.models import Case, CaseEvent, EventUnit
from chuangwen.rectification.queries.visible import MISSING, RELATED, visible_cases


@dataclass(frozen=True)
class Held:
    """A unit and its share."""

    unit: Unit
    share: Share


@dataclass(frozen=True)
class Course:
    """A case, its events in order, what they amount to, and the photos of each."""

    case: Case
    events: Sequence[CaseEvent]
    life: Life
    shares: Sequence[Held]
    photos: dict[uuid.UUID, list[Attachment]]

    @property
    def before(self) -> list[Attachment]:
        """The photos of the problem."""
        return self.photos.get(self.case.pk, [])

    @property
    def after(self) -> list[tuple[CaseEvent, list[Attachment]]]:
        """The photos of what each unit reported last."""
        last = {event.unit_id: event for event in self.events if event.step == Step.FINISH}
        return [(event, found) for event in last.values() if (found := self.photos.get(event.pk))]


def course_of(actor: Actor, case_id: uuid.UUID) -> Course:
    """Return a visible case with its course. Three queries. Raises NotFound."""
    who = Account.objects.filter(pk=OuterRef("account_id")).values("name")
    units = Prefetch("units", EventUnit.objects.select_related("unit").order_by("kind", "pk"))
    # The case comes with its events: there is none without the first.
    found: Any = CaseEvent.objects.filter(case__in=visible_cases(actor).filter(pk=case_id))
    found = found.select_related("unit", "other", *(f"case__{name}" for name in RELATED))
    found = found.annotate(who=Subquery(who[:1])).prefetch_related(units)
    events = list(found.order_by("sequence"))
    if not events:
        raise NotFound(MISSING)
    case = events[0].case
    named: dict[uuid.UUID, Unit] = {}
    deeds = []
    for event in events:
        given = {row.unit_id: ShareKind(row.kind) for row in event.units.all()}
        deeds.append(deed_of(event, given))
        named |= {row.unit_id: row.unit for row in event.units.all()}
    life = fold(deeds)
    shares = [Held(named[unit], share) for unit, share in life.shares.items()]
    shares.sort(key=lambda held: (held.share.kind, held.unit.name))
    photos = attachments_of((CASE_KIND, EVENT_KIND), [case.pk, *(event.pk for event in events)])
    return Course(case, events, life, shares, photos)
