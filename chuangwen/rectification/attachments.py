"""The photos of a problem and of what was done about it, and who may open and remove them."""

from django.db.models import QuerySet

from chuangwen.files.owners import OwnerKind
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.enums import CASE_KIND, EVENT_KIND
from chuangwen.rectification.models import Case, CaseEvent, CaseShare
from chuangwen.rectification.queries import visible_cases


def _events(actor: Actor) -> QuerySet[CaseEvent]:
    events = CaseEvent.objects.select_related("case")
    return events.filter(case__in=visible_cases(actor))


def _sees_case_originals(actor: Actor, case: Case) -> bool:
    if actor.may_everywhere(Permission.VERIFY_CASES):
        return True
    return CaseShare.objects.filter(case=case, unit__in=actor.unit_ids).exists()


def _sees_event_originals(actor: Actor, event: CaseEvent) -> bool:
    return _sees_case_originals(actor, event.case)


def _never(actor: Actor, row: object) -> bool:
    """What was handed in or seen stays: a step is taken back by another step."""
    return False


CASE = OwnerKind(
    name=CASE_KIND,
    label="问题",
    visible=visible_cases,
    sees_originals=_sees_case_originals,
    may_remove=_never,
)
EVENT = OwnerKind(
    name=EVENT_KIND,
    label="问题经过",
    visible=_events,
    sees_originals=_sees_event_originals,
    may_remove=_never,
)
