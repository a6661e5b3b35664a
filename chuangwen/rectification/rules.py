"""What somebody may do with a case as it stands. The actions ask again under the lock."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from chuangwen.kit.errors import IllegalTransition
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.enums import ShareState, Step
from chuangwen.rectification.life import GONE, WHILE_SUSPENDED, Life
from chuangwen.rectification.workflow import CASE

OF_PERMISSION = (
    (
        Permission.MANAGE_CASES,
        (
            Step.FILE, Step.DECLINE, Step.RECONSIDER, Step.DISPATCH, Step.REASSIGN, Step.EXTEND,
            Step.DENY_EXTENSION, Step.SUSPEND, Step.RESUME, Step.MERGE, Step.CANCEL,
        ),
    ),
    (Permission.VERIFY_CASES, (Step.PASS, Step.FAIL)),
    (Permission.CLOSE_CASES, (Step.CLOSE, Step.RECHECK, Step.REOPEN)),
)  # fmt: skip
OF_SHARE = {
    ShareState.ASSIGNED: (Step.ACCEPT, Step.REFUSE),
    ShareState.ACCEPTED: (Step.FINISH, Step.ASK_EXTENSION),
    ShareState.REWORK: (Step.FINISH, Step.ASK_EXTENSION),
    ShareState.DONE: (Step.RECALL,),
}
HANDLING = (Step.ACCEPT, Step.FINISH)


@dataclass(frozen=True)
class Possible:
    """One step that somebody may take now; a unit's own with the unit."""

    step: Step
    unit: uuid.UUID | None = None


def took_part(actor: Actor, life: Life, handlers: Collection[uuid.UUID | None]) -> bool:
    """Tell whether somebody had a hand in a case and so cannot check it: as one of `handlers`, who
    accepted or handed in, or as one of a unit that still is in it."""
    units = {post.unit_id for post in actor.posts}
    by_hand = actor.account_id is not None and actor.account_id in handlers
    return by_hand or any(unit in units for unit in life.live)


def possible_steps(
    actor: Actor, life: Life, handlers: Collection[uuid.UUID | None]
) -> list[Possible]:
    """Return what the actor may do now, units' own steps first."""
    found = [*_of_units(actor, life), *_of_office(actor, life, handlers)]
    return [one for one in found if _is_open(one.step, life)]


def _of_units(actor: Actor, life: Life) -> Iterator[Possible]:
    for unit, share in life.shares.items():
        if share.state not in GONE and actor.may(Permission.WORK_ON_CASES, unit_id=unit):
            yield from (Possible(step, unit) for step in OF_SHARE[share.state])


def _of_office(
    actor: Actor, life: Life, handlers: Collection[uuid.UUID | None]
) -> Iterator[Possible]:
    for permission, steps in OF_PERMISSION:
        if not actor.may_everywhere(permission):
            continue
        if permission == Permission.VERIFY_CASES and took_part(actor, life, handlers):
            continue
        yield from (Possible(step) for step in steps)


def _is_open(step: Step, life: Life) -> bool:
    """Tell whether a case as it stands has this way out."""
    wanting: Mapping[Step, bool] = {
        Step.SUSPEND: life.suspended_on is None,
        Step.RESUME: life.suspended_on is not None,
        Step.DENY_EXTENSION: life.wanted_due_on is not None,
    }
    if not wanting.get(step, True) or (life.suspended_on and step not in WHILE_SUSPENDED):
        return False
    try:
        CASE.check(step.value, life.state)
    except IllegalTransition:
        return False
    return True
