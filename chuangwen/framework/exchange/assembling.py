"""From rows to a document. Every bad row is reported; nothing is guessed."""

from chuangwen.framework.document import FrameworkDocument
from chuangwen.framework.enums import Standing
from chuangwen.framework.exchange.cells import Cells
from chuangwen.framework.exchange.checklists import read_checklists, read_site_types
from chuangwen.framework.exchange.indicators import read_indicators, written_names
from chuangwen.framework.exchange.layout import FRAMEWORK, NODES, Row, Tables
from chuangwen.framework.exchange.nodes import read_nodes, tree
from chuangwen.framework.exchange.standards import read_standards
from chuangwen.kit.errors import Problems


def assemble(tables: Tables, problems: Problems) -> FrameworkDocument:
    """Return the document that the rows describe.

    Raises ImportRefused with all problems, those noted before in `problems` included.
    """
    indicators = read_indicators(tables, problems)
    nodes = read_nodes(tables.get(NODES.key, []), problems)
    standards = read_standards(tables, nodes, written_names(tables), problems)
    site_types = read_site_types(tables, problems)
    codes = {each.code for group in standards.values() for each in group}
    checklists = read_checklists(tables, codes, problems)
    head = Cells(_head(tables.get(FRAMEWORK.key, []), problems), problems)
    standing = head.choice("standing", Standing)
    if standing is None and not head.raw("standing"):
        labels = "、".join(Standing.labels)
        head.note("standing", "没有填写。", f"请填 {labels} 之一。")
    document = FrameworkDocument(
        name=head.line("name", longest=200, required=True),
        standing=standing or Standing.LOCAL,
        label=head.line("label", longest=60, required=True),
        source=head.line("source", longest=300),
        note=head.text("note"),
        nodes=tree(nodes, standards),
        indicators=indicators,
        site_types=site_types,
        checklists=checklists,
    )
    problems.raise_if_any()
    return document


def _head(rows: list[Row], problems: Problems) -> Row:
    if len(rows) > 1:
        problems.add(rows[1].place, "“体系”只能有一行。", "请删去多余的行。")
    return rows[0] if rows else Row(FRAMEWORK, "“体系”第一行", {})
