"""A workbook that can be filtered, printed and trusted."""

import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from chuangwen.reports.sheets import Book, Column, Kind, Sheet, write_xlsx
from chuangwen.reports.sheets.cells import CUT_MARK, LONGEST_TEXT, fit_text
from chuangwen.reports.sheets.names import sheet_name
from tests.reports.xlsx_reading import S, sheet_xml, values, written

COLUMNS = (Column("任务", 60), Column("目标值", 10, Kind.NUMBER), Column("时限", 13, Kind.DATE))
ROW = ("道路亮化", Decimal("77.7"), date(2021, 12, 31))


def book(*rows: tuple[object, ...], title: str = "责任分解表") -> Book:
    return Book(title=title, as_of=date(2021, 8, 6), sheets=(Sheet("任务", COLUMNS, rows),))


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.org","点我")',
        "=1+1",
        "+8612345",
        "-1",
        "@SUM(A1)",
        "{=1}",
        "http://example.org",
        "007",
        "_x0041_",
        "<b>&",
    ],
)
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    content = written(book((text, None, None)))
    assert values(content)["任务"][1][0] == text
    xml = sheet_xml(content)
    assert xml.find(f".//{S}f") is None
    assert xml.find(f".//{S}hyperlink") is None


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    content = written(book(ROW))
    assert values(content)["任务"][1] == ["道路亮化", 77.7, date(2021, 12, 31)]


def test_a_number_too_long_for_a_spreadsheet_keeps_its_digits_as_text() -> None:
    row = ("身份证号", 510402199001011234, None)
    assert values(written(book(row)))["任务"][1][1] == "510402199001011234"


def test_words_in_a_column_of_dates_stay_words() -> None:
    assert values(written(book(("甲", None, "长期坚持"))))["任务"][1][2] == "长期坚持"


def test_control_characters_rare_characters_and_line_breaks() -> None:
    row = ("区\x00城\x07管局\r\n𠮷野家😀\t完", None, None)
    assert values(written(book(row)))["任务"][1][0] == "区城管局\n𠮷野家😀 完"


def test_a_text_too_long_for_a_cell_is_cut_visibly() -> None:
    (shown,) = (row[0] for row in values(written(book(("整改" * 20_000, None, None))))["任务"][1:])
    assert len(shown) == LONGEST_TEXT
    assert shown.endswith(CUT_MARK)
    assert len(fit_text("𠮷" * 20_000).encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_header_is_frozen_filtered_and_repeated_in_print() -> None:
    content = written(book(ROW))
    xml = sheet_xml(content)
    pane = xml.find(f".//{S}pane")
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert xml.find(f"{S}autoFilter").get("ref") == "A1:C2"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.read("xl/workbook.xml").decode()
    assert '_xlnm.Print_Titles" localSheetId="0">任务!$1:$1<' in names


def test_print_is_landscape_a4_one_page_wide_with_page_numbers() -> None:
    xml = sheet_xml(written(book(ROW)))
    setup = xml.find(f"{S}pageSetup")
    assert (setup.get("orientation"), setup.get("paperSize")) == ("landscape", "9")
    assert setup.get("fitToHeight") == "0"
    assert xml.find(f"{S}sheetPr/{S}pageSetUpPr").get("fitToPage") == "1"
    assert "第 &P 页，共 &N 页" in xml.find(f"{S}headerFooter/{S}oddFooter").text


def test_an_ampersand_or_an_endless_title_does_not_break_the_print_header() -> None:
    header = f"{S}headerFooter/{S}oddHeader"
    assert "A&&B" in sheet_xml(written(book(ROW, title="A&B"))).find(header).text
    assert len(sheet_xml(written(book(ROW, title="&" * 300))).find(header).text) <= 255


def test_column_widths_are_set() -> None:
    widths = [float(c.get("width")) for c in sheet_xml(written(book(ROW))).iter(f"{S}col")]
    assert widths == pytest.approx([60, 10, 13], abs=1)


def test_rows_are_high_enough_for_wrapped_text_and_never_higher_than_excel_allows() -> None:
    rows = (("甲", None, None), ("整改" * 60, None, None), ("整改" * 9000, None, None))
    heights = [
        float(r.get("ht")) for r in sheet_xml(written(book(*rows))).findall(f".//{S}row")[1:]
    ]
    assert heights == [18.75, 5 * 15 + 3.75, 408.75]


def test_the_last_sheet_explains_the_others() -> None:
    content = written(book(ROW))
    assert list(values(content))[-1] == "说明"
    assert values(content)["说明"] == [
        ["项目", "说明"],
        ["名称", "责任分解表"],
        ["数据截至", "2021年8月6日"],
    ]


def test_a_sheet_without_rows_still_has_its_header() -> None:
    assert values(written(book()))["任务"] == [["任务", "目标值", "时限"]]


def test_rows_beyond_a_sheet_go_on_in_the_next() -> None:
    rows = tuple((f"任务{n}", n, None) for n in range(5))
    found = values(written(book(*rows), rows_per_sheet=2))
    assert list(found) == ["任务", "任务 (2)", "任务 (3)", "说明"]
    assert [row[0] for name in list(found)[:3] for row in found[name][1:]] == [
        f"任务{n}" for n in range(5)
    ]
    assert len(values(written(book(*rows[:4]), rows_per_sheet=2))) == 3


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        written(book(("只有一格",)))


def test_the_same_book_gives_the_same_bytes_without_an_author() -> None:
    assert written(book(ROW)) == written(book(ROW))
    with zipfile.ZipFile(BytesIO(written(book(ROW)))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "2021-08-06" in core


def test_100_000_rows_take_constant_memory(tmp_path: Path) -> None:
    def rows(count: int) -> Iterator[tuple[object, ...]]:
        for number in range(count):
            yield (f"第{number}项任务：开展集中整治", number, date(2021, 12, 31))

    def peak(count: int) -> int:
        sheet = Sheet("任务", COLUMNS, rows(count))
        tracemalloc.start()
        with (tmp_path / "large.xlsx").open("wb") as target:
            write_xlsx(Book(title="大表", as_of=date(2021, 8, 6), sheets=(sheet,)), target)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(100_000) < 1.5 * peak(10_000)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("任务/指标[2021]", "任务 指标 2021"),
        ("", "表"),
        ("'", "表"),
        ("history", "history (2)"),
        ("区" * 40, "区" * 31),
    ],
)
def test_sheet_names_are_legal(wanted: str, expected: str) -> None:
    assert sheet_name(wanted, set()) == expected


def test_sheet_names_differ_even_in_case() -> None:
    taken: set[str] = set()
    assert [sheet_name(name, taken) for name in ("GDP", "gdp", "Gdp")] == [
        "GDP",
        "gdp (2)",
        "Gdp (3)",
    ]


def flat(*rows: tuple[object, ...]) -> Book:
    return Book(title="名录", as_of=date(2021, 8, 6), sheets=(Sheet("任务", COLUMNS, rows, True),))


def test_a_flat_sheet_holds_the_same_values_in_the_same_kinds() -> None:
    rows = (
        ROW,
        ("=1+1", None, None),
        ("", Decimal("0.5"), "长期坚持"),
        ("007\n乙", 510402199001011234, None),
    )
    content, bordered = written(flat(*rows)), written(book(*rows))
    assert values(content)["任务"] == values(bordered)["任务"]
    assert sheet_xml(content).find(f".//{S}f") is None


def test_a_flat_sheet_writes_nothing_for_an_empty_cell_and_keeps_texts_texts() -> None:
    xml = sheet_xml(written(flat(("007", None, None))))
    assert [cell.get("r") for cell in xml.iter(f"{S}c")][-1] == "A2"
    styles = {column.get("style") for column in xml.iter(f"{S}col")}
    assert len(styles) == 3  # a code typed into the first column stays text


def test_a_flat_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        written(flat(("甲", None)))
