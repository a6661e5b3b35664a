"""Two entries of the register that are one unit."""

import datetime

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.register_lock import lock_register, locked_unit
from chuangwen.people.actions.tree import is_below, regrow
from chuangwen.people.actions.unit_posts import move_posts
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.permissions import Permission
from chuangwen.people.signals import UnitsMerged, units_merged


@transaction.atomic
def merge_units(*, keep: Unit, other: Unit, by: Actor) -> Unit:
    """Merge `other` into `keep`: its names become aliases, open posts and units below it move.

    `other` closes with `merged_into`; rooms above move their duties on `units_merged`, inside
    this transaction. Raises Invalid when the two cannot be merged, IllegalTransition when one
    was merged before.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    keep, other = locked_unit(keep), locked_unit(other)
    _refuse_impossible(keep, other)
    _move_names(keep, other)
    posts = move_posts(of=other, to=keep)
    _move_children(keep, other)
    Unit.objects.filter(merged_into=other).update(merged_into=keep)
    _close(other, into=keep)
    # Before the event: rooms above count what moves, and all writers wait for counts, then the log.
    news = UnitsMerged(keep_id=keep.pk, other_id=other.pk, by=by)
    units_merged.send(news)
    changes = {"merged_into": [None, keep.name], "posts": posts}
    record_all(by=by, entries=[Entry("unit.merged", other, changes), *news.entries])
    return keep


def _refuse_impossible(keep: Unit, other: Unit) -> None:
    if keep.pk == other.pk:
        raise Invalid("不能把单位并入它自己。请另选一个单位。", field="other")
    if not keep.is_open(clock.today()):
        raise Invalid(f"“{keep.name}”已停用，不能并入它。请另选一个单位。", field="keep")
    if is_below(keep, other):
        raise Invalid(
            f"“{keep.name}”是“{other.name}”的下级。请先把它移到别的上级之下，再合并。", field="keep"
        )


def _move_names(keep: Unit, other: Unit) -> None:
    other.aliases.update(unit=keep)
    if other.key != keep.key:
        UnitAlias.objects.get_or_create(
            key=other.key, defaults={"unit": keep, "name": other.name, "source": "合并前的名称"}
        )


def _move_children(keep: Unit, other: Unit) -> None:
    children = list(other.children.values_list("pk", flat=True))
    if children:
        other.children.update(parent=keep)
        regrow(children)


def _close(other: Unit, *, into: Unit) -> None:
    """End the unit yesterday: from today on it is the one that it was merged into."""
    yesterday = clock.today() - datetime.timedelta(days=1)
    other.merged_into = into
    other.valid_until = min(yesterday, other.valid_until or yesterday)
    if other.valid_from and other.valid_from > other.valid_until:
        other.valid_from = other.valid_until
    other.version += 1
    other.save(force_update=True)
