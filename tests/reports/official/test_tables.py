import pytest

from chuangwen.reports.official import Align, Column, OfficialDocument, Table
from chuangwen.reports.official.merging import Merge, merge_parts
from tests.reports.docx_reading import W, WrittenDocx, text_of, value

COLUMNS = (
    Column("提升行动", 40, merged=True),
    Column("牵头单位", 40, merged=True),
    Column("任务", 76),
)
ROWS = (
    ("公共环境", "区发改局", "亮灯"),
    ("公共环境", "区发改局", "保洁"),
    ("公共环境", "区住建局", "改造"),
    ("安全环境", "区住建局", "消防"),
)


def table_in(table: Table) -> WrittenDocx:
    return WrittenDocx(OfficialDocument(title="表", blocks=(table,)))


def test_header_repeats_and_rows_do_not_part() -> None:
    rows = list(table_in(Table(COLUMNS, ROWS)).body.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 4
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert text_of(rows[0]) == "提升行动牵头单位任务"


def test_a_row_higher_than_a_page_may_part() -> None:
    long = (("公共环境", "区发改局", "改造" * 1000),)
    *_, row = table_in(Table(COLUMNS, long)).body.iter(f"{W}tr")
    assert row.find(f"{W}trPr/{W}cantSplit") is None


def test_widths_are_fixed_and_in_millimetres() -> None:
    (table,) = table_in(Table(COLUMNS, ROWS)).body.iter(f"{W}tbl")
    assert value(table, "tblPr/tblLayout", "type") == "fixed"
    grid = [int(item.get(f"{W}w")) for item in table.iter(f"{W}gridCol")]
    assert grid == [2268, 2268, 4309]


def test_equal_cells_join_inside_the_columns_before_them() -> None:
    start, goes_on = Merge.START, Merge.CONTINUE
    assert merge_parts(COLUMNS, ROWS, [10] * 4, 1000) == [
        {0: start, 1: start},
        {0: goes_on, 1: goes_on},
        {0: goes_on, 1: start},
        {0: start, 1: start},
    ]


def test_joined_cells_say_their_text_once_and_stay_on_one_page() -> None:
    docx = table_in(Table(COLUMNS, ROWS))
    rows = list(docx.body.iter(f"{W}tr"))[1:]
    assert [text_of(row) for row in rows] == [
        "公共环境区发改局亮灯",
        "保洁",
        "区住建局改造",
        "安全环境区住建局消防",
    ]
    kept = [next(row.iter(f"{W}pPr")).find(f"{W}keepNext") is not None for row in rows]
    assert kept == [True, True, False, False]


def test_a_long_run_shows_its_label_on_every_page() -> None:
    rows = tuple(("公共环境", "区发改局", f"任务{n}") for n in range(100))
    parts = merge_parts(COLUMNS, rows, [500] * 100, 5000)
    labels = [index for index, part in enumerate(parts) if part[0] is Merge.START]
    assert labels[0] == 0
    assert max(b - a for a, b in zip(labels, [*labels[1:], 100], strict=True)) <= 10


def test_cells_wrap_keep_line_breaks_and_follow_the_columns_alignment() -> None:
    table = Table((Column("备注", 40, Align.CENTRE),), (("甲\n乙" + "x" * 40,),), points=10.5)
    cells = table_in(table).paragraphs("DenseText")
    assert [text_of(cell) for cell in cells] == ["甲", "乙" + "x" * 40]
    assert value(cells[0], "pPr/jc") == "center"
    assert value(cells[1], "pPr/wordWrap") == "0"


def test_a_table_without_rows_is_its_header() -> None:
    assert len(list(table_in(Table(COLUMNS, ())).body.iter(f"{W}tr"))) == 1


def test_a_ragged_row_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match="row 2 has 1 cells, not 3"):
        Table(COLUMNS, (ROWS[0], ("只有一格",)))


def test_every_row_of_a_form_to_sign_stays_together() -> None:
    docx = table_in(Table(COLUMNS, ROWS, header=False, kept_together=True))
    rows = list(docx.body.iter(f"{W}tr"))
    kept = [next(row.iter(f"{W}pPr")).find(f"{W}keepNext") is not None for row in rows]
    assert kept == [True, True, True, False]
