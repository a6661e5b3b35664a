"""A document as the rows of its tables."""

from collections.abc import Iterator
from decimal import Decimal

from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.enums import Level
from chuangwen.framework.exchange.layout import (
    CLAUSES,
    FRAMEWORK,
    INDICATORS,
    LINKS,
    METHODS,
    NODES,
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
