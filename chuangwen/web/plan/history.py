"""What happened to a task or a part, in words, for those who may see it."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.clock import SHANGHAI
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission
from chuangwen.plan.enums import DutyKind, PartState, TaskState
from chuangwen.plan.models import ProgressEntry, Task, TaskPart
from chuangwen.plan.queries import parts_visible_to
from chuangwen.web.people.verbs import change_text, verb_label

MOST = 100
WORDS = {
    **dict(DutyKind.choices),
    **dict(PartState.choices),
    **dict(TaskState.choices),
}
SHOWN = ("state", "due_on", "reason", "title", "kind", "day", "valid_from", "valid_until")


def history_of_task(actor: Actor, task: Task) -> list[dict[str, Any]]:
    """Return the events of a task and of the parts that the viewer may see. One query."""
    parts = parts_visible_to(actor).filter(task=task)
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        parts = TaskPart.objects.filter(task=task)
    return _entries(Q(object_id=task.pk) | Q(object_id__in=parts.values("pk")))


def history_of_part(part: TaskPart) -> list[dict[str, Any]]:
    """Return the events of one part, and the days on which progress was noted. One query."""
    noted = ProgressEntry.objects.filter(part=part).values("pk")
    return _entries(Q(object_id=part.pk) | Q(object_id__in=noted))


def _entries(which: Q) -> list[dict[str, Any]]:
    people = Account.objects.filter(pk=OuterRef("account_id"))
    parts = TaskPart.objects.filter(pk=OuterRef("object_id"))
    events: QuerySet[AuditEvent] = AuditEvent.objects.filter(which).annotate(
        who=Subquery(people.values("name")[:1]), of_unit=Subquery(parts.values("unit__name")[:1])
    )
    return [_entry(event) for event in events.order_by("-sequence")[:MOST]]


def _entry(event: AuditEvent) -> dict[str, Any]:
    changes = [
        change_text(name, _in_words(value))
        for name, value in event.changes.items()
        if name in SHOWN
    ]
    unit = event.of_unit  # type: ignore[attr-defined]
    return {
        "when": f"{event.occurred_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        "title": verb_label(event.verb) + (f"：{unit}" if unit else ""),
        "who": event.who or "系统",  # type: ignore[attr-defined]
        "text": "；".join(changes),
    }


def _in_words(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 2:
        old, new = (WORDS.get(one, one) if isinstance(one, str) else one for one in value)
        return new if old is None else [old, new]
    return value
