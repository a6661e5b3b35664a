"""Reading a YAML file into rows with line numbers. All scalars are text: code 1.10 stays 1.10."""

from collections import defaultdict

import yaml

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
    Row,
    Table,
    Tables,
)
from chuangwen.framework.exchange.yaml_parsing import parse_yaml
from chuangwen.framework.exchange.yaml_writing import FORMAT
from chuangwen.kit.errors import Problems

LISTS = {
    FRAMEWORK: ("nodes", "indicators", "site_types", "checklists"),
    NODES: ("nodes", "standards"),
    STANDARDS: ("methods", "indicators"),
    METHODS: (),
    INDICATORS: ("clauses",),
    CLAUSES: (),
    SITE_TYPES: (),
    CHECKLISTS: ("groups",),
    GROUPS: ("lines",),
    LINES: (),
}
JOINED = {"owner_hints", "references"}


def read_yaml(content: bytes, problems: Problems) -> Tables:
    """Return the rows of the file. Raises Invalid when it is no YAML at all."""
    reader = _Reader(problems)
    root = parse_yaml(content)
    row, lists = reader.mapping(root, FRAMEWORK, {})
    if reader.format != FORMAT:
        where = f"第 {root.start_mark.line + 1} 行“format”"
        problems.add(where, f"应为“{FORMAT}”。", "请用本系统导出的文件作样板。")
    if row:
        reader.nodes(lists["nodes"], "", Level.PROJECT)
        for item in reader.items(lists["indicators"]):
            reader.indicator(item)
        for item in reader.items(lists["site_types"]):
            reader.mapping(item, SITE_TYPES, {})
        for item in reader.items(lists["checklists"]):
            reader.checklist(item)
    return reader.tables


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.tables: Tables = defaultdict(list)
        self.format = ""

    def nodes(self, sequence: yaml.Node | None, parent: str, level: int) -> None:
        for item in self.items(sequence):
            row, lists = self.mapping(item, NODES, {"level": str(level), "parent": parent})
            if row is None:
                continue
            code = row.cells.get("code", "")
            self.nodes(lists["nodes"], code, level + 1)
            for standard in self.items(lists["standards"]):
                self.standard(standard, code)

    def standard(self, item: yaml.Node, node: str) -> None:
        row, lists = self.mapping(item, STANDARDS, {"node": node})
        if row is None:
            return
        code = row.cells.get("code", "")
        for method in self.items(lists["methods"]):
            self.mapping(method, METHODS, {"standard": code})
        for name in self.items(lists["indicators"]):
            cells = {"standard": code, "indicator": self.scalar(name)}
            self.tables[LINKS.key].append(Row(LINKS, _line(name), cells))

    def indicator(self, item: yaml.Node) -> None:
        row, lists = self.mapping(item, INDICATORS, {})
        if row is None:
            return
        for clause in self.items(lists["clauses"]):
            self.mapping(clause, CLAUSES, {"indicator": row.cells.get("name", "")})

    def checklist(self, item: yaml.Node) -> None:
        row, lists = self.mapping(item, CHECKLISTS, {})
        if row is None:
            return
        own = {"site_type": row.cells.get("site_type", "")}
        for group in self.items(lists["groups"]):
            group_row, group_lists = self.mapping(group, GROUPS, own)
            if group_row is None:
                continue
            title = group_row.cells.get("title", "")
            for line in self.items(group_lists["lines"]):
                self.mapping(line, LINES, {**own, "group": title})

    def mapping(
        self, node: yaml.Node, table: Table, given: dict[str, str]
    ) -> tuple[Row | None, dict[str, yaml.Node | None]]:
        """Add a row of scalar cells; return it with the lists that stand beside them."""
        lists: dict[str, yaml.Node | None] = dict.fromkeys(LISTS[table])
        if not isinstance(node, yaml.MappingNode):
            self.problems.add(_line(node), "这里应是“字段: 内容”。", "请检查缩进。")
            return None, lists
        row = Row(table, _line(node), dict(given))
        allowed = {column.key for column in table.columns} - set(given)
        for key_node, value in node.value:
            key = self.scalar(key_node)
            if key in row.places or (key in lists and lists[key] is not None):
                self.problems.add(_line(key_node), f"字段“{key}”写了两次。", "请合并。")
            elif key in lists:
                lists[key] = value
            elif key in allowed:
                row.places[key] = _line(value)
                row.cells[key] = self.cell(key, value)
            elif table is FRAMEWORK and key == "format":
                self.format = self.scalar(value)
            else:
                known = "、".join(sorted(allowed | set(lists)))
                self.problems.add(_line(key_node), f"不认识的字段“{key}”。", f"可用：{known}。")
        self.tables[table.key].append(row)
        return row, lists

    def cell(self, key: str, node: yaml.Node) -> str:
        if key in JOINED and isinstance(node, yaml.SequenceNode):
            return "、".join(self.scalar(item) for item in node.value)
        return self.scalar(node)

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None or (isinstance(node, yaml.ScalarNode) and not self.scalar(node)):
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.problems.add(_line(node), "这里应是以“- ”开头的列表。", "请检查缩进。")
        return []

    def scalar(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add(_line(node), "这里应是一个文字或数字。", "请检查缩进。")
            return ""
        is_null = node.style is None and node.value in {"~", "null"}
        return "" if is_null else str(node.value)


def _line(node: yaml.Node) -> str:
    return f"第 {node.start_mark.line + 1} 行"
