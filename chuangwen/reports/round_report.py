"""Fills the facts of 测评报告 from the kept counts, the findings and their photos."""

import datetime
import uuid
from collections import defaultdict

from django.db.models import Q

from chuangwen.files.enums import Purpose
from chuangwen.files.models import Derivative
from chuangwen.files.queries import open_file
from chuangwen.inspection.enums import Dimension, FindingState
from chuangwen.inspection.listing import Wanted, findings_listed, sites_listed
from chuangwen.inspection.models import Finding, Pair, PairMember, Round, VisitPhoto
from chuangwen.inspection.queries.results import Result, agreement, board
from chuangwen.inspection.queries.weighting import strata_of, weighting_of
from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.enums import UnitKind
from chuangwen.reports.round_facts import (
    Line,
    Photo,
    Problem,
    RoundFacts,
    SecondOpinions,
    Stratum,
    UnitProblems,
    Untested,
    Weighted,
)

LOCAL = {str(UnitKind.STREET.label), str(UnitKind.COMMUNITY.label)}
MOST_PHOTOS, MOST_OF_A_FINDING = 300, 2
NO_UNIT = "没有登记主管单位"
Pictures = dict[tuple[uuid.UUID, uuid.UUID | None], list[Derivative]]


def round_facts(
    *, within: Round, issuer: str, as_of: datetime.date, viewer: Actor, photos: bool = True
) -> RoundFacts:
    """Return everything that the report of a round says, as the viewer may see it.

    Some twenty queries, however large the round. `photos`: whether their bytes are read.
    """
    whole, types = board(viewer, within, Dimension.SITE_TYPE)
    _, units = board(viewer, within, Dimension.UNIT)
    _, areas = board(viewer, within, Dimension.AREA)
    _, lines = board(viewer, within, Dimension.LINE)
    if whole is None:
        raise NotFound("这个轮次还没有结果。")
    problems, left_out = _problems(within, viewer, photos=photos)
    drawing = within.drawing
    by_hand = drawing.get("by_hand", {})
    return RoundFacts(
        name=within.name,
        kind=within.get_kind_display(),
        issuer=issuer,
        as_of=as_of,
        starts_on=within.starts_on,
        ends_on=within.ends_on,
        version=str(within.framework_version),
        is_closed=bool(within.closed_at),
        is_sample=within.is_sample,
        sampling=within.get_sampling_display(),
        seed=within.seed,
        population=int(drawing.get("population", whole.drawn)),
        by_hand=sum(len(codes) for codes in by_hand.values()),
        strata=tuple(
            Stratum(one.name, one.population, one.drawn, one.tested, one.passed)
            for one in strata_of(within)
        ),
        pairs=Pair.objects.filter(round=within).count(),
        inspectors=PairMember.objects.filter(round=within).count(),
        whole=_line(whole),
        earlier=within.earlier.name if within.earlier else "",
        types=tuple(map(_line, types)),
        departments=tuple(_line(one) for one in units if one.group not in LOCAL),
        streets=tuple(_line(one) for one in units if one.group in LOCAL),
        areas=tuple(map(_line, areas)),
        lines=tuple(map(_line, lines)),
        untested=_untested(within, viewer),
        problems=problems,
        left_out_photos=left_out,
        opinions=_opinions(within, viewer),
        result_hash=within.result_hash,
        weighted=_weighted(within),
    )


def _line(one: Result) -> Line:
    bounds = one.interval
    return Line(
        one.name, one.group, one.drawn, one.tested, one.passed, one.findings, one.rate,
        bounds.low if bounds else None, bounds.high if bounds else None, one.change,
    )  # fmt: skip


def _weighted(within: Round) -> Weighted | None:
    found = weighting_of(within)
    if found is None:
        return None
    rate = None if found.share is None else 100 * found.share
    bounds = found.interval
    low, high = (100 * bounds.low, 100 * bounds.high) if bounds else (None, None)
    return Weighted(rate, low, high, found.reason)


def _untested(within: Round, viewer: Actor) -> tuple[Untested, ...]:
    rows = sites_listed(viewer, Wanted(round=str(within.pk), result="untested"))
    return tuple(
        Untested(
            row.site.code, row.site.name, row.site_type.name, row.unit.name if row.unit else ""
        )
        for row in rows
    )


def _opinions(within: Round, viewer: Actor) -> SecondOpinions | None:
    if not within.second_percent:
        return None
    found = agreement(viewer, within)
    table = found.lines
    return SecondOpinions(found.sites, table.lines, table.observed, table.kappa, table.ac1)


def _problems(
    within: Round, viewer: Actor, *, photos: bool
) -> tuple[tuple[UnitProblems, ...], int]:
    """Return the findings that stand by unit, and how many photos were left out."""
    listed_ones = findings_listed(viewer, Wanted(round=str(within.pk)))
    rows = list(listed_ones.exclude(state=FindingState.WITHDRAWN).order_by("number"))
    pictures = _pictures(within) if photos else {}
    by_unit: dict[str, list[Problem]] = defaultdict(list)
    taken = left_out = 0
    for row in rows:
        own = pictures.get((row.visit_id, row.line_id), [])
        room = max(0, min(MOST_OF_A_FINDING, MOST_PHOTOS - taken))
        shown = tuple(_photo(one, f"第{row.number}号：{row.place}"[:40]) for one in own[:room])
        taken += len(shown)
        left_out += len(own) - len(shown)
        by_unit[row.unit.name if row.unit else NO_UNIT].append(_problem(row, shown))
    found = (UnitProblems(unit, tuple(listed)) for unit, listed in sorted(by_unit.items()))
    return tuple(found), left_out


def _problem(row: Finding, photos: tuple[Photo, ...]) -> Problem:
    return Problem(
        row.number, row.text, row.place, row.category, row.clause, row.found_on,
        row.proposed_due_on, photos,
    )  # fmt: skip


def _pictures(within: Round) -> Pictures:
    """Return the small pictures of a round's findings that have been made. Two queries."""
    of_findings = Finding.objects.filter(round=within).values("visit_id")
    photos = VisitPhoto.objects.filter(visit__in=of_findings).order_by("visit_id", "position")
    rows = list(photos.values_list("visit_id", "line_id", "file_id"))
    made = Derivative.objects.filter(
        Q(source__in=photos.order_by().values("file_id")),
        purpose=Purpose.THUMBNAIL,
        result__isnull=False,
    )
    by_file = {one.source_id: one for one in made.select_related("result")}
    found: Pictures = defaultdict(list)
    for visit, line, file in rows:
        if file in by_file:
            found[visit, line].append(by_file[file])
    return found


def pictures_made(within: Round) -> int:
    """Return how many small pictures a report of the round can show. One query."""
    shown = VisitPhoto.objects.filter(visit__findings__round=within).order_by()
    made = Derivative.objects.filter(purpose=Purpose.THUMBNAIL, result__isnull=False)
    return made.filter(source__in=shown.values("file_id")).count()


def _photo(made: Derivative, caption: str) -> Photo:
    from PIL import Image  # noqa: PLC0415 - only who writes a report should wait for it

    if made.result is None:
        raise ValueError("a picture that was not made cannot be shown")
    with open_file(made.result) as file:
        content = file.read()
        file.seek(0)
        with Image.open(file) as image:
            width, height = image.size
    return Photo(content, width, height, caption)
