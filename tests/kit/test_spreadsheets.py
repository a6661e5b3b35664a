"""Cells that hold an error are told from empty ones, whatever the file."""

import io

import pytest
import xlsxwriter

from chuangwen.kit.archives import Limits, UnsafeArchive
from chuangwen.kit.spreadsheets import cell_errors, cell_name, cell_place, column_number
from tests.spreadsheets import failing

LIMITS = Limits(parts=100, total=10**7, part=10**7)


def workbook(*sheets: str) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for row in range(3):
                sheet.write_row(row, 0, ["甲", 2, "丙"])
    return target.getvalue()


def test_errors_are_found_in_their_sheets_and_cells():
    data = failing(workbook("一", "二 & 三"), {"B2": "#N/A", "C3": "#REF!"}, sheet=2)
    (sheet, found), *others = cell_errors(data, LIMITS).items()
    assert (sheet, others) == ("二 & 三", [])
    assert {place: str(error) for place, error in found.items()} == {
        (1, 1): "#N/A",
        (2, 2): "#REF!",
    }
    error = found[1, 1]
    assert error.place == "工作表“二 & 三”单元格 B2"
    assert error.what == "是错误值“#N/A”（查找公式没有找到）。"


def test_a_workbook_without_errors_has_none():
    assert cell_errors(workbook("一"), LIMITS) == {}


def test_a_document_type_is_refused():
    data = failing(workbook("一"), {"A1": "#N/A</v></c><!DOCTYPE x><c><v>"})
    with pytest.raises(UnsafeArchive):
        cell_errors(data, LIMITS)


@pytest.mark.parametrize(("name", "place"), [("A1", (0, 0)), ("Z9", (8, 25)), ("ABC12", (11, 730))])
def test_cells_are_named_as_spreadsheets_do(name, place):
    assert cell_name(*place) == name
    assert cell_place(name, 5, 5) == place
    assert column_number(name.rstrip("0123456789")) == place[1] + 1


def test_a_cell_without_a_reference_is_where_it_was_counted():
    assert cell_place(None, 4, 7) == (4, 7)
