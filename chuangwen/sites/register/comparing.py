"""What a file would change: which rows are new sites, which change one, what stands against it."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from chuangwen.framework.enums import SiteShape
from chuangwen.framework.models import SiteType
from chuangwen.kit.errors import Problems
from chuangwen.kit.ids import new_id
from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.sites.enums import SiteDutyKind, SiteState
from chuangwen.sites.facts import degrees
from chuangwen.sites.geometry import Shape
from chuangwen.sites.numbering import DIGITS
from chuangwen.sites.register.cells import Reader
from chuangwen.sites.register.columns import Column
from chuangwen.sites.register.reading import GivenRow
from chuangwen.sites.register.state import FACTS, Held, Register, Stored, empty_facts

SAME_PLACE = Decimal("0.0000004")  # what a round trip through GCJ-02 may move a point: 4 cm
_LINES = {
    "name": Column.NAME, "address": Column.ADDRESS, "telephone": Column.TELEPHONE,
    "note": Column.NOTE,
}  # fmt: skip


@dataclass(frozen=True)
class NewDuty:
    """Who answers from today on; `former` is the duty that ends."""

    site_id: uuid.UUID
    kind: SiteDutyKind
    unit: Unit
    holder: str
    former: Held | None


@dataclass
class Changes:
    """Everything that an import will write, in the order of the file.

    `namesakes`: the code of a site of the register that has the name and type of a new one.
    """

    made: list[Stored] = field(default_factory=list)
    edited: list[Stored] = field(default_factory=list)
    told: dict[uuid.UUID, dict[str, list[Any]]] = field(default_factory=dict)
    duties: list[NewDuty] = field(default_factory=list)
    unchanged: int = 0
    namesakes: dict[uuid.UUID, str] = field(default_factory=dict)


class Comparison:
    """Goes through the rows once; `register` is consumed."""

    def __init__(self, reader: Reader, register: Register) -> None:
        self.reader, self.register = reader, register
        self.changes = Changes()
        self.lines: dict[uuid.UUID, int] = {}
        self._by_name: dict[tuple[str, uuid.UUID], list[Stored]] = defaultdict(list)
        for site in register.sites.values():
            if site.state == SiteState.OPEN:
                self._by_name[name_key(site.facts["name"]), site.facts["site_type"]].append(site)
        self._next: dict[uuid.UUID, int] = {}

    @property
    def problems(self) -> Problems:
        """What stands against the import."""
        return self.reader.problems

    def take(self, rows: Iterable[GivenRow]) -> None:
        """Compare some rows; call it with all of them, in order, in as many parts as wanted."""
        for row in rows:
            self._row(row)

    def _row(self, row: GivenRow) -> None:
        before = len(self.problems.found)
        code, site_type = self.reader.line(row, Column.CODE), self.reader.site_type(row)
        given, shape = self._given(row, site_type)
        units = {
            column: self.reader.unit(row, column)
            for column in (Column.AREA, Column.OWNER, Column.HEAD_UNIT)
        }
        if area := units[Column.AREA]:
            given["area"] = area.pk
        stored = self._stored(row, code, given, site_type)
        if len(self.problems.found) > before:
            return
        is_new = stored is None
        site = stored or self._made(code, site_type)
        _measure_by(shape, site, given)
        if not self._is_first(row, site) or not self._is_possible(row, site, given):
            return
        changed = self._change(site, given)
        answers = self._duties(row, site, units)
        if is_new:
            self.changes.made.append(site)
            self._note_namesakes(site)
        elif changed or answers:
            self.changes.edited.append(site)
            self.changes.told[site.pk] = {**changed, **answers}
        else:
            self.changes.unchanged += 1

    def _given(
        self, row: GivenRow, site_type: SiteType | None
    ) -> tuple[dict[str, Any], Shape | None]:
        """Return the facts of the filled cells, and the line or ground to measure."""
        read = self.reader
        given: dict[str, Any] = {name: read.line(row, column) for name, column in _LINES.items()}
        given["site_type"] = site_type.pk if site_type else None
        shape, point = read.shape(row), read.point(row)
        if shape is not None:
            point = point or shape.middle
            given["geometry"] = shape.geojson
        if point is not None:
            given["longitude"], given["latitude"] = map(degrees, point)
            given["datum"] = read.datum.value
        length, ground = read.measure(row, Column.LENGTH), read.measure(row, Column.GROUND)
        given["length_metres"], given["area_square_metres"] = length, ground
        given["importance"] = read.importance(row)
        given["is_demonstration"] = read.demonstration(row)
        return {name: value for name, value in given.items() if value is not None}, shape

    def _stored(
        self, row: GivenRow, code: str | None, given: dict[str, Any], site_type: SiteType | None
    ) -> Stored | None:
        """Return the site that the row is about: by its code, else by name and type."""
        if code is not None:
            found = self.register.by_code.get(code)
            if found is not None and found.state == SiteState.MERGED:
                what = f"“{code}”已合并到别的点位。"
                self.problems.add(row.place(Column.CODE), what, "请删除这一行。")
            if found is None:
                self._require_new(row, given)
            return found
        self._require_new(row, given)
        if site_type is None or "name" not in given:
            return None
        same = self._by_name[name_key(given["name"]), site_type.pk]
        if len(same) > 1:
            what = f"已有 {len(same)} 个同名同类的点位，不知道是哪一个。"
            self.problems.add(row.place(Column.CODE), what, "请填写点位编号。")
        return same[0] if same else None

    def _note_namesakes(self, site: Stored) -> None:
        """A register under other codes would double every site: whoever confirms must see it."""
        same = self._by_name.get((name_key(site.facts["name"]), site.facts["site_type"]))
        if same:
            self.changes.namesakes[site.pk] = same[0].facts["code"]

    def _require_new(self, row: GivenRow, given: dict[str, Any]) -> None:
        for name, column in (("name", Column.NAME), ("site_type", Column.TYPE)):
            if name not in given and column not in row.cells:
                what = "是空的。"
                self.problems.add(row.place(column), what, f"新点位请填写{column.title}。")

    def _made(self, code: str | None, site_type: SiteType | None) -> Stored:
        assert site_type is not None  # noqa: S101 - a row without a type has its problem noted
        site = Stored(new_id(), empty_facts(), SiteState.OPEN.value, 1)
        site.facts["code"] = code or self._free_code(site_type)
        self.register.add(site)
        return site

    def _free_code(self, site_type: SiteType) -> str:
        number = self._next.get(site_type.pk) or self.register.count_of(site_type.pk) + 1
        while (code := f"{site_type.code}-{number:0{DIGITS}}") in self.register.by_code:
            number += 1
        self._next[site_type.pk] = number + 1
        return code

    def _is_first(self, row: GivenRow, site: Stored) -> bool:
        first = self.lines.setdefault(site.pk, row.line)
        if first != row.line:
            what = f"与第 {first} 行是同一点位。"
            self.problems.add(row.place(Column.CODE), what, "请只保留一行，或填写不同的编号。")
        return first == row.line

    def _is_possible(self, row: GivenRow, site: Stored, given: dict[str, Any]) -> bool:
        """A telephone check is nowhere, before and after."""
        type_id = given.get("site_type", site.facts["site_type"])
        shape = self.register.shapes.get(type_id)
        placed = given.get("longitude", site.facts["longitude"])
        if shape == SiteShape.TELEPHONE and placed is not None:
            what = "电话测评的点位没有坐标。"
            self.problems.add(row.place(Column.LONGITUDE), what, "请去掉坐标，或改正类型。")
            return False
        return True

    def _change(self, site: Stored, given: dict[str, Any]) -> dict[str, list[Any]]:
        """Put what is given into the site; an empty cell keeps what is stored."""
        if _is_near(site.facts, given):
            for name in ("longitude", "latitude", "datum"):
                given.pop(name)
        if _is_same_line(site.facts["geometry"], given.get("geometry")):
            given.pop("geometry")
        changed = {}
        for name in FACTS:
            if name in given and given[name] != site.facts[name]:
                changed[name] = [
                    self.register.told(name, one) for one in (site.facts[name], given[name])
                ]
                site.facts[name] = given[name]
        if set(changed) == {"datum"}:  # the same place, written otherwise
            changed = {}
        return changed

    def _duties(
        self, row: GivenRow, site: Stored, units: dict[Column, Unit | None]
    ) -> dict[str, list[Any]]:
        """Note who answers from today on, where it differs from who does."""
        holder = self.reader.line(row, Column.HEAD) or ""
        head = units[Column.HEAD_UNIT] or (units[Column.OWNER] if holder else None)
        changed = {}
        for kind, unit, name in (
            (SiteDutyKind.OWNER, units[Column.OWNER], ""),
            (SiteDutyKind.SITE_HEAD, head, holder),
        ):
            held = self.register.duties.get((site.pk, kind))
            same = held and unit and held.unit_id == unit.pk and (not name or held.holder == name)
            if unit is None or same:
                continue
            if (site.pk, kind) in self.register.ahead:
                column = Column.OWNER if kind == SiteDutyKind.OWNER else Column.HEAD_UNIT
                what = f"“{site.facts['name']}”的{kind.label}已定好以后更换。"
                self.problems.add(row.place(column), what, "请先在点位页结束那一项，或留空。")
                continue
            former = held.unit_name if held else None
            self.changes.duties.append(NewDuty(site.pk, kind, unit, name, held))
            changed[kind.value] = [former, unit.name]
        return changed


def _is_near(facts: dict[str, Any], given: dict[str, Any]) -> bool:
    if facts["longitude"] is None or "longitude" not in given:
        return False
    return all(abs(facts[name] - given[name]) <= SAME_PLACE for name in ("longitude", "latitude"))


def _is_same_line(stored: dict[str, Any] | None, given: dict[str, Any] | None) -> bool:
    if stored is None or given is None or stored["type"] != given["type"]:
        return False
    one, other = _flat(stored["coordinates"]), _flat(given["coordinates"])
    return len(one) == len(other) and all(
        abs(a - b) <= float(SAME_PLACE) for a, b in zip(one, other, strict=True)
    )


def _flat(places: Sequence[Any]) -> list[float]:
    if places and isinstance(places[0], list):
        return [number for place in places for number in _flat(place)]
    return list(places)


def _measure_by(shape: Shape | None, site: Stored, given: dict[str, Any]) -> None:
    """Take the length and the ground from a new shape, unless the file says them; what was
    entered by hand for a site that had no shape yet stays."""
    if shape is None or _is_same_line(site.facts["geometry"], shape.geojson):
        return
    for name, measured in (
        ("length_metres", shape.length_metres),
        ("area_square_metres", shape.area_square_metres),
    ):
        is_by_hand = site.facts[name] is not None and site.facts["geometry"] is None
        if name not in given and measured and not is_by_hand:
            given[name] = _tenth(measured)


def _tenth(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.1f}")
