"""From the failed lines of a visit to findings, each complete enough to be sent to its owner."""

import datetime
import uuid
from collections.abc import Iterator

from chuangwen.framework.judging import LineJudgement, SiteJudgement
from chuangwen.framework.models import CheckLine
from chuangwen.inspection.enums import VisitState
from chuangwen.inspection.models import Finding, RoundSite, Visit
from chuangwen.inspection.queries.surroundings import Surroundings
from chuangwen.inspection.sealed import SealedRecord
from chuangwen.kit import clock
from chuangwen.kit.calendar import add_working_days
from chuangwen.tenancy.prepared import PreparedInTenant

_LAST_NUMBER = PreparedInTenant[int](
    lambda within: (
        Finding.objects.filter(round=within)
        .order_by("-number")
        .values_list("number", flat=True)[:1]
    ),
    within=uuid.UUID,
)


def findings_of(
    visit: Visit, sealed: SealedRecord, around: Surroundings, judgement: SiteJudgement | None
) -> list[Finding]:
    """Return the findings, numbered on from the last one of the round; nothing is written.

    A visit that does not count has none; what was seen outside the register is one.
    """
    if visit.state not in (VisitState.COUNTED, VisitState.UNLISTED):
        return []
    found = list(
        _of_lines(visit, sealed, around, judgement) if judgement else [_unlisted(visit, sealed)]
    )
    if found:
        last = _LAST_NUMBER.first(within=visit.round_id) or 0
        for number, finding in enumerate(found, last + 1):
            finding.number = number
    return found


def _of_lines(
    visit: Visit, sealed: SealedRecord, around: Surroundings, judgement: SiteJudgement
) -> Iterator[Finding]:
    lines = {str(line.pk): line for line in around.lines}
    notes = {str(answer.line): answer.note for answer in sealed.answers}
    for failed in judgement.failed:
        line = lines[failed.rule.key]
        finding = _new(visit, sealed, text=_text(line, failed, notes[failed.rule.key]))
        finding.line, finding.category = line, line.category
        finding.clause = _clause(line)
        if line.days is not None:
            finding.proposed_due_on = add_working_days(finding.found_on, line.days)
        if around.round_site is not None:
            _place(finding, around.round_site)
        yield finding


def _unlisted(visit: Visit, sealed: SealedRecord) -> Finding:
    finding = _new(visit, sealed, text=sealed.note.strip() or "点位之外发现的问题，见照片。")
    finding.place = sealed.place
    return finding


def _new(visit: Visit, sealed: SealedRecord, text: str) -> Finding:
    return Finding(visit=visit, round=visit.round, text=text, found_on=_day(visit, sealed))


def _place(finding: Finding, round_site: RoundSite) -> None:
    """As the round knows the site: the register may have changed since the draw. Who mends is
    the unit there is today: the one drawn with the site may have been merged into another."""
    site, unit = round_site.site, round_site.unit
    where = f"（{site.address}）" if site.address else ""
    finding.site, finding.place = site, f"{site.name}{where}"[:200]
    finding.unit_id = (unit.merged_into_id or unit.pk) if unit else None
    finding.area_id = round_site.area_id


def _text(line: CheckLine, failed: LineJudgement, note: str) -> str:
    said = f"{line.text}：{failed.reason}"
    return f"{said}。{note.strip()}" if note.strip() else said


def _clause(line: CheckLine) -> str:
    return f"{line.standard.code} {line.standard.text}"[:300] if line.standard else ""


def _day(visit: Visit, sealed: SealedRecord) -> datetime.date:
    """The day on which the phone sealed it, by our clock as far as we know how far its own is
    off; but none that has not come, and none before the round was started: deadlines count
    from it."""
    moment = sealed.by_our_clock(sealed.sealed_at)
    day = max(moment, visit.round.begun_at).astimezone(clock.SHANGHAI).date()
    return min(day, clock.now().astimezone(clock.SHANGHAI).date())
