"""The groups of a checklist: add, rename, move, remove."""

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.framework.actions.checklists import fresh_checklist
from chuangwen.framework.actions.saving import (
    count_edit,
    delete_part,
    held_draft,
    in_new_order,
    locked_draft,
    unique,
)
from chuangwen.framework.checklist_definitions import cleaned_title
from chuangwen.framework.models import Checklist, LineGroup
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def add_group(*, checklist: Checklist, title: str, by: Actor) -> LineGroup:
    """Add a group at the end of a checklist.

    Raises NotPermitted, IllegalTransition for a published version, NotFound, and Invalid for an
    empty or used title.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_title(title)
    locked_draft(checklist.framework_version)
    fresh = fresh_checklist(checklist)
    last = fresh.groups.aggregate(last=Max("position"))["last"]
    group = LineGroup(checklist=fresh, title=cleaned, position=0 if last is None else int(last) + 1)
    with unique(_taken(cleaned), field="title"):
        group.save(force_insert=True)
    record(by=by, verb="line_group.added", on=group, title=[None, cleaned])
    return group


@transaction.atomic
def rename_group(*, group: LineGroup, title: str, by: Actor) -> LineGroup:
    """Give a group another title. Raises like `add_group`."""
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_title(title)
    draft = held_draft(group.checklist.framework_version)
    fresh = fresh_group(group)
    before = fresh.title
    if cleaned != before:
        count_edit(draft)
        fresh.title = cleaned
        with unique(_taken(cleaned), field="title"):
            fresh.save(update_fields=["title"])
        record(by=by, verb="line_group.renamed", on=fresh, title=[before, cleaned])
    return fresh


@transaction.atomic
def move_group(*, group: LineGroup, step: int, by: Actor) -> None:
    """Let a group change places with the one before (-1) or after (+1) it, if there is one."""
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = held_draft(group.checklist.framework_version)
    siblings = list(LineGroup.objects.filter(checklist=group.checklist_id))
    if moved := in_new_order(siblings, group.pk, step):
        count_edit(draft)
        LineGroup.objects.bulk_update(moved.rows, ["position"], batch_size=500)
        record(by=by, verb="line_group.moved", on=group, place=moved.place)


@transaction.atomic
def remove_group(*, group: LineGroup, by: Actor) -> None:
    """Delete an empty group. Raises Invalid while it has lines."""
    by.require(Permission.MANAGE_FRAMEWORK)
    locked_draft(group.checklist.framework_version)
    fresh = fresh_group(group)
    if lines := fresh.lines.count():
        raise Invalid(f"“{fresh.title}”中还有 {lines} 个测评项，没有删除。请先删除或移走它们。")
    record(by=by, verb="line_group.removed", on=fresh, title=[fresh.title, None])
    delete_part(LineGroup.objects.filter(pk=fresh.pk))


def fresh_group(group: LineGroup) -> LineGroup:
    """Read a group again under the version's lock. Raises NotFound when it is gone."""
    found = LineGroup.objects.select_related("checklist").filter(pk=group.pk).first()
    if found is None:
        raise NotFound(f"没有找到分组“{group.title}”，可能已被删除。请刷新页面查看。")
    return found


def _taken(title: str) -> str:
    return f"本测评表已有分组“{title}”。请换一个名称。"
