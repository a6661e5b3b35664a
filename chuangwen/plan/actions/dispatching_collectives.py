"""Giving tasks out together with the collective owners that the day's register replaces."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from chuangwen.people.actors import Actor
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.duties import expand_duty
from chuangwen.plan.models import Duty, TaskPart


@transaction.atomic
def dispatch_and_expand(
    *, assignments: Sequence[Assignment], collectives: Sequence[Duty], day: datetime.date, by: Actor
) -> list[TaskPart]:
    """Give tasks to units, and keep that each collective owner was expanded on `day`.

    All or none; every expansion is on record as if it had been made by hand before. Raises what
    `dispatch_many` and `expand_duty` raise.
    """
    for duty in collectives:
        expand_duty(duty=duty, day=day, by=by)
    return dispatch_many(assignments=assignments, by=by)
