"""Writing whole checklists into a draft: three statements, whatever their number."""

from collections.abc import Mapping, Sequence

from chuangwen.framework.actions.check_lines import line_fields
from chuangwen.framework.actions.checklists import head_fields
from chuangwen.framework.checklist_document import ChecklistEntry, GroupEntry
from chuangwen.framework.models import (
    CheckLine,
    Checklist,
    FrameworkVersion,
    LineGroup,
    SiteType,
    Standard,
)

BATCH = 500


def write_checklists(
    version: FrameworkVersion,
    entries: Sequence[ChecklistEntry],
    site_types: Mapping[str, SiteType],
    standards: Mapping[str, Standard],
) -> list[Checklist]:
    """Store checklists with groups and lines, inside the caller's transaction.

    The entries are well formed; site types and standards are given by code.
    """
    checklists = [
        Checklist(
            framework_version=version,
            site_type=site_types[each.site_type],
            position=position,
            **head_fields(each),
        )
        for position, each in enumerate(entries)
    ]
    Checklist.objects.bulk_create(checklists, batch_size=BATCH)
    write_groups(
        [(row, each.groups) for row, each in zip(checklists, entries, strict=True)], standards
    )
    return checklists


def write_groups(
    contents: Sequence[tuple[Checklist, Sequence[GroupEntry]]], standards: Mapping[str, Standard]
) -> None:
    """Store the groups and lines of checklists that exist and are empty. Two statements."""
    groups, lines = [], []
    for checklist, entries in contents:
        for position, entry in enumerate(entries):
            group = LineGroup(checklist=checklist, title=entry.title, position=position)
            groups.append(group)
            lines += [
                CheckLine(
                    checklist=checklist,
                    group=group,
                    position=place,
                    standard=standards.get(line.standard),
                    **line_fields(line),
                )
                for place, line in enumerate(entry.lines)
            ]
    LineGroup.objects.bulk_create(groups, batch_size=BATCH)
    CheckLine.objects.bulk_create(lines, batch_size=BATCH)
