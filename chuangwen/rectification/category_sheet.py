"""The categories as a spreadsheet: its columns, and reading it with every bad cell noted."""

from dataclasses import dataclass
from typing import Any

from chuangwen.kit.errors import Invalid, Problems
from chuangwen.kit.spreadsheets import REMEDY, CellError
from chuangwen.people.register.cells import text
from chuangwen.people.register.sheet import first_sheet, header_of
from chuangwen.rectification.enums import CategoryKind

CODE, NAME, KIND, GROUP = "类别编号", "类别", "大类", "小类归属"
DAYS, FILING, CLOSING, ACTIVE = "整改时限（工作日）", "立案条件", "结案条件", "在用"
COLUMNS = (CODE, NAME, KIND, GROUP, DAYS, FILING, CLOSING, ACTIVE)
FIELDS = {
    CODE: "code", NAME: "name", KIND: "kind", GROUP: "group", DAYS: "working_days",
    FILING: "filing_condition", CLOSING: "closing_condition", ACTIVE: "is_active",
}  # fmt: skip
LONGEST = {CODE: 20, NAME: 60, GROUP: 60, FILING: 1000, CLOSING: 1000}
KINDS = {str(kind.label): kind.value for kind in CategoryKind}
ANSWERS = {"是": True, "否": False}
MOST_ROWS = 5_000
MOST_DAYS = 1_000
MOST_UNPACKED_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True)
class CategoryRow:
    """One line of the file, numbered as the spreadsheet shows it; `facts` by column of the table,
    only those that are stated."""

    line: int
    facts: dict[str, Any]

    def place(self, title: str) -> str:
        """Say where a cell is."""
        return place(self.line, title)


def place(line: int, title: str) -> str:
    """Say where a cell is."""
    return f"第 {line} 行“{title}”"


def read_categories(data: bytes, problems: Problems) -> list[CategoryRow]:
    """Return the filled rows of the first sheet; bad cells go into `problems`.

    Raises Invalid when the file is no .xlsx, has no header row, no rows or too many of them.
    """
    table = first_sheet(data, subject="问题类别", most_unpacked=MOST_UNPACKED_BYTES)
    header, columns = header_of(table, key=CODE, columns=COLUMNS, required=(CODE, NAME, KIND))
    rows = [
        _row(line, values, columns, problems)
        for line, values in enumerate(table[header + 1 :], start=header + 2)
        if any(text(value) for value in values if value is not None)
    ]
    if not rows:
        raise Invalid("文件里没有类别。请在表头下面逐行填写后再导入。", field="file")
    if len(rows) > MOST_ROWS:
        raise Invalid(f"文件有 {len(rows)} 行，最多 {MOST_ROWS} 行。", field="file")
    return rows


def _row(line: int, values: list[Any], columns: dict[str, int], problems: Problems) -> CategoryRow:
    facts: dict[str, Any] = {}
    for title, at in columns.items():
        value = values[at] if at < len(values) else None
        if isinstance(value, CellError):
            problems.add(f"{place(line, title)}（{value.place}）", value.what, REMEDY)
            facts[FIELDS[title]] = None
        elif written := "" if value is None else text(value):
            facts[FIELDS[title]] = _read(line, title, written, problems)
    if "code" not in facts:
        problems.add(place(line, CODE), "是空的。", "请填写编号，或删除这一行。")
    return CategoryRow(line, facts)


def _read(line: int, title: str, written: str, problems: Problems) -> Any:
    if title == KIND:
        return _one_of(KINDS, line, title, written, problems)
    if title == ACTIVE:
        return _one_of(ANSWERS, line, title, written, problems)
    if title == DAYS:
        if written.isascii() and written.isdigit() and 1 <= int(written[:6]) <= MOST_DAYS:
            return int(written[:6])
        remedy = f"请填写 1 至 {MOST_DAYS} 的整数；没有规定的留空。"
        problems.add(place(line, title), f"“{written[:20]}”不是工作日数。", remedy)
        return None
    longest = LONGEST[title]
    if len(written) > longest:
        problems.add(place(line, title), f"有 {len(written)} 字，最多 {longest} 字。", "请缩短。")
    return written


def _one_of(known: dict[str, Any], line: int, title: str, written: str, problems: Problems) -> Any:
    if written not in known:
        problems.add(place(line, title), f"没有“{written[:20]}”。", f"请改为：{'、'.join(known)}。")
    return known.get(written)
