"""Every answer of a round as a workbook or as CSV, row by row: memory does not grow."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from chuangwen.framework.observing import VALUE_LABELS
from chuangwen.inspection.enums import Outcome, VisitState
from chuangwen.inspection.models import Answer
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
FIELDS = (
    "visit__site__code",
    "visit__site__name",
    "visit__round_site__site_type__name",
    "visit__round_site__unit__name",
    "visit__round_site__area__name",
    "visit__state",
    "visit__account__name",
    "visit__sealed_at",
    "line__code",
    "line__text",
    "outcome",
    "values",
    "note",
)
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which spreadsheets know that the file is UTF-8
AT_ONCE = 2000
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
    """Yield a CSV file in pieces. What a spreadsheet would take for a formula is quoted."""
    yield BOM + _lines([[column.title for column in COLUMNS]])
    rows = ([_plain(cell) for cell in row] for row in answer_rows(answers))
    while piece := list(islice(rows, LINES_SENT)):
        yield _lines(piece)


def answer_rows(answers: QuerySet[Answer]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each answer."""
    states = dict(VisitState.choices)
    outcomes = dict(Outcome.choices)
    rows: Iterable[Any] = answers.values_list(*FIELDS).iterator(AT_ONCE)
    for row in rows:
        *place, state, inspector, sealed_at, code, text, outcome, values, note = row
        yield (
            *place,
            states[state],
            inspector,
            _minute(sealed_at),
            code,
            text,
            outcomes[outcome],
            "；".join(f"{VALUE_LABELS.get(name, name)} {one}" for name, one in values.items()),
            note,
        )


def _lines(rows: Iterable[Iterable[Cell]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


# The forty lines of a visit have its cells in common: what was made of one is kept a while.
@lru_cache(maxsize=AT_ONCE, typed=True)
def _minute(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@lru_cache(maxsize=AT_ONCE, typed=True)
def _plain(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(MAY_BE_FORMULA) else text
