"""整改统计 as a workbook: by unit with its ranking, by category and by source."""

import datetime
from collections.abc import Iterable, Mapping

from chuangwen.rectification.queries.figures import Dimension, Figure, Period, Ranking, Tally, total
from chuangwen.reports.sheets.book import Book, Cell, Column, Kind, Sheet

NUMBERS = tuple(
    Column(title, 11, Kind.NUMBER)
    for title in (
        "发现", "立案", "销号", "应结案", "缓办", "按期结案", "逾期结案", "超期未结", "按期结案率",
        "目前超期",
    )
)  # fmt: skip
RANKS = (
    Column("分组", 18), Column("位次", 8), Column("单位", 26), Column("按期结案率", 12),
    Column("按期结案", 11, Kind.NUMBER), Column("应结案（不含缓办）", 18, Kind.NUMBER),
    Column("超期未结", 11, Kind.NUMBER),
)  # fmt: skip
NOTES = (
    ("应结案", "时限在本期之内、到统计日已到期的问题；时限就是统计日的，已报送的才计。"),
    ("按期结案", "最后一个单位在时限当日或之前报送，没有被退回返工；延期、返工的按新的时限计。"),
    ("逾期结案", "过了时限才报送。"),
    ("超期未结", "过了时限还没有报送；缓办的不算。"),
    ("按期结案率", "按期结案 ÷（应结案 − 缓办），向下取到 0.1%；没有应结案的不计。"),
    ("目前超期", "到统计日超期的全部问题，不论时限在哪一期。"),
    ("单位", "按牵头整改单位统计；作废、并入他案的不计。"),
)


def figures_book(
    tables: Mapping[Dimension, list[Figure]],
    ranked: Iterable[Ranking],
    period: Period,
    fewest: int,
) -> Book:
    """Return the tables of one period, a sheet each, and the ranking."""
    title = f"整改统计（{period.since}至{period.until}）"
    sheets = [
        Sheet(one.label, (Column(one.label, 26), *NUMBERS), _rows(rows))
        for one, rows in tables.items()
    ]
    sheets.insert(1, Sheet("单位排名", RANKS, _ranks(ranked, fewest)))
    return Book(title=title, as_of=period.day, sheets=tuple(sheets), notes=NOTES)


def percent(rate: float | None) -> str:
    """70.6%, cut and not rounded up; a dash where there is none."""
    return "—" if rate is None else f"{int(rate * 10 + 1e-9) / 10:.1f}%"


def _rows(rows: list[Figure]) -> Iterable[tuple[Cell, ...]]:
    for one in rows:
        yield (one.name, *_numbers(one.tally))
    if rows:
        yield ("合计", *_numbers(total(rows)))


def _numbers(tally: Tally) -> tuple[Cell, ...]:
    return (
        tally.found, tally.filed, tally.closed, tally.due, tally.suspended, tally.on_time,
        tally.late, tally.open_late, percent(tally.rate), tally.open_late_all,
    )  # fmt: skip


def _ranks(ranked: Iterable[Ranking], fewest: int) -> Iterable[tuple[Cell, ...]]:
    for ranking in ranked:
        for placed in ranking.placed:
            yield _rank(ranking.group, str(placed.place), placed.figure)
        for figure in ranking.too_few:
            yield _rank(ranking.group, f"不足{fewest}个，不排名", figure)


def _rank(group: str, place: str, figure: Figure) -> tuple[Cell, ...]:
    tally = figure.tally
    rate = percent(tally.rate)
    return (group, place, figure.name, rate, tally.on_time, tally.owed, tally.open_late)


def file_name(period: Period) -> str:
    """Return the name to save it under."""
    days: tuple[datetime.date, ...] = (period.since, period.until)
    return f"整改统计{'-'.join(f'{one:%Y%m%d}' for one in days)}.xlsx"
