"""Reading an XLSForm as a checklist: our own exactly, of others what is understood.

What is not understood is listed by row; nothing is guessed. A number of another program's form has
no demand that we could judge by, so it is taken as a line that is only recorded, and listed.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from chuangwen.framework.checklist_document import (
    ChecklistEntry,
    GroupEntry,
    LineEntry,
    SiteTypeEntry,
)
from chuangwen.framework.enums import PassRule, SiteShape
from chuangwen.framework.exchange.cells import Cells
from chuangwen.framework.exchange.checklists import read_line
from chuangwen.framework.exchange.layout import CHECKLISTS, LINES, SITE_TYPES, Row
from chuangwen.framework.wording import LONGEST_TEXT, clean_line
from chuangwen.framework.xlsform.foreign import ForeignRow, is_metadata
from chuangwen.framework.xlsform.layout import LINE_COLUMNS, OWN, PART
from chuangwen.framework.xlsform.sheets import Form, SheetRow, read_form
from chuangwen.kit.errors import Problem, Problems

UNGROUPED = "未分组"


@dataclass(frozen=True)
class XlsformReading:
    """What was read. `remarks` says row by row what was left out or changed.

    `site_type` is None for a form of another program, and the checklist's own is then empty.
    """

    checklist: ChecklistEntry
    site_type: SiteTypeEntry | None
    remarks: tuple[Problem, ...]


@dataclass
class _Reader:
    form: Form
    standards: Collection[str]
    problems: Problems = field(default_factory=Problems)
    remarks: Problems = field(default_factory=Problems)
    groups: dict[str, list[LineEntry]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    repeats: int = 0

    def read(self) -> None:
        for row in self.form.survey:
            kind = row.line("type").lower().replace("begin ", "begin_").replace("end ", "end_")
            if self.repeats or kind == "begin_repeat":
                self._skip_repeat(row, kind)
            elif kind == "begin_group":
                words = row.words("label", self.form.languages) or row.line("name")
                self.open.append(clean_line(words))
                self.groups.setdefault(self._title(), [])
            elif kind == "end_group":
                self.open = self.open[:-1]
            elif not (row.line(PART) or is_metadata(kind)):
                self._line(row)

    def _line(self, row: SheetRow) -> None:
        if row.line(OWN + "code") or row.line(OWN + "shape"):
            self._add(row, self._own(row))
            return
        foreign = ForeignRow(row, self.form)
        lines = self.groups.get(self._title(), [])
        if foreign.is_photo and lines:
            lines[-1] = foreign.photo_of(lines[-1])
        elif line := foreign.line():
            self._add(row, line)
        for what, remedy in foreign.remarks:
            self.remarks.add(row.place, what, remedy)

    def _own(self, row: SheetRow) -> LineEntry:
        cells = {column: row.cells.get(OWN + column, "") for column in LINE_COLUMNS}
        cells["text"] = row.words("label", self.form.languages)
        cells["guidance"] = row.words("hint", self.form.languages)
        line = read_line(Cells(Row(LINES, row.place, cells), self.problems))
        if line.standard and line.standard not in self.standards:
            what = f"本版本没有编号“{line.standard}”的标准，没有对应。"
            self.remarks.add(row.place, what, "可在测评项中另选。")
            return LineEntry(**{**vars(line), "standard": ""})
        return line

    def _add(self, row: SheetRow, line: LineEntry) -> None:
        known = {each.code for lines in self.groups.values() for each in lines}
        if line.code in known:
            self.problems.add(row.place, f"编号“{line.code}”重复。", "请换一个编号。")
        self.groups.setdefault(self._title(), []).append(line)

    def _title(self) -> str:
        """Groups inside groups become one: XLSForm nests, a checklist does not."""
        return " / ".join(self.open)[:100].strip() or UNGROUPED

    def _skip_repeat(self, row: SheetRow, kind: str) -> None:
        self.repeats += {"begin_repeat": 1, "end_repeat": -1}.get(kind, 0)
        if kind != "end_repeat":
            self.remarks.add(row.place, "重复组没有采用：测评表每项只记录一次。", "")


def read_xlsform(content: bytes, standards: Collection[str] = ()) -> XlsformReading:
    """Return the checklist of an XLSForm. `standards` are the codes that lines may name.

    Raises Invalid when the file is no XLSForm, ImportRefused with all bad rows of our own columns.
    """
    form = read_form(content)
    reader = _Reader(form, standards)
    _note_twins(form, reader.problems)
    reader.read()
    groups = tuple(
        GroupEntry(title=title, lines=tuple(lines)) for title, lines in reader.groups.items()
    )
    head, site_type = _read_settings(form.settings, reader.problems)
    if not any(group.lines for group in groups):
        reader.problems.add("工作表“survey”", "没有可以采用的题目。", "请检查是否选错了文件。")
    reader.problems.raise_if_any()
    checklist = ChecklistEntry(**{**vars(head), "groups": groups})
    return XlsformReading(checklist, site_type, tuple(reader.remarks.found))


def _read_settings(
    settings: SheetRow, problems: Problems
) -> tuple[ChecklistEntry, SiteTypeEntry | None]:
    code = settings.line(OWN + "site_type")
    if not code:
        return ChecklistEntry(site_type=""), None
    given = {key.removeprefix(OWN): words for key, words in settings.cells.items()}
    cells = Cells(Row(CHECKLISTS, settings.place, given), problems)
    head = ChecklistEntry(
        site_type=code[:40],
        pass_rule=cells.choice("pass_rule", PassRule) or PassRule.ALL_LINES,
        pass_percent=cells.percent("pass_percent"),
        note=cells.text("note"),
        source=cells.line("source", longest=300),
    )
    type_cells = Cells(Row(SITE_TYPES, settings.place, _type_cells(given)), problems)
    return head, SiteTypeEntry(
        code=code[:40],
        name=type_cells.line("name", longest=100),
        shape=type_cells.choice("shape", SiteShape) or SiteShape.PLACE,
        note=type_cells.text("note")[:LONGEST_TEXT],
    )


def _type_cells(given: dict[str, str]) -> dict[str, str]:
    names = {"name": "site_type_name", "shape": "site_type_shape", "note": "site_type_note"}
    return {key: given.get(column, "") for key, column in names.items()}


def _note_twins(form: Form, problems: Problems) -> None:
    """Two questions of one name would become one: say so."""
    names = Counter(row.line("name") for row in form.survey if row.line("name"))
    for row in form.survey:
        if (count := names.pop(row.line("name"), 1)) > 1:
            problems.add(row.place, f"“{row.line('name')}”用了 {count} 次。", "题目名称不能重复。")
