"""Duty tables: rows become actions and tasks, whatever the order of the columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import owners as owning
from .clauses import sentences
from .counts import direction_of
from .grids import CellRange, Grid, depth_of, refined, roles_of, years_of
from .marks import squeeze
from .model import Action, Anomaly, Deadline, Indicator, Item, Leader, Owners, Task
from .quantities import find_quantities

_COARSE = ("category", "task", "content")


@dataclass(slots=True)
class Found:
    """What a table yields."""

    actions: list[Action] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)
    texts: list[tuple[int, int]] = field(default_factory=list)  # cells to read for indicators


def read(folded: str, grid: Grid, document: str, year: int | None, first_leads: bool) -> Found:
    """Actions with tasks; rows under one merged heading cell form one action."""
    found = Found()
    head = next((row for row in range(min(5, grid.rows)) if roles_of(folded, grid, row)), None)
    if head is None:
        return found
    depth = min(depth_of(grid, head), 3)
    roles, below = refined(folded, grid, head, depth), roles_of(folded, grid, head + 1)
    if depth == 1 and len(below) > len(roles):
        head, roles = head + 1, below
    reader = _Reader(folded, grid, roles, document=document, year=year, first_leads=first_leads)
    reader.years = years_of(folded, grid, head, depth)
    for row in range(head + depth, grid.rows):
        reader.row(row)
    found.actions, found.texts = reader.actions, reader.texts
    found.indicators, found.anomalies = reader.indicators, reader.anomalies
    return found


class _Reader:
    def __init__(
        self, folded: str, grid: Grid, roles: dict[int, str], *, document: str, year: int | None,
        first_leads: bool,
    ) -> None:  # fmt: skip
        self.folded, self.grid, self.roles = folded, grid, roles
        self.document, self.year, self.first_leads = document, year, first_leads
        self.actions: list[Action] = []
        self.indicators: list[Indicator] = []
        self.texts: list[tuple[int, int]] = []
        self.anomalies: list[Anomaly] = []
        self.years: dict[int, int] = {}
        self.by_cell: dict[tuple[int, int], Action] = {}
        order = {role: index for index, role in enumerate(_COARSE)}
        self.work = sorted(
            (column for column, role in roles.items() if role in order),
            key=lambda column: (order[roles[column]], column),
        )

    def cell(self, row: int, role: str) -> CellRange | None:
        for column, name in sorted(self.roles.items()):
            if name == role and (cell := self.grid.at.get((row, column))) and cell.start < cell.end:
                return cell
        return None

    def row(self, row: int) -> None:
        cells = [self.grid.at[row, column] for column in self.work if (row, column) in self.grid.at]
        cells = [cell for cell in cells if cell.start < cell.end]
        measure = self.cell(row, "indicator")
        if measure and not ({"task", "content"} & set(self.roles.values())):
            cells.append(measure)
        if not cells:
            return
        every = self._cells_of(row)
        if len({(cell.start, cell.end) for cell in every}) == 1:  # a band across the table
            return
        start = min(cell.start for cell in every if cell.row == row or len(every) == 1)
        end = max(cell.end for cell in every if cell.row == row or len(every) == 1)
        action = self._action(row, cells, start, end)
        self._task(row, cells, action, (start, end))
        self._measured(row, measure)

    def _cells_of(self, row: int) -> list[CellRange]:
        columns = range(max(self.roles, default=0) + 2)
        return [self.grid.at[row, column] for column in columns if (row, column) in self.grid.at]

    def _action(self, row: int, cells: list[CellRange], start: int, end: int) -> Action:
        top = cells[0]
        key = (top.start, top.end)
        if (action := self.by_cell.get(key)) is None:
            title = squeeze(self.folded[top.start : top.end])
            number = self.cell(row, "number")
            first, _, second = title.partition(",")
            action = Action(
                number=squeeze(self.folded[number.start : number.end]) if number else None,
                title=title, name=first[:40], goal=second or None, document=self.document,
                heading=Item(start=top.start, end=top.end), start=min(start, top.start), end=end,
            )  # fmt: skip
            self.by_cell[key] = action
            self.actions.append(action)
        action.start, action.end = min(action.start, start), max(action.end, end)
        return action

    def _owners(self, row: int) -> tuple[Owners, Deadline | None]:
        owners, deadline = Owners(), None
        for role in ("lead", "responsible", "supporting"):
            if cell := self.cell(row, role):
                statement = owning.read_cell(
                    self.folded, cell.start, cell.end, role=role, year=self.year
                )
                if cell.row == row:
                    self.anomalies += statement.anomalies(self.document)
                owners.leaders += statement.leaders
                for mention in statement.units:
                    getattr(owners, mention.role).append(mention)
        if self.first_leads and not owners.lead and owners.responsible:
            first = owners.responsible.pop(0)
            first.role = "lead"
            owners.lead.append(first)
        if cell := self.cell(row, "leader"):
            name = squeeze(self.folded[cell.start : cell.end])
            owners.leaders.append(Leader(start=cell.start, end=cell.end, name=name))
        if cell := self.cell(row, "deadline"):
            deadline = owning.read_deadline(self.folded, cell.start, cell.end, self.year)
        return owners, deadline

    def _task(
        self, row: int, cells: list[CellRange], action: Action, span: tuple[int, int]
    ) -> None:
        owners, deadline = self._owners(row)
        last = cells[-1]
        title = cells[-2] if len(cells) > 2 else last
        steps = [
            Item(start=a, end=b)
            for a, b in sentences(self.folded, last.start, last.end)
            if b - a > 3
        ]
        number = self.cell(row, "number")
        own = number and number.row == row
        action.tasks.append(
            Task(
                number=squeeze(self.folded[number.start : number.end]) if number and own else None,
                title=_short(squeeze(self.folded[title.start : title.end])),
                start=span[0],
                end=span[1],
                document=self.document,
                sentences=steps,
                owners=owners,
                deadline=deadline,
            )
        )
        self.texts += [(cell.start, cell.end) for cell in cells if cell.row == row]
        united = [task.owners for task in action.tasks]
        action.owners, action.owners_from = _united(united), "tasks" if any(united) else "none"
        same = {tuple(unit.start for unit in one.units()) for one in united}
        if len(same) == 1 and any(united):
            action.owners_from = "own"
            action.deadline = deadline if len(united) == 1 else action.deadline

    def _measured(self, row: int, measure: CellRange | None) -> None:
        """指标 | 目标值: the name in one cell, the amount in another."""
        if measure and measure.row == row:
            self.texts.append((measure.start, measure.end))
        for column in sorted(column for column, role in self.roles.items() if role == "target"):
            target = self.grid.at.get((row, column))
            if target is None or target.start >= target.end or target.row != row:
                continue
            self.texts.append((target.start, target.end))
            if measure is None or measure is target:
                continue
            if item := _pair(self.folded, measure, target, self.document):
                if item.unit is None and (unit := self.cell(row, "unit")):
                    item.unit = squeeze(self.folded[unit.start : unit.end])
                item.year = item.year or self.years.get(column)
                self.indicators.append(item)


def _united(owners: list[Owners]) -> Owners:
    result, seen = Owners(), set[str]()
    for role in ("lead", "responsible", "supporting"):
        for one in owners:
            for unit in getattr(one, role):
                if unit.name not in seen:
                    seen.add(unit.name)
                    getattr(result, role).append(unit)
    for one in owners:
        named = {person.name for person in result.leaders}
        result.leaders += [person for person in one.leaders if person.name not in named]
    return result


def _pair(folded: str, name: CellRange, value: CellRange, document: str) -> Indicator | None:
    amounts = list(find_quantities(folded, value.start, value.end))
    title = squeeze(folded[name.start : name.end])
    unit, upper = None, None
    if not amounts:
        match = re.fullmatch(r"(≥|≤|>|<|=)?\s?(\d{1,9}(?:\.\d+)?)", folded[value.start : value.end])
        noted = re.search(r"\(([^()]{1,8})\)$", title)
        if not match:
            return None
        operator = {"≥": ">=", "≤": "<="}.get(match[1] or "=", match[1] or "=")
        number: int | float = float(match[2])
        number = int(number) if number == int(number) else number
        unit = noted[1] if noted else None
    else:
        first = amounts[0]
        number, upper, unit = first.value, first.upper, first.unit
        operator = first.operator or ("=" if upper is None else ">=")
    title = re.sub(r"\([^()]{1,8}\)$", "", title)
    return Indicator(
        start=min(name.start, value.start), end=max(name.end, value.end), name=title,
        kind="numeric", operator=operator, value=number, upper=upper, unit=unit, document=document,
        direction=direction_of(operator),
    )  # fmt: skip


def _short(title: str) -> str:
    return re.split(r"[。;:]", title, maxsplit=1)[0][:60]
