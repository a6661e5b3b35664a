"""From the bytes of a spreadsheet to rows of given cells."""

from dataclasses import dataclass
from typing import Any

from chuangwen.kit.errors import Invalid
from chuangwen.people.register.sheet import first_sheet
from chuangwen.sites.enums import Datum
from chuangwen.sites.register.columns import Column, column_of, datum_name

MOST_ROWS = 60_000
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
HEADER_WITHIN = 5


@dataclass(frozen=True, slots=True)
class GivenRow:
    """The filled cells of a row, which is numbered as the spreadsheet shows it."""

    line: int
    cells: dict[Column, Any]

    def place(self, column: Column) -> str:
        """Return where a clerk finds the cell: 第 12 行“名称”."""
        return f"第 {self.line} 行“{column.title}”"


def read_rows(data: bytes, datum: Datum) -> list[GivenRow]:
    """Return the filled rows of the first sheet.

    Raises Invalid when the file is no .xlsx, its header names another datum than `datum`, it has
    no header, a column twice, no rows or too many of them.
    """
    table = first_sheet(data, subject="点位名录", most_unpacked=MOST_UNPACKED_BYTES)
    header, columns = _header(table, datum)
    rows = []
    for line, values in enumerate(table[header + 1 :], start=header + 2):
        given = {
            column: value
            for column, place in columns
            if place < len(values) and (value := _plain(values[place])) not in ("", None)
        }
        if given:
            rows.append(GivenRow(line, given))
    if not rows:
        raise Invalid("文件里没有点位。请在表头下面逐行填写点位后再导入。", field="file")
    if len(rows) > MOST_ROWS:
        raise Invalid(
            f"文件有 {len(rows)} 行，最多 {MOST_ROWS} 行。请分成几个文件导入。", field="file"
        )
    return rows


def text(value: Any) -> str:
    """Return a cell as one line of text; a code that a spreadsheet took for a number is whole."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _header(table: list[list[Any]], chosen: Datum) -> tuple[int, list[tuple[Column, int]]]:
    """Return the place of the header row and of each column in it. Titles above are passed."""
    for number, values in enumerate(table[:HEADER_WITHIN]):
        found: dict[Column, int] = {}
        for place, title in enumerate(values):
            column, datum = column_of(str(title))
            if column is None:
                continue
            if column in found:
                raise Invalid(f"表头里有两列“{column.title}”。请只保留一列。", field="file")
            if datum is not None and datum != chosen:
                raise Invalid(
                    f"表头写明坐标系是 {datum_name(datum)}，所选的是 {datum_name(chosen)}。"
                    "请改选文件中的坐标系，或改正表头。",
                    field="datum",
                )
            found[column] = place
        if Column.NAME in found and len(found) > 1:
            return number, list(found.items())
    raise Invalid(
        f"前 {HEADER_WITHIN} 行里没有含“{Column.NAME.title}”的表头。请按模板填写，"
        f"第一张表的表头为：{'、'.join(column.title for column in Column)}。",
        field="file",
    )
