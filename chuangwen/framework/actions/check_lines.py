"""The lines of a checklist: add, edit, move, remove."""

from typing import Any

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.framework.actions.line_groups import fresh_group
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
from chuangwen.framework.checklist_definitions import cleaned_line
from chuangwen.framework.checklist_document import LineEntry
from chuangwen.framework.models import CheckLine, FrameworkVersion, LineGroup, Standard
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def add_line(*, group: LineGroup, content: LineEntry, by: Actor) -> CheckLine:
    """Add a line at the end of a group.

    Raises NotPermitted, IllegalTransition for a published version, NotFound, and Invalid for a bad
    value, a used code or an unknown standard.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_line(content)
    draft = locked_draft(group.checklist.framework_version)
    into = fresh_group(group)
    line = CheckLine(
        checklist=into.checklist,
        group=into,
        position=_next_position(into),
        standard=_standard(draft, cleaned.standard),
        **line_fields(cleaned),
    )
    with unique(_taken(line.code), field="code"):
        line.save(force_insert=True)
    record(by=by, verb="check_line.added", on=line, code=[None, line.code])
    return line


@transaction.atomic
def edit_line(
    *,
    line: CheckLine,
    content: LineEntry,
    base_version: int,
    group: LineGroup | None = None,
    by: Actor,
) -> CheckLine:
    """Replace the content of a line; with `group`, put it at the end of that group.

    Raises like `add_line`, StaleEdit, and Invalid for a group of another checklist.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    cleaned = cleaned_line(content)
    draft = held_draft(line.checklist.framework_version)
    fresh = fresh_line(line)
    require_current(fresh, base_version)
    values = line_fields(cleaned) | {"standard": _standard(draft, cleaned.standard)}
    if group is not None and group.pk != fresh.group_id:
        into = fresh_group(group)
        if into.checklist_id != fresh.checklist_id:
            raise Invalid(f"分组“{into.title}”不在这份测评表中。请重新选择。", field="group")
        values |= {"group": into, "position": _next_position(into)}
    changes = apply_changes(fresh, values)
    if changes:
        count_edit(draft)
        with unique(_taken(fresh.code), field="code"):
            fresh.save(update_fields=[*changes, "version"])
        shown = {key: _shown(key, pair) for key, pair in changes.items() if key != "position"}
        record(by=by, verb="check_line.edited", on=fresh, **shown)
    return fresh


@transaction.atomic
def move_line(*, line: CheckLine, step: int, by: Actor) -> None:
    """Let a line change places with the one before (-1) or after (+1) it in its group."""
    by.require(Permission.MANAGE_FRAMEWORK)
    draft = held_draft(line.checklist.framework_version)
    fresh = fresh_line(line)
    siblings = list(CheckLine.objects.filter(group=fresh.group_id))
    if moved := in_new_order(siblings, fresh.pk, step):
        count_edit(draft)
        CheckLine.objects.bulk_update(moved.rows, ["position"], batch_size=500)
        record(by=by, verb="check_line.moved", on=fresh, place=moved.place)


@transaction.atomic
def remove_line(*, line: CheckLine, base_version: int, by: Actor) -> None:
    """Delete a line of a draft."""
    by.require(Permission.MANAGE_FRAMEWORK)
    locked_draft(line.checklist.framework_version)
    fresh = fresh_line(line)
    require_current(fresh, base_version)
    record(by=by, verb="check_line.removed", on=fresh, code=[fresh.code, None])
    delete_part(CheckLine.objects.filter(pk=fresh.pk))


def fresh_line(line: CheckLine) -> CheckLine:
    """Read a line again under the version's lock. Raises NotFound when it is gone."""
    found = CheckLine.objects.select_related("group", "standard").filter(pk=line.pk).first()
    if found is None:
        raise NotFound(f"没有找到测评项“{line.code}”，可能已被删除。请刷新页面查看。")
    return found


def line_fields(entry: LineEntry) -> dict[str, Any]:
    """Return the columns of a line, all but its standard, group and position."""
    return {
        "code": entry.code,
        "text": entry.text,
        "shape": entry.shape,
        "threshold": entry.threshold,
        "unit": entry.unit,
        "per": entry.per,
        "per_unit": entry.per_unit,
        "photo": entry.photo,
        "weight": entry.weight,
        "is_veto": entry.is_veto,
        "may_not_apply": entry.may_not_apply,
        "category": entry.category,
        "days": entry.days,
        "guidance": entry.guidance,
        "source": entry.source,
    }


def _next_position(group: LineGroup) -> int:
    last = group.lines.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _standard(draft: FrameworkVersion, code: str) -> Standard | None:
    if not code:
        return None
    found = draft.standards.filter(code=code).first()
    if found is None:
        raise Invalid(f"本版本没有编号“{code}”的标准。请检查编号，或留空。", field="standard")
    return found


def _shown(key: str, pair: list[Any]) -> list[Any]:
    """Rows are told in the event by their words."""
    return [str(each or "") for each in pair] if key in {"group", "standard"} else pair


def _taken(code: str) -> str:
    return f"本测评表已有编号“{code}”的测评项。请换一个编号。"
