"""Writing the tree of a document into an empty draft: five statements a thousand rows."""

from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.models import (
    FrameworkVersion,
    Indicator,
    Node,
    Standard,
    StandardIndicator,
    StandardMethod,
)

BATCH = 500


def write_tree(version: FrameworkVersion, document: FrameworkDocument) -> dict[str, Standard]:
    """Store nodes, standards, methods and links; return the standards by code.

    The document's indicators exist already. Runs inside the caller's transaction.
    """
    nodes = _nodes(version, document)
    standards = _standards(version, document, nodes)
    Node.objects.bulk_create(nodes.values(), batch_size=BATCH)
    Standard.objects.bulk_create(standards.values(), batch_size=BATCH)
    entries = [each for _level, node, _parent in document.walk() for each in node.standards]
    StandardMethod.objects.bulk_create(
        [
            StandardMethod(
                standard=standards[entry.code],
                method=each.method,
                weight=each.weight,
                requirement=each.requirement,
            )
            for entry in entries
            for each in entry.methods
        ],
        batch_size=BATCH,
    )
    known = _indicators({name for entry in entries for name in entry.indicators})
    StandardIndicator.objects.bulk_create(
        [
            StandardIndicator(standard=standards[entry.code], indicator=known[name])
            for entry in entries
            for name in entry.indicators
        ],
        batch_size=BATCH,
    )
    return standards


def _nodes(version: FrameworkVersion, document: FrameworkDocument) -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for position, (level, entry, parent) in enumerate(document.walk()):
        nodes[entry.code] = Node(
            framework_version=version,
            parent=nodes[parent.code] if parent else None,
            level=level,
            code=entry.code,
            title=entry.title,
            position=position,
        )
    return nodes


def _standards(
    version: FrameworkVersion, document: FrameworkDocument, nodes: dict[str, Node]
) -> dict[str, Standard]:
    standards: dict[str, Standard] = {}
    for _level, node, _parent in document.walk():
        for entry in node.standards:
            standards[entry.code] = Standard(
                framework_version=version,
                node=nodes[node.code],
                code=entry.code,
                text=entry.text,
                weight=entry.weight,
                window_months=entry.window_months,
                owner_hints=list(entry.owner_hints),
                source=entry.source,
                position=len(standards),
            )
    return standards


def _indicators(names: set[str]) -> dict[str, Indicator]:
    return {each.name: each for each in Indicator.objects.filter(name__in=names)}
