"""Stored site types and checklists as plain data."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from chuangwen.framework.checklist_document import (
    ChecklistEntry,
    GroupEntry,
    LineEntry,
    SiteTypeEntry,
)
from chuangwen.framework.enums import LineShape, PassRule, PhotoRule, SiteShape
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    FrameworkVersion,
    LineGroup,
    SiteType,
)

Checklists = tuple[tuple[SiteTypeEntry, ...], tuple[ChecklistEntry, ...]]


def checklists_of(versions: Sequence[FrameworkVersion]) -> dict[UUID, Checklists]:
    """Return the checklists of some versions, each with its site types. Three queries in all."""
    checklists = list(
        Checklist.objects.filter(framework_version__in=versions).select_related("site_type")
    )
    groups = groups_of(checklists)
    types: dict[UUID, list[SiteType]] = defaultdict(list)
    entries: dict[UUID, list[ChecklistEntry]] = defaultdict(list)
    for each in checklists:
        types[each.framework_version_id].append(each.site_type)
        entries[each.framework_version_id].append(checklist_entry(each, groups[each.pk]))
    return {
        version.pk: (
            tuple(
                site_type_entry(each)
                for each in sorted(types[version.pk], key=lambda each: (each.position, each.pk))
            ),
            tuple(entries[version.pk]),
        )
        for version in versions
    }


def groups_of(checklists: Iterable[Checklist]) -> dict[UUID, list[GroupEntry]]:
    """Return the groups of some checklists with their lines, by checklist. Two queries."""
    wanted = [each.pk for each in checklists]
    lines: dict[UUID, list[LineEntry]] = defaultdict(list)
    for line in CheckLine.objects.filter(checklist__in=wanted).select_related("standard"):
        lines[line.group_id].append(line_entry(line))
    groups: dict[UUID, list[GroupEntry]] = defaultdict(list)
    for group in LineGroup.objects.filter(checklist__in=wanted):
        groups[group.checklist_id].append(
            GroupEntry(title=group.title, lines=tuple(lines[group.pk]))
        )
    return groups


def site_type_entry(each: SiteType) -> SiteTypeEntry:
    """Return a site type as plain data."""
    return SiteTypeEntry(
        code=each.code, name=each.name, shape=SiteShape(each.shape), note=each.note
    )


def checklist_entry(each: Checklist, groups: Iterable[GroupEntry]) -> ChecklistEntry:
    """Return a checklist as plain data; it comes with its site type."""
    return ChecklistEntry(
        site_type=each.site_type.code,
        pass_rule=PassRule(each.pass_rule),
        pass_percent=each.pass_percent,
        note=each.note,
        source=each.source,
        groups=tuple(groups),
    )


def line_entry(line: CheckLine) -> LineEntry:
    """Return a line as plain data; it comes with its standard."""
    return LineEntry(
        code=line.code,
        text=line.text,
        shape=LineShape(line.shape),
        threshold=line.threshold,
        unit=line.unit,
        per=line.per,
        per_unit=line.per_unit,
        photo=PhotoRule(line.photo),
        weight=line.weight,
        is_veto=line.is_veto,
        may_not_apply=line.may_not_apply,
        category=line.category,
        days=line.days,
        standard=line.standard.code if line.standard else "",
        guidance=line.guidance,
        source=line.source,
    )
