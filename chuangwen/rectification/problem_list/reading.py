"""From the bytes of a file to drafts of cases; everything wrong is noted, nothing is left out."""

import datetime
from dataclasses import dataclass

from chuangwen.kit.errors import Invalid, Problems
from chuangwen.kit.workbooks import Workbook, read_workbook
from chuangwen.rectification.problem_list.drafting import Drafter, places_in
from chuangwen.rectification.problem_list.drafts import Defaults, Draft, ReadList
from chuangwen.rectification.problem_list.known import known_to, open_twins, twin_key
from chuangwen.rectification.problem_list.layout import GivenRow, ProblemSheet, problem_sheet
from chuangwen.rectification.problem_list.units import names_in

MOST_UNPACKED_BYTES = 150 * 1024 * 1024
MOST_ROWS = 2_000  # written and dispatched in some ten seconds, which others wait for on SQLite
MOST_READ = 200_000


@dataclass(frozen=True)
class OpenedList:
    """The sheets with problems, before anything was looked up for them."""

    sheets: list[ProblemSheet]
    unread: list[str]
    pictures: int

    @property
    def pairs(self) -> list[tuple[GivenRow, ProblemSheet]]:
        """Every row with its sheet."""
        return [(row, sheet) for sheet in self.sheets for row in sheet.rows]


def open_problem_list(data: bytes) -> OpenedList:
    """Parse a file, without a statement: it takes long, and nobody is to wait for it.

    Raises Invalid when it is no .xlsx, or no sheet has a column of problems.
    """
    book = read_workbook(data, most_unpacked=MOST_UNPACKED_BYTES)
    opened = OpenedList(*_sheets(book), book.pictures)
    pairs = opened.pairs
    if not pairs:
        raise Invalid("表头下面没有问题。请逐行填写后再导入。", field="file")
    if len(pairs) > MOST_READ:
        raise Invalid(f"文件有 {len(pairs)} 个问题。请分成几个文件。", field="file")
    return opened


def read_problem_list(
    opened: OpenedList, defaults: Defaults, today: datetime.date, problems: Problems
) -> ReadList:
    """Return what a file comes to; bad cells go into `problems`. Eight statements."""
    pairs = opened.pairs
    known = known_to(
        {name for row, _ in pairs for name in names_in(row)},
        {text for row, _ in pairs for text in places_in(row)},
    )
    drafter = Drafter(known, defaults, today, problems)
    drafts = [drafter.draft(row, sheet) for row, sheet in pairs]
    drafter.units.tell()
    if len(pairs) > MOST_ROWS:
        problems.add(
            "整个文件",
            f"共有 {len(pairs)} 个问题，一次最多导入 {MOST_ROWS} 个。",
            "请分成几个文件，逐个导入。",
        )
    if not problems.found:
        _find_twins(drafts)
    return ReadList(opened.sheets, opened.unread, opened.pictures, drafts)


def _sheets(book: Workbook) -> tuple[list[ProblemSheet], list[str]]:
    found = [(grid, problem_sheet(grid)) for grid in book.grids]
    sheets = [sheet for _, sheet in found if sheet is not None]
    if not sheets:
        names = "”“".join(grid.name for grid in book.grids[:10])
        raise Invalid(
            f"工作表“{names}”的前 15 行里没有问题清单的表头。"
            "表头要有“问题”（或“存在问题”“问题描述”等）一列，最好还有地点、责任单位、整改时限。",
            field="file",
        )
    unread = [
        grid.name
        for grid, sheet in found
        if sheet is None and any(value not in ("", None) for row in grid.rows for value in row)
    ]
    return sheets, unread


def _find_twins(drafts: list[Draft]) -> None:
    stored = open_twins({draft.title for draft in drafts})
    seen: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        key = twin_key(draft.title, draft.place)
        if key in stored:
            draft.twin_case = stored[key]
            draft.twin_of = f"与未结束的案卷“{stored[key]}”相同"
        elif key in seen:
            draft.twin_of = f"与{seen[key].where}相同"
        else:
            seen[key] = draft
