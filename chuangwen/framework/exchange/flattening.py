"""A document as the rows of its tables."""

from collections.abc import Iterator
from decimal import Decimal

from chuangwen.framework.checklist_document import ChecklistEntry, GroupEntry, LineEntry
from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.enums import Level
from chuangwen.framework.exchange.layout import (
    CHECKLISTS,
    CLAUSES,
    FRAMEWORK,
    GROUPS,
    INDICATORS,
    LINES,
    LINKS,
    METHODS,
    NODES,
    SITE_TYPES,
    STANDARDS,
    Table,
)
from chuangwen.framework.wording import plain_number

FlatRow = tuple[str, ...]


def flatten(document: FrameworkDocument) -> Iterator[tuple[Table, list[FlatRow]]]:
    """Yield every table with its rows; cells are in the order of the table's columns."""
    standards = [(node, each) for _level, node, _ in document.walk() for each in node.standards]
    yield (
        FRAMEWORK,
        [
            (
                document.name,
                document.standing.label,
                document.label,
                document.source,
                document.note,
            )
        ],
    )
    yield (
        NODES,
        [
            (Level(level).label, node.code, parent.code if parent else "", node.title)
            for level, node, parent in document.walk()
        ],
    )
    yield (
        STANDARDS,
        [
            (
                node.code,
                each.code,
                each.text,
                written(each.weight),
                str(each.window_months or ""),
                "、".join(each.owner_hints),
                each.source,
            )
            for node, each in standards
        ],
    )
    yield (
        METHODS,
        [
            (each.code, method.method.label, written(method.weight), method.requirement)
            for _node, each in standards
            for method in each.methods
        ],
    )
    yield LINKS, [(each.code, name) for _node, each in standards for name in each.indicators]
    yield INDICATORS, list(_indicator_rows(document))
    yield (
        CLAUSES,
        [
            (each.name, clause.source, clause.text)
            for each in document.indicators
            for clause in each.clauses
        ],
    )
    yield from _flatten_checklists(document)


def written(number: Decimal | None) -> str:
    """Return the number's shortest exact form; empty while it is not known."""
    return "" if number is None else plain_number(number)


def _indicator_rows(document: FrameworkDocument) -> Iterator[FlatRow]:
    for each in document.indicators:
        yield (
            each.name,
            each.kind.label,
            each.operator.label if each.operator else "",
            written(each.value),
            each.unit,
            each.scope,
            "、".join(kind.label for kind in each.references),
            each.alternative_of,
            each.text,
            each.source,
        )


def _flatten_checklists(document: FrameworkDocument) -> Iterator[tuple[Table, list[FlatRow]]]:
    yield (
        SITE_TYPES,
        [(each.code, each.name, each.shape.label, each.note) for each in document.site_types],
    )
    yield (
        CHECKLISTS,
        [
            (
                each.site_type,
                each.pass_rule.label,
                written(each.pass_percent),
                each.note,
                each.source,
            )
            for each in document.checklists
        ],
    )
    groups = [(each, group) for each in document.checklists for group in each.groups]
    yield GROUPS, [(each.site_type, group.title) for each, group in groups]
    yield (
        LINES,
        [_line_row(each, group, line) for each, group in groups for line in group.lines],
    )


def _line_row(checklist: ChecklistEntry, group: GroupEntry, line: LineEntry) -> FlatRow:
    return (
        checklist.site_type,
        group.title,
        line.code,
        line.text,
        line.shape.label,
        written(line.threshold),
        line.unit,
        written(line.per),
        line.per_unit,
        line.photo.label,
        written(line.weight),
        yes_or_no(line.is_veto),
        yes_or_no(line.may_not_apply),
        line.category,
        str(line.days or ""),
        line.standard,
        line.guidance,
        line.source,
    )


def yes_or_no(flag: bool) -> str:
    """Return 是 or 否."""
    return "是" if flag else "否"
