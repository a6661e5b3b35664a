"""The problem list of a paper: rows by unit, and photos before and after."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chuangwen.files.enums import Purpose
from chuangwen.files.models import Attachment
from chuangwen.rectification.enums import CASE_KIND, EVENT_KIND, CaseState, Step
from chuangwen.rectification.models import Case, CaseEvent
from chuangwen.rectification.queries.figures import LOCAL, Period
from chuangwen.reports.official.blocks import Align, Column
from chuangwen.reports.papers.sections import Block, heading, photos, table, text

MOST_PHOTOS = 500
NOBODY = "还没有派遣"
COLUMNS = (
    Column("编号", 36, Align.CENTRE),
    Column("问题", 45),
    Column("地点", 30),
    Column("整改时限", 25, Align.CENTRE),
    Column("情况", 20, Align.CENTRE),
)
BEFORE, AFTER = "整改前", "整改后"


@dataclass(frozen=True)
class Row:
    """One case of the list."""

    key: uuid.UUID
    unit: str
    is_local: bool
    number: str
    cells: tuple[str, ...]


def rows_of(cases: QuerySet[Case], period: Period) -> Iterator[Row]:
    """Yield the cases, by deadline within each unit; departments before streets. One query."""
    ordered = cases.select_related("lead").order_by("lead__name", "due_on", "number", "pk")
    for case in ordered.iterator(2000):
        lead = case.lead
        number = case.number or "—"
        due_on = case.due_on.isoformat() if case.due_on else "—"
        yield Row(
            case.pk,
            lead.name if lead else NOBODY,
            lead is not None and lead.kind in LOCAL,
            number,
            (number, case.title, case.place or "—", due_on, situation(case, period)),
        )


def situation(case: Case, period: Period) -> str:
    """Say how the case stands against its deadline; where it is while there is time left."""
    if case.suspended_on:
        return "缓办"
    if case.due_on and case.handed_in_on:
        kept = case.handed_in_on <= case.due_on
        done = "销号" if case.state == CaseState.CLOSED else "待核"
        return f"{'按期' if kept else '逾期'}{done}"
    if case.owed_on < period.day:
        return "超期未结"
    return str(case.get_state_display())


def listed(cases: QuerySet[Case], period: Period, *, with_photos: bool) -> list[Block]:
    """Return the whole list by unit: a heading, a table and the photos of each."""
    by_unit: dict[tuple[bool, str], list[Row]] = defaultdict(list)
    for row in rows_of(cases, period):
        by_unit[row.is_local, row.unit].append(row)
    shown = Photos(cases) if with_photos else None
    blocks: list[Block] = []
    for (_, unit), rows in sorted(by_unit.items(), key=lambda one: (one[0][1] == NOBODY, one[0])):
        blocks.append(heading(2, f"{unit}（{len(rows)}个）"))
        blocks.append(table(COLUMNS, (row.cells for row in rows), dense=True))
        blocks += shown.blocks(rows) if shown else []
    if shown and shown.left_out:
        blocks.append(text(f"另有{shown.left_out}张照片没有收入，见系统。"))
    return blocks or [text("没有问题。")]


class Photos:
    """The first photo of each problem, and of what was last reported to be mended. Three queries.

    At most MOST_PHOTOS; how many more there were is counted.
    """

    def __init__(self, cases: QuerySet[Case]) -> None:
        keys = cases.order_by().values("pk")
        self._before = _first(CASE_KIND, keys)
        events = CaseEvent.objects.filter(case__in=keys, step=Step.FINISH)
        last = dict(events.order_by("sequence").values_list("case_id", "pk"))
        pictures = _first(EVENT_KIND, events.order_by().values("pk"))
        self._after = {case: pictures[event] for case, event in last.items() if event in pictures}
        self._room, self.left_out = MOST_PHOTOS, 0

    def blocks(self, rows: Sequence[Row]) -> list[Block]:
        """Return the photos of the rows two beside each other: first the cases that have both, so
        that before and after stand side by side, then the single ones."""
        own = [self._of(row) for row in rows]
        pairs = [one for photos_of in own if len(photos_of) == 2 for one in photos_of]
        singles = [one for photos_of in own if len(photos_of) == 1 for one in photos_of]
        return [photos([*pairs, *singles])] if pairs or singles else []

    def _of(self, row: Row) -> list[tuple[str, str]]:
        found = [
            (str(own[row.key]), f"{row.number} {word}".strip("— "))
            for own, word in ((self._before, BEFORE), (self._after, AFTER))
            if row.key in own
        ]
        if len(found) > self._room:
            self.left_out += len(found)
            return []
        self._room -= len(found)
        return found


def _first(kind: str, owners: QuerySet[Any, Any]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the small picture of the first photo at each owner. One query."""
    rows = Attachment.objects.filter(
        owner_kind=kind, owner_id__in=owners, removed_at__isnull=True,
        file__derivatives__purpose=Purpose.THUMBNAIL, file__derivatives__result__isnull=False,
    )  # fmt: skip
    pairs = rows.order_by("-position").values_list("owner_id", "file__derivatives__result_id")
    return {owner: picture for owner, picture in pairs if picture is not None}
