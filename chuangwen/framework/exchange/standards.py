"""Reading standards with their methods and indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from chuangwen.framework.document import MethodEntry, StandardEntry
from chuangwen.framework.enums import Level, Method
from chuangwen.framework.exchange.cells import Cells
from chuangwen.framework.exchange.layout import LINKS, METHODS, STANDARDS, Row, Tables
from chuangwen.framework.exchange.nodes import ReadNode
from chuangwen.kit.errors import Problems

LARGEST_WEIGHT = Decimal("99999.9999")
LONGEST_WINDOW = 120


def read_standards(
    tables: Tables, nodes: Mapping[str, ReadNode], indicators: Sequence[str], problems: Problems
) -> dict[str, list[StandardEntry]]:
    """Return the standards by the code of their Ⅲ测评内容, in the order of the rows."""
    methods = _read_methods(tables, problems)
    links = _read_links(tables, indicators, problems)
    by_node: dict[str, list[StandardEntry]] = defaultdict(list)
    seen: set[str] = set()
    for row in tables.get(STANDARDS.key, []):
        cells = Cells(row, problems)
        node = nodes.get(cells.line("node", longest=40))
        if node is None or node.level is not Level.CONTENT:
            cells.note("node", f"“{cells.raw('node')}”不是Ⅲ测评内容的编号。", "请检查编号。")
        entry = _read_standard(cells, methods, links)
        if entry.code in seen:
            cells.note("code", f"编号“{entry.code}”重复。", "请换一个编号。")
        seen.add(entry.code)
        by_node[node.code if node else ""].append(entry)
    for table in (METHODS, LINKS):
        _note_orphans(tables.get(table.key, []), seen, problems)
    return by_node


def _read_standard(
    cells: Cells,
    methods: Mapping[str, dict[Method, MethodEntry]],
    links: Mapping[str, Iterable[str]],
) -> StandardEntry:
    code = cells.line("code", longest=40, required=True)
    own = methods.get(code, {})
    return StandardEntry(
        code=code,
        text=cells.text("text", required=True),
        weight=_read_weight(cells),
        window_months=cells.whole("window_months", largest=LONGEST_WINDOW),
        owner_hints=cells.names("owner_hints"),
        source=cells.line("source", longest=300),
        methods=tuple(own[method] for method in Method if method in own),
        indicators=tuple(links.get(code, ())),
    )


def _read_methods(tables: Tables, problems: Problems) -> dict[str, dict[Method, MethodEntry]]:
    methods: dict[str, dict[Method, MethodEntry]] = defaultdict(dict)
    for row in tables.get(METHODS.key, []):
        cells = Cells(row, problems)
        method = cells.choice("method", Method)
        if method is None:
            if not cells.raw("method").strip():
                cells.note("method", "没有填写。", f"请填 {'、'.join(Method.labels)} 之一。")
            continue
        own = methods[cells.line("standard", longest=40)]
        if method in own:
            cells.note("method", f"“{method.label}”写了两次。", "请合并为一条。")
        own[method] = MethodEntry(
            method=method, weight=_read_weight(cells), requirement=cells.text("requirement")
        )
    return methods


def _read_links(
    tables: Tables, indicators: Sequence[str], problems: Problems
) -> dict[str, list[str]]:
    order = {name: place for place, name in enumerate(indicators)}
    links: dict[str, set[str]] = defaultdict(set)
    for row in tables.get(LINKS.key, []):
        cells = Cells(row, problems)
        name = cells.line("indicator", longest=200, required=True)
        if name in order:
            links[cells.line("standard", longest=40)].add(name)
        elif name:
            cells.note("indicator", f"“指标”中没有“{name}”。", "请检查名称，或在“指标”中补上。")
    return {code: sorted(names, key=order.__getitem__) for code, names in links.items()}


def _read_weight(cells: Cells) -> Decimal | None:
    weight = cells.number("weight")
    if weight is not None and not 0 <= weight <= LARGEST_WEIGHT:
        cells.note("weight", f"“{weight}”无法使用。", f"请填 0 至 {LARGEST_WEIGHT} 的数。")
    return weight


def _note_orphans(rows: Iterable[Row], known: set[str], problems: Problems) -> None:
    for row in rows:
        cells = Cells(row, problems)
        code = cells.line("standard", longest=40)
        if code not in known:
            cells.note("standard", f"没有编号“{code}”的标准。", "请检查标准编号。")
