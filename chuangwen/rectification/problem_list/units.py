"""Units of rows by the names in their cells; unknown names are told once each, with every cell."""

from collections import defaultdict

from chuangwen.kit import clock
from chuangwen.kit.errors import Problems
from chuangwen.people.models import Unit
from chuangwen.rectification.problem_list.columns import Column
from chuangwen.rectification.problem_list.drafts import Defaults, Draft
from chuangwen.rectification.problem_list.known import Known
from chuangwen.rectification.problem_list.layout import GivenRow, ProblemSheet
from chuangwen.rectification.problem_list.naming import NamedUnits, spellings, units_in

MOST_PLACES = 5
MOST_NAMES = 20


def names_in(row: GivenRow) -> list[str]:
    """Return every spelling under which the units of a row are looked up."""
    led = units_in(row.text(Column.LEAD))
    helping = units_in(row.text(Column.SUPPORTING), are_supporting=True)
    names = [
        one for name in (*led.lead, *led.supporting, *helping.supporting)
        for one in (*spellings(name), *name.split(" "))
    ]  # fmt: skip
    return [*names, row.text(Column.LEAD), row.text(Column.AREA)]


class UnitReader:
    """Finds the units of rows, and gathers the names that nobody knows."""

    def __init__(self, known: Known, defaults: Defaults, problems: Problems) -> None:
        self.known, self.defaults, self.problems = known, defaults, problems
        self.unknown: dict[str, list[str]] = defaultdict(list)
        self.day = clock.today()

    def read(self, row: GivenRow, sheet: ProblemSheet, draft: Draft) -> None:
        """Put the units of a row into its draft."""
        missing: list[str] = []
        partly: list[str] = []
        whole = self.known.units.get(row.text(Column.LEAD))
        named = NamedUnits([row.text(Column.LEAD)]) if whole else units_in(row.text(Column.LEAD))
        more = units_in(row.text(Column.SUPPORTING), are_supporting=True)
        leads = self._units(named.lead, row, Column.LEAD, missing, partly)
        helpers = self._units(named.supporting, row, Column.LEAD, missing, partly)
        helpers += self._units(more.supporting, row, Column.SUPPORTING, missing, partly)
        if leads:
            draft.lead = leads[0]
        chosen = dict.fromkeys([*leads[1:], *helpers])
        draft.supporting = tuple(unit for unit in chosen if unit != draft.lead)[:MOST_NAMES]
        if missing or partly or draft.supporting:
            written = ((column, row.text(column)) for column in (Column.LEAD, Column.SUPPORTING))
            draft.kept += [(sheet.title(column), text) for column, text in written if text]
        if missing:
            draft.notes.append(f"单位“{'、'.join(missing)[:60]}”不在单位名录里，原文留在详情")
        if partly:
            draft.notes.append(f"单位“{'、'.join(partly)[:60]}”只认出一部分，原文留在详情")
        self._read_area(row, sheet, draft)

    def tell(self) -> None:
        """Note each unknown name with the cells that have it and the names that look like it."""
        for name, places in self.unknown.items():
            where = "、".join(places[:MOST_PLACES])
            if len(places) > MOST_PLACES:
                where += f"等 {len(places)} 处"
            near = self.known.near(name)
            remedy = f"是不是“{'”或“'.join(near)}”？" if near else ""
            self.problems.add(
                where, f"单位名录里没有“{name[:40]}”。",
                f"{remedy}请改正，或在“单位”中为它加别名；也可以勾选“认不出的单位先留空”。",
            )  # fmt: skip

    def _units(
        self, names: list[str], row: GivenRow, column: Column, missing: list[str], partly: list[str]
    ) -> list[Unit]:
        found: list[Unit] = []
        for name in names:
            pieces = [self._open_unit(piece) for piece in name.split(" ")]
            unit = next(filter(None, map(self._open_unit, spellings(name))), None)
            if len(pieces) > 1 and all(pieces):
                found += [piece for piece in pieces if piece is not None]
            elif unit is not None:
                found.append(unit)
                if self._open_unit(name) is None:
                    partly.append(name)
            elif self.defaults.leaves_units_open:
                missing.append(name)
            else:
                self.unknown[name].append(row.place(column))
        return found

    def _open_unit(self, name: str) -> Unit | None:
        unit = self.known.units.get(name)
        return unit if unit is not None and unit.is_open(self.day) else None

    def _read_area(self, row: GivenRow, sheet: ProblemSheet, draft: Draft) -> None:
        written = row.text(Column.AREA)
        draft.area = self._open_unit(written)
        if written and draft.area is None:
            draft.kept.append((sheet.title(Column.AREA), written))
