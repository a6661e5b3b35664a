"""The files of an answer, and who may open them."""

from django.db.models import QuerySet

from chuangwen.files.owners import OwnerKind
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.supervision.enums import ANSWER_KIND
from chuangwen.supervision.models import NoticeEvent
from chuangwen.supervision.queries.notices import visible_notices


def _events(actor: Actor) -> QuerySet[NoticeEvent]:
    events = NoticeEvent.objects.select_related("notice")
    return events.filter(notice__in=visible_notices(actor))


def _sees_originals(actor: Actor, event: NoticeEvent) -> bool:
    manages = actor.may_everywhere(Permission.MANAGE_SUPERVISION)
    return manages or event.notice.unit_id in actor.unit_ids


def _never(actor: Actor, row: object) -> bool:
    """What was handed in stays."""
    return False


ANSWER = OwnerKind(
    name=ANSWER_KIND,
    label="督办单答复",
    visible=_events,
    sees_originals=_sees_originals,
    may_remove=_never,
)
