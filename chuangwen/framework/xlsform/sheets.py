"""The sheets of an XLSForm as rows of words, whatever languages and spellings it uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from chuangwen.framework.exchange.layout import Numeral
from chuangwen.framework.exchange.xlsx_checks import errors_of_safe
from chuangwen.framework.exchange.xlsx_reading import cell_text
from chuangwen.framework.wording import clean_line, clean_text
from chuangwen.framework.xlsform.layout import CHOICES, LANGUAGE, SETTINGS, SURVEY, restored
from chuangwen.kit.errors import Invalid, Problems
from chuangwen.kit.spreadsheets import noted, with_errors

SPELLINGS = {"list name": "list_name", "value": "name", "caption": "label", "title": "form_title"}


@dataclass(frozen=True)
class SheetRow:
    """One row: words by column, and where it stands."""

    place: str
    cells: Mapping[str, str]

    def line(self, column: str) -> str:
        """The words of a column as one line."""
        return clean_line(self.cells.get(column, ""))

    def words(self, column: str, languages: Sequence[str]) -> str:
        """The text of a column that may be written in several languages; the first one found."""
        for language in languages:
            if found := clean_text(self.cells.get(f"{column}::{language}", "")):
                return found
        if plain := clean_text(self.cells.get(column, "")):
            return plain
        others = (
            clean_text(words)
            for key, words in self.cells.items()
            if key.startswith(f"{column}::") and words.strip()
        )
        return next(others, "")


@dataclass(frozen=True)
class Form:
    """The three sheets, and the languages in the order in which they are wanted."""

    survey: Sequence[SheetRow]
    choices: Sequence[SheetRow]
    settings: SheetRow
    languages: Sequence[str]


def read_form(content: bytes) -> Form:
    """Return the sheets of a workbook.

    Raises Invalid when it is no .xlsx, unsafe to open, or has no survey, and ImportRefused with
    all cells that hold errors.
    """
    errors, problems = errors_of_safe(content), Problems()
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = {name.strip().lower(): name for name in book.sheet_names}
        read = {
            title: _rows(
                title,
                with_errors(book.get_sheet_by_name(name).to_python(False), errors.get(name, {})),
                problems,
            )
            for title in (SURVEY, CHOICES, SETTINGS)
            if (name := sheets.get(title)) is not None
        }
    except CalamineError as error:
        raise Invalid("文件不是可以打开的 .xlsx 工作簿。请选择 XLSForm 的 .xlsx 文件。") from error
    if SURVEY not in read:
        raise Invalid("工作簿中没有工作表“survey”，不是 XLSForm。请检查是否选错了文件。")
    problems.raise_if_any()
    settings = next(iter(read.get(SETTINGS, [])), SheetRow("", {}))
    default = settings.line("default_language")
    return Form(
        read[SURVEY],
        read.get(CHOICES, []),
        settings,
        [language for language in (LANGUAGE, default) if language],
    )


def _rows(title: str, cells: list[list[Any]], problems: Problems) -> list[SheetRow]:
    columns = [_column(cell_text(cell)) for cell in cells[0]] if cells else []
    rows = []
    for number, line in enumerate(cells[1:], start=2):
        written = {key: _words(cell) for key, cell in noted(line, columns, problems) if key}
        if any(words.strip() for words in written.values()):
            rows.append(SheetRow(f"工作表“{title}”第 {number} 行", written))
    return rows


def _words(cell: Any) -> str:
    """A number stays known as one: what a percent cell holds is told apart by that."""
    text = cell_text(cell)
    return text if isinstance(text, Numeral) else restored(text)


def _column(written: str) -> str:
    """Return the column's name as XLSForm spells it; languages keep their spelling."""
    name, separator, language = clean_line(written).partition("::")
    if not separator and ":" in name:
        name, separator, language = name.partition(":")
    plain = name.strip().lower()
    return f"{SPELLINGS.get(plain, plain)}{'::' if separator else ''}{language.strip()}"
