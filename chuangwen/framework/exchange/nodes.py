"""Reading the rows of the tree and putting it together."""

from collections import defaultdict
from collections.abc import Mapping

from chuangwen.framework.document import NodeEntry, StandardEntry
from chuangwen.framework.enums import Level
from chuangwen.framework.exchange.cells import Cells
from chuangwen.framework.exchange.layout import Row
from chuangwen.kit.errors import Problems


class ReadNode:
    """One row of the tree as it was read."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.level = cells.choice("level", Level)
        self.code = cells.line("code", longest=40, required=True)
        self.parent = cells.line("parent", longest=40)
        self.title = cells.line("title", longest=300, required=True)


def read_nodes(rows: list[Row], problems: Problems) -> dict[str, ReadNode]:
    """Return the nodes by code, in the order of the rows; note bad codes, levels and parents."""
    nodes: dict[str, ReadNode] = {}
    for row in rows:
        node = ReadNode(Cells(row, problems))
        if node.code in nodes:
            node.cells.note("code", f"编号“{node.code}”重复。", "请换一个编号。")
        nodes.setdefault(node.code, node)
    for node in nodes.values():
        _check_parent(node, nodes)
    return nodes


def tree(
    nodes: Mapping[str, ReadNode], standards: Mapping[str, list[StandardEntry]]
) -> tuple[NodeEntry, ...]:
    """Put nodes and their standards together. Nodes with a bad parent are left out."""
    children: dict[str, list[ReadNode]] = defaultdict(list)
    for node in nodes.values():
        children["" if node.level is Level.PROJECT else node.parent].append(node)

    def below(code: str, level: int) -> tuple[NodeEntry, ...]:
        return tuple(
            NodeEntry(
                code=node.code,
                title=node.title,
                children=below(node.code, level + 1),
                standards=tuple(standards.get(node.code, ())),
            )
            for node in children[code]
            if node.level == level
        )

    return below("", Level.PROJECT)


def _check_parent(node: ReadNode, nodes: Mapping[str, ReadNode]) -> None:
    if node.level is None:
        if not node.cells.raw("level").strip():
            node.cells.note("level", "没有填写。", "请填 Ⅰ测评项目、Ⅱ指标 或 Ⅲ测评内容。")
        return
    if node.level is Level.PROJECT:
        if node.parent:
            node.cells.note("parent", "Ⅰ测评项目没有上级。", "请清空，或改正层级。")
        return
    above = Level(node.level - 1)
    if node.parent not in nodes:
        node.cells.note("parent", f"没有编号“{node.parent}”的条目。", "请检查上级编号。")
    elif nodes[node.parent].level is not above:
        node.cells.note("parent", f"“{node.parent}”不是{above.label}。", "请检查层级和上级编号。")
