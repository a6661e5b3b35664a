"""Stored site types and checklists as plain data, however many of them in one query."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from chuangwen.framework.checklist_document import (
    ChecklistEntry,
    GroupEntry,
    LineEntry,
    SiteTypeEntry,
)
from chuangwen.framework.enums import LineShape, PassRule, PhotoRule, SiteShape
from chuangwen.framework.models import CheckLine, Checklist, FrameworkVersion, SiteType

Checklists = tuple[tuple[SiteTypeEntry, ...], tuple[ChecklistEntry, ...]]
HEAD = ("pk", "framework_version_id", "pass_rule", "pass_percent", "note", "source")
TYPE = ("position", "pk", "code", "name", "shape", "note")
LINE = (
    "code",
    "text",
    "shape",
    "threshold",
    "unit",
    "per",
    "per_unit",
    "photo",
    "weight",
    "is_veto",
    "may_not_apply",
    "category",
    "days",
    "guidance",
    "source",
)


def checklists_of(versions: Sequence[FrameworkVersion]) -> dict[UUID, Checklists]:
    """Return the checklists of some versions, each with its site types. One query."""
    types: dict[UUID, dict[tuple[Any, ...], SiteTypeEntry]] = defaultdict(dict)
    entries: dict[UUID, list[ChecklistEntry]] = defaultdict(list)
    for rows in _by_checklist(Checklist.objects.filter(framework_version__in=versions)):
        head = rows[0]
        version = head["framework_version_id"]
        place = (head["type_position"], head["type_pk"])
        types[version][place] = _site_type(head)
        entries[version].append(_checklist(rows))
    return {
        version.pk: (
            tuple(entry for _place, entry in sorted(types[version.pk].items())),
            tuple(entries[version.pk]),
        )
        for version in versions
    }


def whole_checklist(checklist: Checklist) -> tuple[SiteTypeEntry, ChecklistEntry]:
    """Return one checklist with its site type. One query."""
    rows = next(_by_checklist(Checklist.objects.filter(pk=checklist.pk)))
    return _site_type(rows[0]), _checklist(rows)


def site_type_entry(each: SiteType) -> SiteTypeEntry:
    """Return a site type as plain data."""
    return SiteTypeEntry(
        code=each.code, name=each.name, shape=SiteShape(each.shape), note=each.note
    )


def line_entry(line: CheckLine) -> LineEntry:
    """Return a line as plain data; it comes with its standard."""
    return _line(
        {f"line_{name}": getattr(line, name) for name in LINE}
        | {"standard_code": line.standard.code if line.standard else ""}
    )


def _by_checklist(checklists: QuerySet[Checklist]) -> Iterator[list[dict[str, Any]]]:
    """Yield the joined rows of each checklist: one a line, or one for an empty group or list."""
    rows = checklists.order_by(
        "position",
        "pk",
        "groups__position",
        "groups__pk",
        "groups__lines__position",
        "groups__lines__pk",
    ).values(
        *HEAD,
        group_pk=F("groups"),
        group_title=F("groups__title"),
        line_pk=F("groups__lines"),
        standard_code=F("groups__lines__standard__code"),
        **{f"type_{name}": F(f"site_type__{name}") for name in TYPE},
        **{f"line_{name}": F(f"groups__lines__{name}") for name in LINE},
    )
    return (list(group) for _pk, group in groupby(rows, key=itemgetter("pk")))


def _checklist(rows: Sequence[dict[str, Any]]) -> ChecklistEntry:
    head = rows[0]
    groups = groupby((row for row in rows if row["group_pk"]), key=itemgetter("group_pk"))
    return ChecklistEntry(
        site_type=head["type_code"],
        pass_rule=PassRule(head["pass_rule"]),
        pass_percent=head["pass_percent"],
        note=head["note"],
        source=head["source"],
        groups=tuple(_group(list(group)) for _pk, group in groups),
    )


def _group(rows: Sequence[dict[str, Any]]) -> GroupEntry:
    return GroupEntry(
        title=rows[0]["group_title"], lines=tuple(_line(row) for row in rows if row["line_pk"])
    )


def _line(row: dict[str, Any]) -> LineEntry:
    values = {name: row[f"line_{name}"] for name in LINE}
    values["shape"], values["photo"] = LineShape(values["shape"]), PhotoRule(values["photo"])
    return LineEntry(**values, standard=row["standard_code"] or "")


def _site_type(row: dict[str, Any]) -> SiteTypeEntry:
    return SiteTypeEntry(
        code=row["type_code"],
        name=row["type_name"],
        shape=SiteShape(row["type_shape"]),
        note=row["type_note"],
    )
