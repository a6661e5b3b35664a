"""Taking in one whole checklist, as a form of another program or another version has it."""

from collections import Counter
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.framework.actions.checklist_writing import write_groups
from chuangwen.framework.actions.checklists import head_fields
from chuangwen.framework.actions.saving import delete_part, locked_draft
from chuangwen.framework.actions.site_types import enter_site_types
from chuangwen.framework.checklist_definitions import cleaned_head, cleaned_line, cleaned_title
from chuangwen.framework.checklist_document import ChecklistEntry, GroupEntry, SiteTypeEntry
from chuangwen.framework.models import Checklist, FrameworkVersion, SiteType
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def enter_checklist(
    *, version: FrameworkVersion, content: ChecklistEntry, replacing: bool = False, by: Actor
) -> Checklist:
    """Write a whole checklist into a draft; with `replacing`, in place of the one that is there.

    Raises NotPermitted, IllegalTransition for a published version, and Invalid for anything that
    is not well formed, an unknown site type or standard, or a checklist that is there already.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    entry = _cleaned(content)
    draft = locked_draft(version)
    site_type = SiteType.objects.filter(code=entry.site_type).first()
    if site_type is None:
        raise Invalid(f"没有编号“{entry.site_type}”的点位类型。请先建立类型。", field="site_type")
    checklist = draft.checklists.filter(site_type=site_type).first()
    if checklist is not None and not replacing:
        raise Invalid(
            f"本版本已有“{site_type.name}”的测评表。请选择替换，或先删除。", field="site_type"
        )
    before = 0
    if checklist is None:
        last = draft.checklists.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        checklist = Checklist(framework_version=draft, site_type=site_type, position=position)
    else:
        before = delete_part(checklist.lines.all())
        delete_part(checklist.groups.all())
        checklist.version += 1
    for name, value in head_fields(entry).items():
        setattr(checklist, name, value)
    checklist.save()
    standards = {each.code: each for each in draft.standards.all()}
    unknown = sorted({line.standard for line in entry.lines} - {"", *standards})
    if unknown:
        raise Invalid(f"本版本没有编号“{'、'.join(unknown)}”的标准。请检查编号，或留空。")
    write_groups([(checklist, entry.groups)], standards)
    lines = [before, sum(1 for _ in entry.lines)]
    record(by=by, verb="checklist.entered", on=checklist, lines=lines)
    return checklist


@transaction.atomic
def enter_form(
    *,
    version: FrameworkVersion,
    content: ChecklistEntry,
    site_type: SiteTypeEntry | None,
    replacing: bool,
    by: Actor,
) -> Checklist:
    """Write the checklist of a form into a draft, and find or add the site type that it brings.

    Raises as `enter_checklist`, and ImportRefused when the site type's code is another one's.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    if site_type is not None:
        enter_site_types(contents=[site_type], by=by)
    return enter_checklist(version=version, content=content, replacing=replacing, by=by)


def _cleaned(content: ChecklistEntry) -> ChecklistEntry:
    entry = replace(
        cleaned_head(content),
        groups=tuple(
            GroupEntry(
                title=cleaned_title(group.title),
                lines=tuple(cleaned_line(line) for line in group.lines),
            )
            for group in content.groups
        ),
    )
    _require_single("分组", [group.title for group in entry.groups])
    _require_single("编号", [line.code for line in entry.lines])
    return entry


def _require_single(label: str, names: list[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise Invalid(f"{label}“{'”、“'.join(twice)}”重复。请改正后重试。")
