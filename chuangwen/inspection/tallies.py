"""Keeping the counts of a round as visits are confirmed: the database adds, in one statement."""

import uuid
from collections import Counter
from collections.abc import Mapping

from chuangwen.framework.enums import Outcome
from chuangwen.framework.judging import SiteJudgement
from chuangwen.inspection.enums import Dimension, VisitState
from chuangwen.inspection.models import ResultTally, RoundSite, Visit
from chuangwen.kit.upserts import add_to_counts

Bucket = tuple[uuid.UUID, str, uuid.UUID]  # round, by what, whose
NUMBERS = ("drawn", "tested", "passed", "lines", "failed_lines", "findings")
Change = dict[Bucket, Counter[str]]
STRATA = uuid.UUID(
    "6f1d6c1c-7a60-4a5e-9a43-6a0c7f9f2f51"
)  # a stratum is a text, its key made of it


def counted_in(
    visit: Visit, round_site: RoundSite | None, judgement: SiteJudgement | None, findings: int
) -> Change:
    """Return what a new visit adds, and where. A visit that does not count adds nothing."""
    if visit.state == VisitState.UNLISTED:
        seen = Counter(findings=findings)
        whose = {Dimension.ROUND: visit.round_id, Dimension.INSPECTOR: visit.account_id}
        return {(visit.round_id, kind, pk): seen for kind, pk in whose.items()}
    if visit.state != VisitState.COUNTED or round_site is None or judgement is None:
        return {}
    judged = [line for line in judgement.lines if line.counts]
    whole = Counter(
        tested=int(judgement.passed is not None),
        passed=int(bool(judgement.passed)),
        lines=len(judged),
        failed_lines=len(judgement.failed),
        findings=findings,
    )
    change = {(visit.round_id, kind, pk): whole for kind, pk in holders_of(visit, round_site)}
    if round_site.stratum:  # weights need no more of it
        bucket = (visit.round_id, Dimension.STRATUM.value, stratum_key(round_site.stratum))
        change[bucket] = Counter(tested=whole["tested"], passed=whole["passed"])
    for line in judged:
        failed = int(line.outcome == Outcome.FAILED)
        bucket = (visit.round_id, Dimension.LINE.value, uuid.UUID(line.rule.key))
        change[bucket] = Counter(
            tested=1, passed=1 - failed, lines=1, failed_lines=failed, findings=failed
        )
    return change


def holders_of(visit: Visit, round_site: RoundSite) -> list[tuple[str, uuid.UUID]]:
    """Return by what a counted visit is added up, lines and stratum apart."""
    found = {
        Dimension.ROUND: visit.round_id,
        Dimension.SITE_TYPE: round_site.site_type_id,
        Dimension.UNIT: round_site.unit_id,
        Dimension.AREA: round_site.area_id,
        Dimension.INSPECTOR: visit.account_id,
    }
    return [(kind.value, pk) for kind, pk in found.items() if pk is not None]


def stratum_key(stratum: str) -> uuid.UUID:
    """Return the key under which a stratum is counted: the same for the same text everywhere."""
    return uuid.uuid5(STRATA, stratum)


def add_to_tallies(change: Mapping[Bucket, Counter[str]]) -> None:
    """Add to the stored numbers: two writers never lose a count. One statement."""
    rows = [
        ResultTally(
            round_id=round_id,
            dimension=dimension,
            holder_id=holder,
            **{name: numbers[name] for name in NUMBERS},
        )
        for (round_id, dimension, holder), numbers in sorted(change.items(), key=_in_order)
    ]
    add_to_counts(rows, ["round", "dimension", "holder_id"], NUMBERS)


def _in_order(entry: tuple[Bucket, object]) -> tuple[str, uuid.UUID]:
    """All writers take the rows in one order: none waits for another crosswise."""
    _, dimension, holder = entry[0]
    return (str(dimension), holder)
