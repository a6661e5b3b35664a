"""A framework version as plain data: what is imported, exported, copied and compared.

Texts are cleaned, methods and references stand in the order of their enums; two documents with
the same content are equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from chuangwen.framework.checklist_document import ChecklistEntry, SiteTypeEntry
from chuangwen.framework.enums import IndicatorKind, Method, Operator, ReferenceKind, Standing


@dataclass(frozen=True, kw_only=True)
class MethodEntry:
    """One way of assessing a standard; `weight` is None while it is not known."""

    method: Method
    weight: Decimal | None = None
    requirement: str = ""


@dataclass(frozen=True, kw_only=True)
class StandardEntry:
    """A numbered standard. `indicators` are names of indicators of the same document."""

    code: str
    text: str
    weight: Decimal | None = None
    window_months: int | None = None
    owner_hints: tuple[str, ...] = ()
    source: str = ""
    methods: tuple[MethodEntry, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NodeEntry:
    """Ⅰ, Ⅱ or Ⅲ by its depth; only Ⅲ has standards."""

    code: str
    title: str
    children: tuple["NodeEntry", ...] = ()
    standards: tuple[StandardEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClauseEntry:
    """A further place that names an indicator."""

    source: str
    text: str


@dataclass(frozen=True, kw_only=True)
class IndicatorEntry:
    """An indicator's definition; `alternative_of` names another indicator of the document."""

    name: str
    kind: IndicatorKind
    operator: Operator | None = None
    value: Decimal | None = None
    unit: str = ""
    scope: str = ""
    text: str = ""
    source: str = ""
    references: tuple[ReferenceKind, ...] = ()
    alternative_of: str = ""
    clauses: tuple[ClauseEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FrameworkDocument:
    """One whole version with the indicators and the site types that it names."""

    name: str
    standing: Standing
    label: str
    source: str = ""
    note: str = ""
    nodes: tuple[NodeEntry, ...] = ()
    indicators: tuple[IndicatorEntry, ...] = ()
    site_types: tuple[SiteTypeEntry, ...] = ()
    checklists: tuple[ChecklistEntry, ...] = ()

    def walk(self) -> Iterator[tuple[int, NodeEntry, NodeEntry | None]]:
        """Yield (level from 1, node, parent), parents first, in document order."""
        yield from walk(self.nodes)


def walk(
    nodes: tuple[NodeEntry, ...], level: int = 1, parent: NodeEntry | None = None
) -> Iterator[tuple[int, NodeEntry, NodeEntry | None]]:
    """Yield (level, node, parent) of a tree, parents first, in order."""
    for node in nodes:
        yield level, node, parent
        yield from walk(node.children, level + 1, node)
