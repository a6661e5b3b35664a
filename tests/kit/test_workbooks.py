"""Workbooks that somebody sent: what is in them, and what is made to fill the memory."""

import io
import zipfile

import openpyxl
import pytest
from PIL import Image

from chuangwen.kit.errors import Invalid
from chuangwen.kit.workbooks import read_workbook
from tests.rectification.problem_lists import plain, saved

MOST = 20 * 2**20


def with_sheet(markup: str) -> bytes:
    """A workbook whose first sheet is replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as given, zipfile.ZipFile(target, "w", 8) as made:
        for name in given.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            made.writestr(name, markup if is_sheet else given.read(name))
    return target.getvalue()


SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: str) -> str:
    return f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"


def test_styled_cells_far_out_do_no_harm():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"/>'
    (grid,) = read_workbook(with_sheet(sheet(rows)), most_unpacked=MOST).grids
    assert grid.rows == [[1.0]]


FIRST = '<row r="1"><c r="A1"><v>1</v></c><c r="XFC1"><v>1</v></c></row>'


@pytest.mark.parametrize("cell", ['c r="XFD1048576"', 'c r="A1048576"', "c"])
def test_content_far_out_is_refused_before_it_is_laid_out(cell):
    far = f'<row r="1048576"><{cell}><v>1</v></c></row>'
    with pytest.raises(Invalid, match="范围太大"):
        read_workbook(with_sheet(sheet(FIRST + far)), most_unpacked=MOST)


def test_the_cells_of_all_sheets_are_counted_together(monkeypatch):
    monkeypatch.setattr("chuangwen.kit.workbooks.MOST_CELLS", 20)
    book = openpyxl.Workbook()
    book.active["C4"] = 1  # 12 cells
    assert read_workbook(saved(book), most_unpacked=MOST).grids
    book.create_sheet("第二张")["C3"] = 1  # 9 more
    with pytest.raises(Invalid, match=r"工作表“第二张”.* C3 .*与前面的工作表合起来范围太大"):
        read_workbook(saved(book), most_unpacked=MOST)


def test_a_file_that_unpacks_to_very_much_is_refused():
    bomb = with_sheet(sheet(f"<row><c><v>{'1' * (MOST + 1)}</v></c></row>"))
    assert len(bomb) < MOST / 100
    with pytest.raises(Invalid, match="展开后超过 20 MB"):
        read_workbook(bomb, most_unpacked=MOST)


def test_pictures_are_counted():
    book = openpyxl.Workbook()
    for cell in ("A1", "A5"):
        picture = io.BytesIO()
        Image.new("RGB", (2, 2)).save(picture, "png")
        picture.seek(0)
        book.active.add_image(openpyxl.drawing.image.Image(picture), cell)
    assert read_workbook(saved(book), most_unpacked=MOST).pictures == 2
