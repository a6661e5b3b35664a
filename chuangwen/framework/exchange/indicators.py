"""Reading indicators with their clauses."""

from collections import defaultdict

from chuangwen.framework.definitions import cleaned_definition
from chuangwen.framework.document import ClauseEntry, IndicatorEntry
from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind
from chuangwen.framework.exchange.cells import Cells
from chuangwen.framework.exchange.layout import CLAUSES, INDICATORS, Tables
from chuangwen.framework.wording import clean_line
from chuangwen.kit.errors import Invalid, Problems


def read_indicators(tables: Tables, problems: Problems) -> tuple[IndicatorEntry, ...]:
    """Return the indicators in the order of the rows; note what is no good definition."""
    clauses = _read_clauses(tables, problems)
    read: dict[str, tuple[Cells, IndicatorEntry]] = {}
    for row in tables.get(INDICATORS.key, []):
        cells = Cells(row, problems)
        entry = _read_indicator(cells, clauses)
        if entry is None:
            continue
        if entry.name in read:
            cells.note("name", f"“{entry.name}”重复。", "请在名称中写明区别。")
        read.setdefault(entry.name, (cells, entry))
    known = set(written_names(tables))
    for cells, entry in read.values():
        if entry.alternative_of and entry.alternative_of not in known:
            what = f"“指标”中没有“{entry.alternative_of}”。"
            cells.note("alternative_of", what, "请检查名称。")
    _note_orphans(tables, problems)
    return tuple(entry for _cells, entry in read.values())


def _read_indicator(cells: Cells, clauses: dict[str, list[ClauseEntry]]) -> IndicatorEntry | None:
    kind = cells.choice("kind", IndicatorKind)
    if kind is None and not cells.raw("kind").strip():
        cells.note("kind", "没有填写。", f"请填 {'、'.join(IndicatorKind.labels)} 之一。")
    name = cells.line("name", longest=200, required=True)
    unit = cells.line("unit", longest=20)
    entry = IndicatorEntry(
        name=name,
        kind=kind or IndicatorKind.QUALITATIVE,
        operator=cells.choice("operator", Operator),
        value=cells.percent("value") if unit == "%" else cells.number("value", unit=unit),
        unit=unit,
        scope=cells.line("scope", longest=200),
        text=cells.text("text"),
        source=cells.line("source", longest=300),
        references=cells.choices("references", ReferenceKind),
        alternative_of=cells.line("alternative_of", longest=200),
        clauses=tuple(clauses[name]),
    )
    if kind is None or not name:
        return None
    try:
        return cleaned_definition(entry)
    except Invalid as error:
        if error.field in {"kind", "alternative_of"}:  # longer texts were noted by their cells
            cells.note(error.field, error.message, "")
        return None


def _read_clauses(tables: Tables, problems: Problems) -> dict[str, list[ClauseEntry]]:
    clauses: dict[str, list[ClauseEntry]] = defaultdict(list)
    for row in tables.get(CLAUSES.key, []):
        cells = Cells(row, problems)
        clause = ClauseEntry(
            source=cells.line("source", longest=300, required=True),
            text=cells.text("text", required=True),
        )
        own = clauses[cells.line("indicator", longest=200, required=True)]
        if clause.source in {each.source for each in own}:
            cells.note("source", f"“{clause.source}”重复。", "请合并为一行。")
        own.append(clause)
    return clauses


def written_names(tables: Tables) -> list[str]:
    """Return the names of all rows, those with mistakes too, so that one mistake is noted once."""
    return [clean_line(row.cells.get("name", "")) for row in tables.get(INDICATORS.key, [])]


def _note_orphans(tables: Tables, problems: Problems) -> None:
    known = set(written_names(tables))
    for row in tables.get(CLAUSES.key, []):
        cells = Cells(row, problems)
        name = cells.line("indicator", longest=200)
        if name and name not in known:
            cells.note("indicator", f"“指标”中没有“{name}”。", "请检查名称。")
