"""The checklists of a draft: add, edit, move, remove."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.framework.actions.saving import (
    apply_changes,
    count_edit,
    delete_part,
    held_draft,
    in_new_order,
    locked_draft,
    require_current,
    unique,
)
from chuangwen.framework.checklist_definitions import cleaned_head
from chuangwen.framework.checklist_document import ChecklistEntry
from chuangwen.framework.models import Checklist, FrameworkVersion, SiteType
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def add_checklist(*, version: FrameworkVersion, content: ChecklistEntry, by: Actor) -> Checklist:
    """Add an empty checklist for a site type at the end of a draft.

    Raises NotPermitted, IllegalTransition for a published version, and Invalid for a rule that
    does not fit, an unknown site type, or one that has its checklist already.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_head(content)
    draft = locked_draft(version)
    site_type = SiteType.objects.filter(code=cleaned.site_type).first()
    if site_type is None:
        raise Invalid(f"没有编号“{cleaned.site_type}”的点位类型。请先建立类型。", field="site_type")
    last = draft.checklists.aggregate(last=Max("position"))["last"]
    checklist = Checklist(
        framework_version=draft,
        site_type=site_type,
        position=0 if last is None else last + 1,
        **head_fields(cleaned),
    )
    message = f"本版本已有“{site_type.name}”的测评表。请修改现有的测评表。"
    with unique(message, field="site_type"):
        checklist.save(force_insert=True)
    record(by=by, verb="checklist.added", on=checklist, site_type=[None, site_type.name])
    return checklist


@transaction.atomic
def edit_checklist(
    *, checklist: Checklist, content: ChecklistEntry, base_version: int, by: Actor
) -> Checklist:
    """Change rule, note and source; the site type stays. Raises as `add_checklist`, StaleEdit."""
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_head(content)
    draft = held_draft(checklist.framework_version)
    fresh = fresh_checklist(checklist)
    require_current(fresh, base_version)
    changes = apply_changes(fresh, head_fields(cleaned))
    if changes:
        count_edit(draft)
        fresh.save(update_fields=[*changes, "version"])
        record(by=by, verb="checklist.edited", on=fresh, **changes)
    return fresh


@transaction.atomic
def move_checklist(*, checklist: Checklist, step: int, by: Actor) -> None:
    """Let a checklist change places with the one before (-1) or after (+1) it, if there is one."""
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = held_draft(checklist.framework_version)
    if moved := in_new_order(list(draft.checklists.all()), checklist.pk, step):
        count_edit(draft)
        Checklist.objects.bulk_update(moved.rows, ["position"], batch_size=500)
        record(by=by, verb="checklist.moved", on=checklist, place=moved.place)


@transaction.atomic
def remove_checklist(*, checklist: Checklist, base_version: int, by: Actor) -> None:
    """Delete a checklist of a draft with its groups and lines; the event keeps how many."""
    by.require(Permission.MANAGE_FRAMEWORK)
    locked_draft(checklist.framework_version)
    fresh = fresh_checklist(checklist)
    require_current(fresh, base_version)
    lines = delete_part(fresh.lines.all())
    delete_part(fresh.groups.all())
    delete_part(Checklist.objects.filter(pk=fresh.pk))
    record(
        by=by,
        verb="checklist.removed",
        on=fresh,
        site_type=[fresh.site_type.name, None],
        lines=[lines, 0],
    )


def fresh_checklist(checklist: Checklist) -> Checklist:
    """Read a checklist again under the version's lock. Raises NotFound when it is gone."""
    found = Checklist.objects.select_related("site_type").filter(pk=checklist.pk).first()
    if found is None:
        raise NotFound("没有找到这份测评表，可能已被删除。请刷新页面查看。")
    return found


def head_fields(entry: ChecklistEntry) -> dict[str, Any]:
    """Return the columns of a checklist."""
    return {
        "pass_rule": entry.pass_rule,
        "pass_percent": entry.pass_percent,
        "note": entry.note,
        "source": entry.source,
    }
