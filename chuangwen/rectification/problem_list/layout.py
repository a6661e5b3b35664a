"""Where the table is in a sheet, and which of its rows are problems."""

import re
from dataclasses import dataclass, field
from typing import Any

from chuangwen.kit.spreadsheets import CellError, cell_name
from chuangwen.kit.workbooks import Grid, filled_down
from chuangwen.rectification.problem_list.columns import Column
from chuangwen.rectification.problem_list.headers import MOST_COLUMNS, Header, find_header
from chuangwen.rectification.problem_list.words import NOTHING, lines, one_line

TOTAL = re.compile(r"^(合\s*计|小\s*计|总\s*计|共\s*计)")
SIGNED = re.compile(
    r"^(填表|填报|制表|审核|审批|审签|签字|签名|签收|复核|校对|经办|报送|联系人|联系电话|负责人|"
    r"分管领导|主要领导|单位负责人|单位盖章|单位（盖章)[^:：]{0,10}[:：]"
)
FOOT = re.compile(
    r"^(备注|注|说明|填表说明|日期|时间)\s*[:：]|^\d{4}年\d{1,2}月\d{1,2}日$|^第\s*\d+\s*页"
)
NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.]?")
NUMBERED_HEADING = re.compile(
    r"^([一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）])"
)
JOINED = (Column.LEAD, Column.SUPPORTING, Column.PLACE, Column.SITE, Column.DETAIL)


@dataclass
class GivenRow:
    """A row that holds a problem; `other`: what else it says, by title."""

    sheet: str
    line: int
    at: dict[Column, int]
    cells: dict[Column, Any]
    other: list[tuple[str, str]] = field(default_factory=list)
    heading: str = ""
    is_hidden: bool = False
    errors: list[CellError] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the row is called between the preview and the import."""
        return f"{self.line}:{self.sheet}"

    @property
    def where(self) -> str:
        """Where a clerk finds the row."""
        return f"工作表“{self.sheet}”第 {self.line} 行"

    def place(self, column: Column) -> str:
        """Where a clerk finds a cell of it."""
        if column not in self.at:
            return self.where
        return f"工作表“{self.sheet}”单元格 {cell_name(self.line - 1, self.at[column])}"

    def text(self, column: Column) -> str:
        """Return a cell as lines of text; what only says that there is nothing is empty."""
        found = lines(self.cells.get(column))
        return "" if found in NOTHING else found


@dataclass
class ProblemSheet:
    """A sheet with a problem list: what its columns were taken for, and its rows."""

    name: str
    header_line: int
    titles: list[str]
    columns: dict[Column, int]
    rows: list[GivenRow] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    hidden: int = 0
    is_hidden: bool = False

    def title(self, column: Column) -> str:
        """Return what a column is called in the file."""
        return self.titles[self.columns[column]]

    @property
    def read_as(self) -> list[tuple[str, str]]:
        """Each column that is used: as it is titled, and what it is taken for."""
        pairs = sorted((place, column) for column, place in self.columns.items() if column)
        return [(self.titles[place], column.value) for place, column in pairs]

    @property
    def kept(self) -> list[str]:
        """The titles of the columns that go into the text of a case."""
        used = set(self.columns.values())
        return [title for place, title in enumerate(self.titles) if title and place not in used]


def problem_sheet(grid: Grid) -> ProblemSheet | None:
    """Return what a sheet holds; None when it has no header of a problem list."""
    table, copies = filled_down(grid)
    header = find_header(table, grid)
    if header is None:
        return None
    sheet = ProblemSheet(
        grid.name, header.last + 1, header.titles, header.columns, is_hidden=grid.is_hidden
    )
    heading, is_counted = "", _is_counted(table, header)
    for number in range(header.last + 1, len(table)):
        values = table[number]
        own = {
            place for place, value in enumerate(values[:MOST_COLUMNS])
            if (number, place) not in copies and (isinstance(value, CellError) or lines(value))
        }  # fmt: skip
        if not own:
            continue
        words = one_line(values[min(own)])
        if TOTAL.match(words) or _is_foot(words, own, sheet):
            sheet.passed.append(f"第 {number + 1} 行“{words[:30]}”")
        elif _is_header_again(values, sheet):
            sheet.passed.append(f"第 {number + 1} 行（表头）")
        elif len(own) == 1 and _is_heading(words, own, sheet, grid, number):
            heading = words
        elif is_counted and NUMERAL.fullmatch(words) and _is_numbered_heading(own, sheet):
            heading = f"{words}、{one_line(values[sheet.columns[Column.PROBLEM]])}"
        elif told := own - {sheet.columns.get(Column.SERIAL, -1)}:
            row = _row(sheet, values, number, heading)
            row.is_hidden = number in grid.hidden_rows
            problem = sheet.columns[Column.PROBLEM]
            if (number, problem) in copies and sheet.rows and row.text(Column.PROBLEM):
                _go_on(sheet.rows[-1], row, sheet, told)
            else:
                sheet.rows.append(row)
                sheet.hidden += row.is_hidden
    return sheet


def _row(sheet: ProblemSheet, values: list[Any], number: int, heading: str) -> GivenRow:
    cells = {
        column: values[place] for column, place in sheet.columns.items() if place < len(values)
    }
    used = set(sheet.columns.values())
    errors = [value for value in values[: len(sheet.titles)] if isinstance(value, CellError)]
    other = [
        (title, text)
        for place, title in enumerate(sheet.titles)
        if place not in used and place < len(values) and (text := lines(values[place]))
        and text not in NOTHING
    ]  # fmt: skip
    return GivenRow(sheet.name, number + 1, sheet.columns, cells, other, heading, errors=errors)


def _go_on(row: GivenRow, more: GivenRow, sheet: ProblemSheet, told: set[int]) -> None:
    """Add the next line of a problem that is merged over several."""
    row.errors += more.errors
    for column, value in more.cells.items():
        text, before = lines(value), lines(row.cells.get(column))
        if sheet.columns[column] not in told or not text or text == before:
            continue
        if column in JOINED:
            row.cells[column] = f"{before}\n{text}" if before else text
        elif not before:
            row.cells[column] = value
        else:
            row.other.append((sheet.titles[sheet.columns[column]], text))
    row.other += [pair for pair in more.other if pair not in row.other]


def _is_foot(words: str, own: set[int], sheet: ProblemSheet) -> bool:
    is_problem = sheet.columns[Column.PROBLEM] in own
    return bool(SIGNED.match(words)) or (
        bool(FOOT.match(words)) and (not is_problem or len(own) == 1)
    )


def _is_header_again(values: list[Any], sheet: ProblemSheet) -> bool:
    places = sheet.columns.values()
    return all(p < len(values) and one_line(values[p]) == sheet.titles[p] for p in places)


def _is_heading(words: str, own: set[int], sheet: ProblemSheet, grid: Grid, number: int) -> bool:
    """Tell whether a row's only cell stands over the rows below: 一、市容环境."""
    (place,) = own
    if any(m.top == number and m.left == place and m.right - m.left >= 2 for m in grid.merged):
        return True
    if place == sheet.columns[Column.PROBLEM]:
        return False
    is_serial = place == sheet.columns.get(Column.SERIAL) and words.replace(".", "").isdigit()
    is_first = place == min(sheet.columns.values())
    return (is_first and not is_serial) or bool(NUMBERED_HEADING.match(words))


def _is_counted(table: list[list[Any]], header: Header) -> bool:
    """Tell whether problems are counted 1, 2, 3, so that 一 and 二 stand before groups of them."""
    place = header.columns.get(Column.SERIAL)
    rows = table[header.last + 1 :] if place is not None else []
    return any(one_line(row[place]).isdigit() for row in rows if place is not None)


def _is_numbered_heading(own: set[int], sheet: ProblemSheet) -> bool:
    return own == {sheet.columns[Column.SERIAL], sheet.columns[Column.PROBLEM]}
