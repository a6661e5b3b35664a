"""A stored version as a document."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db.models import F, QuerySet, prefetch_related_objects

from chuangwen.framework.document import (
    ClauseEntry,
    FrameworkDocument,
    IndicatorEntry,
    MethodEntry,
    NodeEntry,
    StandardEntry,
)
from chuangwen.framework.enums import IndicatorKind, Method, Operator, ReferenceKind, Standing
from chuangwen.framework.models import (
    FrameworkVersion,
    Indicator,
    Node,
    Standard,
    StandardIndicator,
)
from chuangwen.framework.queries.checklist_documents import checklists_of

METHOD_ORDER = {method: place for place, method in enumerate(Method)}
REFERENCE_ORDER = {kind: place for place, kind in enumerate(ReferenceKind)}

Children = dict[UUID | None, list[Node]]
Standards = dict[UUID, list[StandardEntry]]


def document_of(version: FrameworkVersion) -> FrameworkDocument:
    """Return the whole version as plain data. Six queries at most, whatever its size."""
    framework = version.framework
    site_types, checklists = checklists_of([version])[version.pk]
    links = list(_links([version]).select_related("indicator__alternative_of__alternative_of"))
    return FrameworkDocument(
        name=framework.name,
        standing=Standing(framework.standing),
        label=version.label,
        source=version.source,
        note=version.note,
        nodes=_trees([version], links)[version.pk],
        indicators=_indicator_entries(links),
        site_types=site_types,
        checklists=checklists,
    )


def trees_of(versions: Sequence[FrameworkVersion]) -> dict[UUID, tuple[NodeEntry, ...]]:
    """Return the trees of some versions. Three queries, however many versions and rows."""
    return _trees(versions, _links(versions).select_related("indicator"))


def _links(versions: Sequence[FrameworkVersion]) -> QuerySet[StandardIndicator]:
    links = StandardIndicator.objects.filter(standard__framework_version__in=versions)
    return links.order_by("indicator__position", "indicator")


def _trees(
    versions: Sequence[FrameworkVersion], links: Iterable[StandardIndicator]
) -> dict[UUID, tuple[NodeEntry, ...]]:
    nodes: dict[UUID, Children] = {version.pk: defaultdict(list) for version in versions}
    for node in Node.objects.filter(framework_version__in=versions):
        nodes[node.framework_version_id][node.parent_id].append(node)
    standards = _standards_of(versions, links)
    return {pk: _children(None, children, standards) for pk, children in nodes.items()}


def with_parts(version: FrameworkVersion) -> QuerySet[Standard]:
    """Return the version's standards with methods and indicators. Four queries."""
    return version.standards.prefetch_related("methods", "indicator_links__indicator")


def standard_entry(standard: Standard) -> StandardEntry:
    """Return one standard with its methods and the names of its indicators."""
    methods = [
        _method(each.method, each.weight, each.requirement) for each in standard.methods.all()
    ]
    indicators = [link.indicator for link in standard.indicator_links.all()]
    ordered = sorted(indicators, key=lambda each: (each.position, each.pk))
    return _entry(standard, methods, [each.name for each in ordered])


def _standards_of(
    versions: Sequence[FrameworkVersion], links: Iterable[StandardIndicator]
) -> Standards:
    names: dict[UUID, list[str]] = defaultdict(list)
    for link in links:
        names[link.standard_id].append(link.indicator.name)
    rows = Standard.objects.filter(framework_version__in=versions).annotate(
        method=F("methods__method"),
        method_weight=F("methods__weight"),
        requirement=F("methods__requirement"),
    )
    standards: Standards = defaultdict(list)
    for _pk, group in groupby(rows.order_by("position", "pk"), key=attrgetter("pk")):
        found = list(group)
        methods = [
            _method(row.method, row.method_weight, row.requirement) for row in found if row.method
        ]
        entry = _entry(found[0], methods, names[found[0].pk])
        standards[found[0].node_id].append(entry)
    return standards


def _children(
    parent_id: UUID | None, nodes: Children, standards: Standards
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


def _entry(standard: Standard, methods: list[MethodEntry], indicators: list[str]) -> StandardEntry:
    return StandardEntry(
        code=standard.code,
        text=standard.text,
        weight=standard.weight,
        window_months=standard.window_months,
        owner_hints=tuple(standard.owner_hints),
        source=standard.source,
        methods=tuple(sorted(methods, key=lambda each: METHOD_ORDER[each.method])),
        indicators=tuple(indicators),
    )


def _method(method: str, weight: Decimal | None, requirement: str) -> MethodEntry:
    return MethodEntry(method=Method(method), weight=weight, requirement=requirement)


def _indicator_entries(links: Iterable[StandardIndicator]) -> tuple[IndicatorEntry, ...]:
    """Return the linked indicators and those that may take their place."""
    linked = [link.indicator for link in links]
    named = {
        each.pk: each
        for indicator in linked
        for each in (indicator, indicator.alternative_of)
        if each is not None
    }
    indicators = sorted(named.values(), key=lambda each: (each.position, each.pk))
    prefetch_related_objects(indicators, "references", "clauses")
    return indicator_entries(indicators)


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
