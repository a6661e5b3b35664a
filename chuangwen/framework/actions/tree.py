"""Editing the tree of a draft: add, edit, move and remove Ⅰ, Ⅱ and Ⅲ."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from chuangwen.audit.actions import record
from chuangwen.framework.actions.saving import (
    apply_changes,
    count_edit,
    fresh_node,
    held_draft,
    in_new_order,
    locked_draft,
    require_current,
    unique,
)
from chuangwen.framework.enums import Level
from chuangwen.framework.models import FrameworkVersion, Node, Standard
from chuangwen.framework.wording import required_line
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def add_node(
    *, version: FrameworkVersion, parent: Node | None, code: str, title: str, by: Actor
) -> Node:
    """Add an entry at the end of its siblings, one level below `parent` (Ⅰ without one).

    Raises NotPermitted, IllegalTransition for a published version, and Invalid for an empty or
    used code, an empty title, or a parent that is a Ⅲ or stands in another version.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = locked_draft(version)
    above = fresh_node(parent) if parent else None
    if above and above.framework_version_id != draft.pk:
        raise Invalid(f"上级“{above.code}”不在本版本中。请刷新页面后重选。", field="parent")
    if above and above.level == Level.CONTENT:
        raise Invalid(f"“{above.code}”已是Ⅲ测评内容，下面只能加测评标准。", field="parent")
    siblings = _siblings(draft.pk, above.pk if above else None)
    node = Node(
        framework_version=draft,
        parent=above,
        level=above.level + 1 if above else Level.PROJECT,
        position=(siblings.aggregate(last=Max("position"))["last"] or 0) + 1,
        **_words(code, title),
    )
    with unique(_taken(node.code), field="code"):
        node.save(force_insert=True)
    record(by=by, verb="framework_node.added", on=node, code=[None, node.code])
    return node


@transaction.atomic
def edit_node(*, node: Node, code: str, title: str, base_version: int, by: Actor) -> Node:
    """Change code and title. Raises like `add_node`, NotFound, and StaleEdit."""
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = held_draft(node.framework_version)
    fresh = fresh_node(node)
    require_current(fresh, base_version)
    changes = apply_changes(fresh, _words(code, title))
    if changes:
        count_edit(draft)
        with unique(_taken(fresh.code), field="code"):
            fresh.save(update_fields=[*changes, "version"])
        record(by=by, verb="framework_node.edited", on=fresh, **changes)
    return fresh


@transaction.atomic
def move_node(*, node: Node, step: int, by: Actor) -> None:
    """Let an entry change places with the sibling before (-1) or after (+1) it, if there is one."""
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = held_draft(node.framework_version)
    fresh = fresh_node(node)
    siblings = list(_siblings(fresh.framework_version_id, fresh.parent_id))
    if moved := in_new_order(siblings, fresh.pk, step):
        count_edit(draft)
        Node.objects.bulk_update(moved.rows, ["position"], batch_size=500)
        record(by=by, verb="framework_node.moved", on=fresh, place=moved.place)


@transaction.atomic
def remove_node(*, node: Node, base_version: int, by: Actor) -> None:
    """Delete an empty entry. Raises Invalid while something stands below it, and StaleEdit."""
    by.require(Permission.MANAGE_FRAMEWORK)
    locked_draft(node.framework_version)
    fresh = fresh_node(node)
    require_current(fresh, base_version)
    below = fresh.children.count() + Standard.objects.filter(node=fresh).count()
    if below:
        raise Invalid(f"“{fresh}”下面还有 {below} 项，没有删除。请先删除或移走下面的内容。")
    record(by=by, verb="framework_node.removed", on=fresh, code=[fresh.code, None])
    fresh.delete()


def _siblings(version_id: UUID, parent_id: UUID | None) -> QuerySet[Node]:
    return Node.objects.filter(framework_version_id=version_id, parent_id=parent_id)


def _words(code: str, title: str) -> dict[str, str]:
    return {
        "code": required_line(code, label="编号", longest=40, field="code"),
        "title": required_line(title, label="名称", longest=300, field="title"),
    }


def _taken(code: str) -> str:
    return f"本版本已有编号“{code}”的条目。请换一个编号。"
