"""What a single cell may hold, and what to tell the clerk when it does not."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from chuangwen.framework.models import SiteType
from chuangwen.framework.wording import clean_line, read_number
from chuangwen.kit.errors import Invalid, Problems
from chuangwen.kit.spreadsheets import REMEDY, CellError
from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.people.queries.names import FoundName
from chuangwen.sites.coordinates import Point, read_point, require_in_china, to_wgs84
from chuangwen.sites.enums import Datum, Importance
from chuangwen.sites.facts import LARGEST_AREA, LARGEST_LENGTH
from chuangwen.sites.geometry import Shape, read_shape
from chuangwen.sites.register.columns import Column
from chuangwen.sites.register.reading import GivenRow, text

T = TypeVar("T")
_IMPORTANCE = {
    **{one.label: one for one in Importance},
    **{str(one.value): one for one in Importance},
}
_IMPORTANCE_REMEDY = f"请改为：{'、'.join(map(str, Importance.labels))}。"
_YES_NO = {
    **dict.fromkeys(("是", "示范", "示范点位", "1", "TRUE", "√"), True),
    **dict.fromkeys(("否", "0", "FALSE", "×"), False),
}
_LONGEST = {
    Column.CODE: 40, Column.NAME: 100, Column.ADDRESS: 200, Column.TELEPHONE: 40,
    Column.HEAD: 60, Column.NOTE: 2_000,
}  # fmt: skip
_PLACE = (Column.LONGITUDE, Column.LATITUDE)


@dataclass
class Reader:
    """Reads the cells of rows; what is wrong goes into `problems`, and reads as None."""

    datum: Datum
    types: Mapping[str, SiteType]  # by comparable name and by code
    units: Mapping[str, FoundName]
    problems: Problems

    def line(self, row: GivenRow, column: Column) -> str | None:
        """Return a text; None when the cell is empty."""
        value = self._cell(row, column)
        if value is None:
            return None
        if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
            what = f"表格软件把内容变成了日期或时间“{value}”。"
            self.problems.add(row.place(column), what, "请把这一列设为“文本”格式，重新填写。")
            return None
        written = clean_line(text(value))
        if len(written) > _LONGEST[column]:
            what = f"有 {len(written)} 字，最多 {_LONGEST[column]} 字。"
            self.problems.add(row.place(column), what, "请缩短。")
            return None
        return written or None

    def site_type(self, row: GivenRow) -> SiteType | None:
        """Return the type by its name or code."""
        value = self._cell(row, Column.TYPE)
        if value is None:
            return None
        found = self.types.get(name_key(text(value)))
        if found is None:
            what = f"没有点位类型“{text(value)[:40]}”。"
            self.problems.add(row.place(Column.TYPE), what, "请改为测评体系中的类型名称。")
        return found

    def unit(self, row: GivenRow, column: Column) -> Unit | None:
        """Return the unit by its name or an alias."""
        value = self._cell(row, column)
        if value is None:
            return None
        found = self.units[text(value)].unit
        if found is None:
            what = f"单位名录中没有“{text(value)[:40]}”。"
            remedy = "请检查名称，或先在单位名录中新建、添加别名。"
            self.problems.add(row.place(column), what, remedy)
        return found

    def point(self, row: GivenRow) -> Point | None:
        """Return the place in WGS-84. Numbers go a short way, for there may be 100,000."""
        east, north = (self._cell(row, one) for one in _PLACE)
        if (east is None and north is None) or _has_error(row, *_PLACE):
            return None
        if isinstance(east, float) and isinstance(north, float):
            placed = Point(east, north)
            return self._tried(
                row,
                Column.LONGITUDE,
                lambda: require_in_china(to_wgs84(placed, self.datum)).rounded(),
            )
        typed = ["" if one is None else text(one) for one in (east, north)]
        column = Column.LATITUDE if north is None else Column.LONGITUDE
        return self._tried(row, column, lambda: read_point(typed[0], typed[1], self.datum))

    def shape(self, row: GivenRow) -> Shape | None:
        """Return the line or ground."""
        value = self._cell(row, Column.GEOMETRY)
        if value is None:
            return None
        return self._tried(row, Column.GEOMETRY, lambda: read_shape(text(value), self.datum))

    def measure(self, row: GivenRow, column: Column) -> Decimal | None:
        """Return a length or an area above nought."""
        value = self._cell(row, column)
        if value is None:
            return None
        unit = "米" if column is Column.LENGTH else "平方米"
        number = self._tried(row, column, lambda: read_number(text(value), unit=unit))
        largest = LARGEST_LENGTH if column is Column.LENGTH else LARGEST_AREA
        if number is not None and not 0 < number <= largest:
            what = f"“{text(value)[:30]}”无法使用。"
            self.problems.add(row.place(column), what, "请填大于 0 的数；不知道请留空。")
            return None
        return None if number is None else round(number, 1)

    def importance(self, row: GivenRow) -> Importance | None:
        """Return how important."""
        return self._chosen(row, Column.IMPORTANCE, _IMPORTANCE, _IMPORTANCE_REMEDY)

    def demonstration(self, row: GivenRow) -> bool | None:
        """Return whether it is a 示范点位."""
        return self._chosen(row, Column.DEMONSTRATION, _YES_NO, "请填“是”或“否”。")

    def _cell(self, row: GivenRow, column: Column) -> Any:
        """Return what a cell holds; None when it is empty, or holds an error, which is noted."""
        value = row.cells.get(column)
        if not isinstance(value, CellError):
            return value
        self.problems.add(f"{row.place(column)}（{value.place}）", value.what, REMEDY)
        return None

    def _chosen(
        self, row: GivenRow, column: Column, words: Mapping[str, T], remedy: str
    ) -> T | None:
        value = self._cell(row, column)
        if value is None:
            return None
        written = text(value).upper()
        if written not in words:
            self.problems.add(row.place(column), f"“{written[:20]}”看不懂。", remedy)
        return words.get(written)

    def _tried(self, row: GivenRow, column: Column, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Invalid as error:
            self.problems.add(row.place(column), error.message)
            return None


def _has_error(row: GivenRow, *columns: Column) -> bool:
    return any(isinstance(row.cells.get(one), CellError) for one in columns)


def comparable_types(types: Any) -> dict[str, SiteType]:
    """Return site types by their comparable names and codes; a name goes before a code."""
    found: dict[str, SiteType] = {}
    for one in types:
        found[name_key(one.code)] = one
    for one in types:
        found[name_key(one.name)] = one
    return found
