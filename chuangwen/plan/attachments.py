"""To what of the plan files are attached, and who may open and remove them."""

from django.db.models import QuerySet

from chuangwen.files.owners import OwnerKind
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.models import ProgressEntry, TaskPart
from chuangwen.plan.queries import parts_visible_to


def progress_visible_to(actor: Actor) -> QuerySet[ProgressEntry]:
    """Return the progress entries of the parts that the viewer may open, with their parts."""
    entries = ProgressEntry.objects.select_related("part")
    return entries.filter(part__in=parts_visible_to(actor))


def _sees_part_originals(actor: Actor, part: TaskPart) -> bool:
    return part.unit_id in actor.unit_ids or actor.may_everywhere(Permission.REVIEW_TASKS)


def _may_remove_from_part(actor: Actor, part: TaskPart) -> bool:
    own = actor.may(Permission.WORK_ON_TASKS, unit_id=part.unit_id)
    return own or actor.may_everywhere(Permission.REVIEW_TASKS)


def _sees_originals(actor: Actor, entry: ProgressEntry) -> bool:
    return _sees_part_originals(actor, entry.part)


def _may_remove(actor: Actor, entry: ProgressEntry) -> bool:
    return _may_remove_from_part(actor, entry.part)


PROGRESS = OwnerKind(
    name="plan.progress",
    label="进展",
    visible=progress_visible_to,
    sees_originals=_sees_originals,
    may_remove=_may_remove,
)
MEASURES = OwnerKind(
    name="plan.measures",
    label="措施",
    visible=parts_visible_to,  # the files of its measures hang on the part itself
    sees_originals=_sees_part_originals,
    may_remove=_may_remove_from_part,
)
