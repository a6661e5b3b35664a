"""From the bytes of a spreadsheet to rows; every bad cell is noted, none stops the reading."""

from typing import Any

from chuangwen.kit.errors import Invalid, Problems
from chuangwen.kit.spreadsheets import REMEDY, CellError
from chuangwen.people.register import cells
from chuangwen.people.register.rows import (
    ALIASES,
    CODE,
    COLUMNS,
    KIND,
    NAME,
    PARENT,
    REQUIRED,
    VALID_FROM,
    VALID_UNTIL,
    RegisterRow,
)
from chuangwen.people.register.sheet import first_sheet, header_of

MOST_ROWS = 20_000
MOST_UNPACKED_BYTES = 50 * 1024 * 1024


def read_register(data: bytes, problems: Problems) -> list[RegisterRow]:
    """Return the filled rows of the first sheet; bad cells go into `problems`.

    Raises Invalid when the file is no .xlsx, has no header row, no rows or too many of them.
    """
    table = first_sheet(data, subject="单位名录", most_unpacked=MOST_UNPACKED_BYTES)
    header, columns = header_of(table, key=NAME, columns=COLUMNS, required=REQUIRED)
    rows = []
    for line, values in enumerate(table[header + 1 :], start=header + 2):
        if any(value not in ("", None) for value in values):
            rows.append(_row(line, values, columns, problems))
    if not rows:
        raise Invalid("文件里没有单位。请在表头下面逐行填写单位后再导入。", field="file")
    if len(rows) > MOST_ROWS:
        raise Invalid(
            f"文件有 {len(rows)} 行，最多 {MOST_ROWS} 行。请分成几个文件导入。", field="file"
        )
    return rows


def _row(line: int, values: list[Any], columns: dict[str, int], problems: Problems) -> RegisterRow:
    given = {title: values[place] for title, place in columns.items() if values[place] != ""}
    row = RegisterRow(line, cells.text(given.get(NAME, "")))
    for title, value in list(given.items()):
        if isinstance(value, CellError):
            problems.add(f"{row.place(title)}（{value.place}）", value.what, REMEDY)
            del given[title]
    row.kind = cells.kind(row, given.get(KIND), problems)
    row.parent = cells.text(given.get(PARENT, "")) or None
    row.code = cells.text(given.get(CODE, "")) or None
    row.aliases = cells.names(row, given.get(ALIASES, ""), problems)
    row.valid_from = cells.day(row, VALID_FROM, given.get(VALID_FROM), problems)
    row.valid_until = cells.day(row, VALID_UNTIL, given.get(VALID_UNTIL), problems)
    cells.check_lengths(row, problems)
    return row
