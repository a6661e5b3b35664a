"""Tables of stages: 阶段 | 时间 | 工作内容, with a stage on each row."""

from __future__ import annotations

import re

from . import dates
from .grids import CellRange, Grid
from .marks import squeeze
from .model import Phase

_STAGE_HEAD = re.compile(r"(?:实施|工作|推进|时间|创建)?(?:阶段|步骤)(?:名称|安排|划分)?")
_TIME_HEAD = re.compile(
    r"(?:起止|推进|完成|工作|实施|具体)?(?:时间|时限|时段|日期)(?:安排|节点|要求)?"
)
_HEAD_ROWS = 3


def read(folded: str, grid: Grid, document: str, year: int | None) -> list[Phase]:
    """The stages of a timetable, in order; none from any other table."""
    for row in range(min(_HEAD_ROWS, grid.rows)):
        heads = {column: cell for (at, column), cell in grid.at.items() if at == row}
        named = _column(folded, heads, _STAGE_HEAD)
        timed = _column(folded, heads, _TIME_HEAD)
        if named is not None and timed is not None:
            rows = range(row + 1, grid.rows)
            found = [_stage(folded, grid, (at, named, timed), document, year) for at in rows]
            return [phase for phase in found if phase]
    return []


def _column(folded: str, heads: dict[int, CellRange], words: re.Pattern[str]) -> int | None:
    return next(
        (
            column
            for column, cell in sorted(heads.items())
            if words.fullmatch(squeeze(folded[cell.start : cell.end]))
        ),
        None,
    )


def _stage(
    folded: str, grid: Grid, place: tuple[int, int, int], document: str, year: int | None
) -> Phase | None:
    row, named, timed = place
    name, time = grid.at.get((row, named)), grid.at.get((row, timed))
    if name is None or time is None or name.row != row or name is time:
        return None
    period = dates.find_period(folded, time.start, time.end, year)
    title = squeeze(folded[name.start : name.end])
    if period is None or not title:
        return None
    return Phase(
        start=min(name.start, time.start), end=max(name.end, time.end), name=title, kind="stage",
        number=None, year=period.year, from_month=period.first, to_month=period.last,
        theme=re.sub(r"阶段.*$", "", title) or None, document=document,
    )  # fmt: skip
