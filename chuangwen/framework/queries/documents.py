"""A stored version as a document."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from chuangwen.framework.document import (
    ClauseEntry,
    FrameworkDocument,
    IndicatorEntry,
    MethodEntry,
    NodeEntry,
    StandardEntry,
)
from chuangwen.framework.enums import IndicatorKind, Method, Operator, ReferenceKind, Standing
from chuangwen.framework.models import FrameworkVersion, Indicator, Node, Standard

METHOD_ORDER = {method: place for place, method in enumerate(Method)}
REFERENCE_ORDER = {kind: place for place, kind in enumerate(ReferenceKind)}


def document_of(version: FrameworkVersion) -> FrameworkDocument:
    """Return the whole version as plain data. Nine queries at most, whatever its size."""
    nodes: dict[UUID | None, list[Node]] = defaultdict(list)
    for node in version.nodes.all():
        nodes[node.parent_id].append(node)
    standards: dict[UUID, list[StandardEntry]] = defaultdict(list)
    for standard in with_parts(version):
        standards[standard.node_id].append(standard_entry(standard))
    framework = version.framework
    return FrameworkDocument(
        name=framework.name,
        standing=Standing(framework.standing),
        label=version.label,
        source=version.source,
        note=version.note,
        nodes=_children(None, nodes, standards),
        indicators=_indicator_entries(version),
    )


def _children(
    parent_id: UUID | None,
    nodes: dict[UUID | None, list[Node]],
    standards: dict[UUID, list[StandardEntry]],
) -> tuple[NodeEntry, ...]:
    return tuple(
        NodeEntry(
            code=node.code,
            title=node.title,
            children=_children(node.pk, nodes, standards),
            standards=tuple(standards[node.pk]),
        )
        for node in nodes[parent_id]
    )


def with_parts(version: FrameworkVersion) -> QuerySet[Standard]:
    """Return the version's standards with methods and indicators. Four queries."""
    return version.standards.prefetch_related("methods", "indicator_links__indicator")


def standard_entry(standard: Standard) -> StandardEntry:
    """Return one standard with its methods and the names of its indicators."""
    methods = sorted(standard.methods.all(), key=lambda each: METHOD_ORDER[Method(each.method)])
    indicators = [link.indicator for link in standard.indicator_links.all()]
    return StandardEntry(
        code=standard.code,
        text=standard.text,
        weight=standard.weight,
        window_months=standard.window_months,
        owner_hints=tuple(standard.owner_hints),
        source=standard.source,
        methods=tuple(
            MethodEntry(
                method=Method(each.method), weight=each.weight, requirement=each.requirement
            )
            for each in methods
        ),
        indicators=tuple(each.name for each in sorted(indicators, key=_place)),
    )


def _place(indicator: Indicator) -> tuple[int, UUID]:
    return indicator.position, indicator.pk


def _indicator_entries(version: FrameworkVersion) -> tuple[IndicatorEntry, ...]:
    linked = Indicator.objects.filter(standard_links__standard__framework_version=version)
    keys = {key for pair in linked.values_list("pk", "alternative_of") for key in pair if key}
    indicators = Indicator.objects.filter(pk__in=keys).select_related("alternative_of")
    return indicator_entries(indicators.prefetch_related("references", "clauses"))


def indicator_entries(indicators: Iterable[Indicator]) -> tuple[IndicatorEntry, ...]:
    """Return indicators as plain data. They come with references, clauses and alternative."""
    return tuple(
        IndicatorEntry(
            name=each.name,
            kind=IndicatorKind(each.kind),
            operator=Operator(each.operator) if each.operator else None,
            value=each.value,
            unit=each.unit,
            scope=each.scope,
            text=each.text,
            source=each.source,
            references=tuple(
                sorted(
                    (ReferenceKind(series.kind) for series in each.references.all()),
                    key=REFERENCE_ORDER.__getitem__,
                )
            ),
            alternative_of=each.alternative_of.name if each.alternative_of else "",
            clauses=tuple(
                ClauseEntry(source=clause.source, text=clause.text) for clause in each.clauses.all()
            ),
        )
        for each in indicators
    )
