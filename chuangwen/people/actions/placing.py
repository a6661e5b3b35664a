"""Where a unit stands in the tree, and until when it exists."""

import datetime

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actions.register_lock import (
    change_unit,
    lock_register,
    locked_unit,
    open_parent,
)
from chuangwen.people.actions.taken_names import checked_name
from chuangwen.people.actions.tree import is_below, regrow
from chuangwen.people.actions.unit_posts import end_posts
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import open_on


@transaction.atomic
def move_unit(*, unit: Unit, base_version: int, parent: Unit | None, by: Actor) -> Unit:
    """Put a unit, with all below it, under another one (or at the top).

    Raises Invalid when the new parent is the unit itself, below it, or closed.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    unit = locked_unit(unit, base_version=base_version)
    if parent is not None and is_below(parent, unit):
        raise Invalid(
            f"“{parent.name}”是“{unit.name}”本身或其下级，不能作它的上级。请另选上级单位。",
            field="parent",
        )
    if unit.parent_id == (parent.pk if parent else None):
        return unit
    former = unit.parent.name if unit.parent else None
    parent = open_parent(parent)
    changes = {"parent": [former, parent.name if parent else None]}
    change_unit(unit, {"parent": parent}, by=by, verb="unit.moved", changes=changes)
    regrow([unit.pk])
    return unit


@transaction.atomic
def close_unit(*, unit: Unit, base_version: int, last_day: datetime.date, by: Actor) -> Unit:
    """Close a unit after `last_day`; the posts in it end on that day too.

    Raises Invalid while units below it are open, while the office or an administrator has a post in
    it, or for a day before it began.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    unit = locked_unit(unit, base_version=base_version)
    if unit.valid_from and last_day < unit.valid_from:
        raise Invalid(
            f"停用日期 {last_day} 早于启用日期 {unit.valid_from}。请改正日期。", field="last_day"
        )
    after = last_day + datetime.timedelta(days=1)
    children = open_on(unit.children.all(), max(after, clock.today()))
    if children.exists():
        names = "、".join(child.name for child in children[:5])
        raise Invalid(f"“{unit.name}”还有未停用的下级单位：{names}。请先移走或停用它们。")
    posts = end_posts(unit_ids=[unit.pk], last_day=last_day)
    changes = {"valid_until": [unit.valid_until, last_day], "posts": posts}
    return change_unit(unit, {"valid_until": last_day}, by=by, verb="unit.closed", changes=changes)


@transaction.atomic
def reopen_unit(*, unit: Unit, base_version: int, by: Actor) -> Unit:
    """Take back the closing of a unit. Posts that ended with it have to be granted anew.

    Raises IllegalTransition when it is not closed, Invalid when its name was given away since.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    unit = locked_unit(unit, base_version=base_version)
    if unit.valid_until is None:
        raise IllegalTransition(f"“{unit.name}”没有停用，不必恢复。请刷新页面查看。")
    checked_name(unit.name, of=unit)
    open_parent(unit.parent)
    changes = {"valid_until": [unit.valid_until, None]}
    return change_unit(unit, {"valid_until": None}, by=by, verb="unit.reopened", changes=changes)
