"""Every answer of a round as a workbook or as CSV, row by row: memory does not grow."""

import csv
import datetime
import io
import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import CharField, QuerySet, TextField
from django.db.models.functions import Cast

from chuangwen.framework.observing import VALUE_LABELS
from chuangwen.inspection.enums import Outcome, VisitState
from chuangwen.inspection.models import Answer, Visit
from chuangwen.kit.clock import SHANGHAI
from chuangwen.reports.sheets.book import Book, Cell, Column, Sheet

COLUMNS = (
    Column("点位编号", 12),
    Column("点位", 26),
    Column("点位类型", 14),
    Column("主管单位", 18),
    Column("街道或社区", 16),
    Column("作用", 12),
    Column("测评员", 10),
    Column("封存时间", 17),
    Column("测评项编号", 10),
    Column("测评项", 40),
    Column("结果", 9),
    Column("观察值", 20),
    Column("说明", 20),
)
OF_VISIT = (
    "pk",
    "site__code",
    "site__name",
    "round_site__site_type__name",
    "round_site__unit__name",
    "round_site__area__name",
    "state",
    "account__name",
    "sealed_at",
)
OF_ANSWER = ("visit_key", "line__code", "line__text", "outcome", "written", "note")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which spreadsheets know that the file is UTF-8
AT_ONCE = 4000
KEPT = 8192
NOTHING = ("",)
Cells = tuple[str | None, ...]
LINES_SENT = 500  # in one piece: a piece a line is ten times the work for the server
MAY_BE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answers_book(answers: QuerySet[Answer], title: str, day: datetime.date) -> Book:
    """Return the answers as filtered and ordered."""
    return Book(
        title=title,
        as_of=day,
        sheets=(Sheet("测评项结果", COLUMNS, answer_rows(answers), is_flat=True),),
        notes=(("作用", "“计入结果”的才计入达标率；第二次测评只用于比对。"),),
    )


def answers_csv(answers: QuerySet[Answer]) -> Iterator[str]:
    """Return the pieces of a CSV file. What a spreadsheet would take for a formula is quoted."""
    return _pieces(_rows(answers, _plain))


def _pieces(rows: Iterator[Cells]) -> Iterator[str]:
    yield BOM + _lines([[column.title for column in COLUMNS]])
    while piece := list(islice(rows, LINES_SENT)):
        yield _lines(piece)


def answer_rows(answers: QuerySet[Answer]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each answer."""
    return _rows(answers, _as_they_are)


def _rows(answers: QuerySet[Answer], finished: Callable[[Cells], Cells]) -> Iterator[Cells]:
    """The forty lines of a visit have its cells in common, and there are few lines in a round: both
    are made once and finished once. One query more for some thousand answers."""

    @lru_cache(maxsize=KEPT)
    def line_of(code: str, text: str, outcome: str, values: str) -> Cells:
        return finished(_line(code, text, outcome, values))

    # As text, neither keys nor values are made into objects for each row.
    as_text = answers.annotate(
        visit_key=Cast("visit", CharField()), written=Cast("values", TextField())
    )
    rows: Iterator[Any] = as_text.values_list(*OF_ANSWER).iterator(AT_ONCE)
    while block := list(islice(rows, AT_ONCE)):
        keys = {row[0]: uuid.UUID(row[0]) for row in block}
        cells = _visits(keys.values())
        known = {text: finished(cells[key]) for text, key in keys.items()}
        for visit, code, text, outcome, values, note in block:
            last = finished((note,)) if note else NOTHING
            yield known[visit] + line_of(code, text, outcome, values) + last


def _visits(keys: Collection[uuid.UUID]) -> dict[uuid.UUID, Cells]:
    """By their keys alone: those of answers that the viewer may see. Rows are read while they are
    sent, when the request is over; and a database without statistics would go by the tenant."""
    states = dict(VisitState.choices)
    found: dict[uuid.UUID, Cells] = {}
    rows = Visit.across_tenants.filter(pk__in=keys).order_by().values_list(*OF_VISIT)
    for key, *place, state, inspector, sealed_at in rows:
        sealed = f"{sealed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        found[key] = (*place, str(states[state]), inspector, sealed)
    return found


def _line(code: str, text: str, outcome: str, values: str) -> Cells:
    said = (f"{VALUE_LABELS.get(name, name)} {one}" for name, one in json.loads(values).items())
    return code, text, str(Outcome(outcome).label), "；".join(said)


def _as_they_are(cells: Cells) -> Cells:
    return cells


def _plain(cells: Cells) -> Cells:
    """Quote what a spreadsheet would take for a formula."""
    return tuple(
        f"'{cell}" if cell is not None and cell.startswith(MAY_BE_FORMULA) else cell
        for cell in cells
    )


def _lines(rows: Iterable[Iterable[str | None]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
