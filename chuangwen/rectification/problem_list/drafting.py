"""From a row to the draft of a case."""

import datetime

from chuangwen.kit.errors import Problems
from chuangwen.kit.spreadsheets import REMEDY
from chuangwen.rectification.problem_list.columns import Column
from chuangwen.rectification.problem_list.days import read_deadline, read_found_on
from chuangwen.rectification.problem_list.drafts import Defaults, Draft
from chuangwen.rectification.problem_list.known import Known
from chuangwen.rectification.problem_list.layout import GivenRow, ProblemSheet
from chuangwen.rectification.problem_list.sources import source_of
from chuangwen.rectification.problem_list.units import UnitReader
from chuangwen.rectification.problem_list.words import title_of

LONGEST_CELL = 8_000
LONGEST_PLACE = 200
SHOWN = 30
DONE = ("已完成", "已整改", "整改完成", "完成整改", "已解决", "已销号", "已办结")
DAY_REMEDY = "请写成 2021-09-15 的样子。"
DEADLINE_REMEDY = (
    "请写成 2021-09-15、9月15日前、5个工作日内的样子；没有日期的可写“立行立改”或留空。"
)


def places_in(row: GivenRow) -> list[str]:
    """Return what may be the code or the name of a site."""
    texts = (_joined(row.text(column)) for column in (Column.SITE, Column.PLACE))
    return [text for text in texts if text]


class Drafter:
    """Makes drafts of the rows of one file; bad cells go into `problems`."""

    def __init__(
        self, known: Known, defaults: Defaults, today: datetime.date, problems: Problems
    ) -> None:
        self.known, self.defaults, self.today, self.problems = known, defaults, today, problems
        self.units = UnitReader(known, defaults, problems)

    def draft(self, row: GivenRow, sheet: ProblemSheet) -> Draft:
        """Return what a row comes to; one with bad cells is not used."""
        problem = self._problem(row)
        draft = Draft(
            row.key, row.where, title_of(problem), "", "",
            self.defaults.source, self.defaults.found_on,
        )  # fmt: skip
        self._read_found_on(row, draft)
        self._read_deadline(row, sheet, draft)
        self._read_place(row, draft)
        self._read_source(row, draft)
        self._read_category(row, sheet, draft)
        self.units.read(row, sheet, draft)
        draft.text = _text(row, problem, draft)
        _doubt_done(row, draft)
        return draft

    def _problem(self, row: GivenRow) -> str:
        for error in row.errors:
            self.problems.add(error.place, error.what, REMEDY)
        problem = row.text(Column.PROBLEM)
        if not problem and not row.errors:
            remedy = "请写明问题，或删除这一行。"
            place = row.place(Column.PROBLEM)
            self.problems.add(place, "是空的，而这一行填有别的内容。", remedy)
        for column in row.cells:
            if (size := len(row.text(column))) > LONGEST_CELL:
                what = f"有 {size} 字，最多 {LONGEST_CELL} 字。"
                self.problems.add(row.place(column), what, "请缩短。")
        return problem

    def _read_found_on(self, row: GivenRow, draft: Draft) -> None:
        written = row.text(Column.FOUND)
        if not written:
            return
        found = read_found_on(row.cells[Column.FOUND], self.defaults.found_on, self.today)
        place = row.place(Column.FOUND)
        if found.day is None:
            self.problems.add(place, f"“{written[:SHOWN]}”{found.problem}。", DAY_REMEDY)
        elif found.day > self.today:
            self.problems.add(place, f"发现日期“{found.day}”还没有到。", "请核对。")
        else:
            draft.found_on = found.day
        if found.note:
            draft.notes.append(found.note)

    def _read_deadline(self, row: GivenRow, sheet: ProblemSheet, draft: Draft) -> None:
        written = row.text(Column.DEADLINE)
        if not written:
            return
        title = sheet.title(Column.DEADLINE)
        found = read_deadline(row.cells[Column.DEADLINE], title, draft.found_on)
        if found.problem:
            what = f"“{written[:SHOWN]}”{found.problem}。"
            self.problems.add(row.place(Column.DEADLINE), what, DEADLINE_REMEDY)
            return
        draft.due_on = found.day
        if found.note:
            draft.notes.append(found.note)
            draft.kept.append((title, written))
        if found.day is None:
            draft.deadline_text = written
        elif found.day < draft.found_on:
            draft.notes.append(f"时限 {found.day} 早于发现日期 {draft.found_on}")
        elif found.day < self.today:
            draft.notes.append(f"时限 {found.day} 已经过去")

    def _read_place(self, row: GivenRow, draft: Draft) -> None:
        texts = places_in(row)
        draft.site = next(filter(None, map(self.known.site, texts)), None)
        several = next((one for one in texts if len(self.known.sites.get(one, ())) > 1), "")
        if several and draft.site is None:
            draft.notes.append(f"名录里不止一个点位叫“{several[:SHOWN]}”，没有对上，只写为地点")
        code = draft.site.code if draft.site else None
        place = " ".join(dict.fromkeys(text for text in texts if text != code))
        if len(place) > LONGEST_PLACE:
            draft.kept.append(("地点", place))
            place = place[: LONGEST_PLACE - 1] + "…"
        draft.place = place or (draft.site.name if draft.site else "")

    def _read_source(self, row: GivenRow, draft: Draft) -> None:
        written = row.text(Column.SOURCE)
        if not written:
            return
        source = source_of(written)
        if source is None:
            usual = f"记为“{draft.source.label}”，原文留在详情"
            draft.notes.append(f"来源“{written[:SHOWN]}”不是系统里的来源，{usual}")
        draft.source = source or draft.source
        if source is None or written != str(source.label):
            draft.kept.append(("来源", written))

    def _read_category(self, row: GivenRow, sheet: ProblemSheet, draft: Draft) -> None:
        written = _joined(row.text(Column.CATEGORY))
        if not written:
            return
        draft.category = self.known.category(written)
        if draft.category is None:
            draft.kept.append((sheet.title(Column.CATEGORY), written))
            draft.notes.append(f"没有类别“{written[:SHOWN]}”，原文留在详情")


def _text(row: GivenRow, problem: str, draft: Draft) -> str:
    """Everything that has no column of its own, with its title, so that nothing is lost."""
    parts = [problem] if problem != draft.title else []
    if detail := row.text(Column.DETAIL):
        parts.append(detail)
    if row.heading:
        parts.append(f"所在小标题：{row.heading}")
    parts += [f"{title}：{text}" for title, text in (*draft.kept, *row.other)]
    return "\n".join(parts)


def _doubt_done(row: GivenRow, draft: Draft) -> None:
    for title, text in row.other:
        if text.startswith(DONE):
            draft.notes.append(f"“{title}”写着“{text[:20]}”，导入后仍从待立案办起")
            return


def _joined(text: str) -> str:
    return "、".join(text.split("\n"))
