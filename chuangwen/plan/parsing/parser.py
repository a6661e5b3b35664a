"""The whole reading: text → lines → documents → outline → items → flaws."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from . import (
    documents,
    duties,
    indicators,
    lines,
    mechanisms,
    outline,
    pasted,
    phases,
    register,
    sections,
    tables,
    targets,
    timetables,
    wraps,
)
from . import grids as cells
from .duties import Duties
from .flaws import conflicts, order, plausible, slips
from .flaws import dates as flawed_dates
from .flaws import marks as flawed_marks
from .lexicon import labels
from .lines import Line
from .marks import fold
from .model import Action, Anomaly, Document, Item, PlanDocumentSet, UnitMention
from .outline import Node
from .verbatim import restore

if TYPE_CHECKING:
    from collections.abc import Callable

    from chuangwen.plan.reading.model import ReadText, Table

__all__ = ["parse"]
_YEAR = re.compile(r"(20\d{2})年")
_FIRST_PASS = 0.7  # of the work; the second begins when all documents were read


def _unheard(done: int, total: int) -> None:
    pass


def parse(
    source: ReadText | str, progress: Callable[[int, int], None] = _unheard
) -> PlanDocumentSet:
    """Structure of a campaign document.

    `progress` hears how many characters of how many are done, about; what it raises passes through.

    `source` is the text itself, or what a reader returned (text and tables). Never raises on any
    text; what cannot be read is simply not in the result. Offsets are code points into the text.
    """
    given = () if isinstance(source, str) else source.tables
    text = source if isinstance(source, str) else source.text
    folded = fold(text)
    whole = [*((table.start, table.end) for table in given), *pasted.cells_on_lines(folded)]
    cuts = wraps.cuts_of(text, folded, whole)
    plain, kept = wraps.joined(text, cuts) if cuts else (text, [])
    result = PlanDocumentSet(
        text=plain,
        format="text" if isinstance(source, str) else source.format,
        encoding=None if isinstance(source, str) else source.encoding,
    )
    shift = (lambda place: place - bisect_left(cuts, place)) if cuts else (lambda place: place)
    grids = [_grid(table, shift) for table in given]
    _read(result, fold(plain) if cuts else folded, grids, progress)
    if cuts:
        wraps.translate(result, kept, text)
    return result


def _grid(table: Table, shift: Callable[[int], int]) -> cells.Grid:
    found = [
        cells.CellRange(c.row, c.column, c.row_span, c.column_span, shift(c.start), shift(c.end))
        for row in table.rows
        for c in row
    ]
    return cells.Grid(found, shift(table.start), shift(table.end))


def _read(
    result: PlanDocumentSet,
    folded: str,
    grids: list[cells.Grid],
    progress: Callable[[int, int], None],
) -> None:
    progress(0, len(folded))
    every = lines.read_lines(folded, sorted((grid.start, grid.end) for grid in grids))
    if not grids:
        grids = pasted.grids_from_lines(folded, every)
        every = [_as_table(line, grids) for line in every]
    parts = documents.cut(folded, every)
    result.documents = documents.describe(result.text, folded, parts)
    reading = _Reading(result.text, folded, result, grids, progress)
    for document, part in zip(result.documents, parts, strict=True):
        reading.document(document, part.lines)
    reading.finish()


def _as_table(line: Line, grids: list[cells.Grid]) -> Line:
    if any(grid.start <= line.start < grid.end for grid in grids):
        return Line(line.start, line.end, "table", line.dense, line.blank_before)
    return line


class _Reading:
    """One pass over the documents of a file."""

    def __init__(
        self,
        text: str,
        folded: str,
        result: PlanDocumentSet,
        grids: list[cells.Grid],
        progress: Callable[[int, int], None],
    ) -> None:
        self.progress = progress
        self.text, self.folded, self.result, self.grids = text, folded, result, grids
        self.owners: list[UnitMention] = []
        self.flaws: list[Anomaly] = []
        self.mentions: list[Item] = []
        self.goals: dict[tuple[str, int], Item] = {}
        self.paragraphs: list[tuple[Document, int, int]] = []

    def document(self, document: Document, own: list[Line]) -> None:
        folded, result = self.folded, self.result
        year = _only_year(document, folded)
        whole = folded[document.start : document.end]
        first_leads = labels.FIRST_LEADS.search(whole) is not None
        root = outline.build(folded, own, document.start, document.end)
        assigned = duties.assign(folded, root, year, first_leads)
        listed = self._tables(document, year, first_leads)
        found = sections.read(
            folded,
            root,
            assigned,
            document.id,
            year,
            tabled=bool(listed) or document.kind == "名单",
        )
        result.areas += found.areas
        result.key_works += found.key_works
        stages, undated = phases.read(
            folded,
            root,
            found.goals,
            assigned,
            document=document.id,
            year=year,
            first_year=_first_year(document),
        )
        result.phases += stages
        result.undated += undated
        result.phases += phases.inline_stages(folded, root, stages, document.id, year)
        actions = [*found.actions, *listed]
        result.actions += actions
        self._goal_clauses(document, found.goals)
        self._indicators(document, root)
        self._statements(assigned, document, root)
        self._flaws(document, root, own, actions)

    def _tables(self, document: Document, year: int | None, first_leads: bool) -> list[Action]:
        actions: list[Action] = []
        for grid in self.grids:
            if document.start <= grid.start < document.end:
                self.result.phases += timetables.read(self.folded, grid, document.id, year)
                found = tables.read(self.folded, grid, document.id, year, first_leads)
                actions += found.actions
                self.flaws += found.anomalies
                self.result.indicators += found.indicators
                taken = [(item.start, item.end) for item in found.indicators]
                for start, end in found.texts:
                    self._read_text(document, start, end, None, taken)
                for action in found.actions:
                    for task in action.tasks:
                        self.owners += task.owners.units()
        return actions

    def _goal_clauses(self, document: Document, goals: list[Node]) -> None:
        for node in goals:
            for sub in node.walk():
                for start, end in sub.body:
                    for year, first, last in targets.year_clauses(self.folded, start, end):
                        self.goals.setdefault((document.id, year), Item(start=first, end=last))

    def _indicators(self, document: Document, root: Node) -> None:
        taken = [
            (target.start, target.end)
            for group in (*(one.targets for one in self.result.phases), self.result.undated)
            for target in group
            if target.document == document.id
        ]
        known = len(self.result.indicators)
        for node in root.walk():
            for start, end in [*node.titled(), *node.body]:
                self._read_text(document, start, end, _path(node), taken)
        years = [one for one in self.result.phases if one.kind == "year" and one.number]
        for item in self.result.indicators[known:]:  # what stands under 2024年 is for 2024
            item.year = item.year or next(
                (one.year for one in years if one.start <= item.start < one.end), None
            )

    def _read_text(
        self, document: Document, start: int, end: int, section: str | None,
        taken: list[tuple[int, int]],
    ) -> None:  # fmt: skip
        self.paragraphs.append((document, start, end))
        self.progress(int(_FIRST_PASS * end), len(self.folded))
        for item in indicators.find_indicators(self.folded, start, end, document.id, section):
            if not any(a < item.end and item.start < b for a, b in taken):
                self.result.indicators.append(item)
        self.mentions += register.mentions_in_text(self.folded, start, end)

    def _statements(self, assigned: Duties, document: Document, root: Node) -> None:
        for node in root.walk():
            for statement in assigned.statements(node):
                self.owners += statement.units
                self.flaws += statement.anomalies(document.id)

    def _flaws(
        self, document: Document, root: Node, own: list[Line], actions: list[Action]
    ) -> None:
        folded = self.folded
        dense = any(line.dense for line in own)
        bodies = [body for node in root.walk() for body in node.body]
        found = [
            *flawed_dates.find(folded, document.start, document.end),
            *flawed_marks.find(folded, bodies, dense),
            *slips.find(folded, document.start, document.end),
            *order.numbering(folded, root),
            *order.counts(folded, root),
            *order.unclear(actions),
            *plausible.strangers(document.id, [u for one in actions for u in one.owners.units()]),
        ]
        for anomaly in found:
            anomaly.document = anomaly.document or document.id
        self.flaws += found

    def finish(self) -> None:
        """What needs all documents: the register, the mechanisms, and comparisons."""
        result, folded = self.result, self.folded
        result.units, aliases = register.build(
            self.text, folded, result.documents, self.owners, self.mentions
        )
        actors = sorted(
            (item for unit in result.units for item in unit.mentions), key=lambda item: item.start
        )
        for document, start, end in self.paragraphs:
            done = _FIRST_PASS + (1 - _FIRST_PASS) * end / len(folded)
            self.progress(int(done * len(folded)), len(folded))
            inside = _between(actors, start, end)
            result.mechanisms += mechanisms.find_mechanisms(folded, start, end, document.id, inside)
        result.anomalies = sorted(
            [
                *self.flaws,
                *slips.changes(result.indicators),
                *plausible.deadlines(result.documents, result.actions, result.phases),
                *plausible.contradictions(result.indicators),
                *aliases,
                *conflicts.target_conflicts(result.phases, self.goals),
                *conflicts.indicator_conflicts(folded, result.documents, result.indicators),
                *conflicts.title_variants(folded),
            ],
            key=lambda anomaly: (anomaly.start, anomaly.end),
        )
        for anomaly in result.anomalies:
            if anomaly.document is None:
                anomaly.document = _document_at(result.documents, anomaly.start)
        result.indicators.sort(key=lambda item: item.start)
        result.mechanisms.sort(key=lambda item: item.start)
        restore(result, folded)


def _between(items: list[Item], start: int, end: int) -> list[Item]:
    first = bisect_left(items, start, key=lambda item: item.start)
    last = bisect_left(items, end, key=lambda item: item.start)
    return items[first:last]


def _document_at(found: list[Document], place: int) -> str | None:
    return next((document.id for document in found if document.start <= place < document.end), None)


def _path(node: Node) -> str | None:
    parts: list[str] = []
    current: Node | None = node
    while current and current.mark:
        parts.append(current.mark.number.rstrip("、."))
        current = current.parent
    return "".join(reversed(parts)) or None


def _first_year(document: Document) -> int | None:
    """2021 of a plan for 2021—2023."""
    span = re.search(r"(20\d{2})年?[—\-~至到]+20\d{2}", fold(document.title))
    return int(span[1]) if span else None


def _only_year(document: Document, folded: str) -> int | None:
    """The year a document is for, when its title names exactly one; else the year of its date."""
    named = set(re.findall(r"(?<!\d)(20\d{2})(?!\d)", document.title))
    if len(named) == 1:
        return int(named.pop())
    return int(document.date[:4]) if document.date and not named else None
