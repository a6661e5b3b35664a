"""Reads of the plan room, scoped to the viewer first. Scope is a join, never a list of ids."""

import datetime
import uuid

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from chuangwen.kit.errors import NotFound
from chuangwen.kit.rows import one_by_one
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.plan.enums import PartState
from chuangwen.plan.models import Campaign, Task, TaskPart


def current_campaign() -> Campaign | None:
    """Return the newest campaign of the tenant."""
    return Campaign.objects.order_by("-starts_on").first()


def parts_visible_to(actor: Actor) -> QuerySet[TaskPart]:
    """Return the parts of the viewer's units and their subordinates, or all for the office."""
    parts = TaskPart.objects.exclude(state=PartState.WITHDRAWN)
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return parts
    return parts.filter(unit__in=units_within_reach(actor).values("descendant_id"))


def parts_listed_for(actor: Actor) -> QuerySet[TaskPart]:
    """Return the same parts for a list of which a page is shown.

    A single unit's parts are read off its own index. Of several units, the whole is walked in the
    order of the list until the page is full: to gather and sort all that they have would take the
    longer the more they have.
    """
    parts = TaskPart.objects.exclude(state=PartState.WITHDRAWN)
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return parts
    reach = units_within_reach(actor)
    own = {post.unit_id for post in actor.posts}
    if len(own) == 1 and not any(post.leads_units for post in actor.posts):
        return parts.filter(unit=own.pop())
    return parts.filter(Exists(reach.filter(descendant=OuterRef("unit"))))


def tasks_visible_to(actor: Actor) -> QuerySet[Task]:
    """Return the tasks the viewer may open: all for the office, else those with a visible part."""
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return Task.objects.all()
    parts = parts_visible_to(actor).filter(task=OuterRef("pk")).order_by()
    return one_by_one(Task.objects.all(), parts.values("pk"))


def part_for(actor: Actor, part_id: uuid.UUID) -> TaskPart:
    """Return one visible part with task and unit. Raises NotFound, for foreign ones too."""
    part = (
        parts_visible_to(actor)
        .select_related("task__action", "task__area", "unit")
        .filter(pk=part_id)
        .first()
    )
    if part is None:
        raise NotFound("没有找到这项任务。可能已撤回，或不属于您的单位。")
    return part


def late(parts: QuerySet[TaskPart], day: datetime.date) -> QuerySet[TaskPart]:
    """Keep the parts that are open past their deadline on `day`."""
    return parts.filter(open_due__lt=day)


def annotate_progress(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Add `part_count`, `done_count` and `units_due`, the latest deadline that a unit has."""
    parts = TaskPart.objects.filter(task=OuterRef("pk")).order_by()
    live = parts.exclude(state=PartState.WITHDRAWN)
    done = parts.filter(state__in=[PartState.DONE, PartState.CLOSED])
    last = live.values("task").annotate(last=Max("due_on")).values("last")
    return tasks.annotate(
        part_count=_number_of(live), done_count=_number_of(done), units_due=Subquery(last)
    )


def _number_of(parts: QuerySet[TaskPart]) -> Coalesce:
    """Count parts of one task: only those of the tasks on a page are ever counted."""
    counted = parts.values("task").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
