"""A version's rows as a tree to print."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from chuangwen.framework.enums import Level
from chuangwen.framework.models import Node, Standard
from chuangwen.framework.wording import plain_number


@dataclass
class Branch:
    """An entry with what stands below it."""

    node: Node
    children: list["Branch"] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)

    @property
    def is_content(self) -> bool:
        """Whether standards may stand here."""
        return self.node.level == Level.CONTENT

    @property
    def count(self) -> int:
        """The number of standards below."""
        return len(self.standards) + sum(child.count for child in self.children)

    @property
    def weight(self) -> str:
        """The sum of the weights below; empty while one of them is not known."""
        total = self._sum()
        return "" if total is None or not self.count else plain_number(total)

    def _sum(self) -> Decimal | None:
        parts = [each.weight for each in self.standards] + [each._sum() for each in self.children]
        known = [part for part in parts if part is not None]
        return sum(known, Decimal(0)) if len(known) == len(parts) else None


def branches_of(
    nodes: Iterable[Node], standards: Iterable[Standard], *, pruned: bool
) -> list[Branch]:
    """Return the Ⅰ entries with everything below; `pruned` leaves out those without a standard."""
    branches = {node.pk: Branch(node) for node in nodes}
    below: dict[uuid.UUID | None, list[Branch]] = defaultdict(list)
    for branch in branches.values():
        below[branch.node.parent_id].append(branch)
    for standard in standards:
        branches[standard.node_id].standards.append(standard)
    for pk, branch in branches.items():
        branch.children = below[pk]
    if not pruned:
        return below[None]
    for branch in branches.values():
        branch.children = [child for child in branch.children if child.count]
    return [branch for branch in below[None] if branch.count]
