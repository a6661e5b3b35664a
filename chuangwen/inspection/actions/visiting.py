"""Writing a visit with all that hangs on it: a constant number of statements."""

import json
from typing import Any

from chuangwen.files.models import StoredFile
from chuangwen.framework.judging import SiteJudgement
from chuangwen.inspection.comparing import compare_opinions
from chuangwen.inspection.enums import VisitState
from chuangwen.inspection.finding import findings_of
from chuangwen.inspection.models import (
    Answer,
    FieldRecord,
    Finding,
    RoundSite,
    Visit,
    VisitFlag,
    VisitPhoto,
)
from chuangwen.inspection.notable import distance_to, notable_in
from chuangwen.inspection.queries.surroundings import Surroundings
from chuangwen.inspection.sealed import Position, SealedRecord
from chuangwen.inspection.tallies import add_to_tallies, counted_in
from chuangwen.kit.bulk import insert_rows
from chuangwen.kit.ids import new_id


def write_visit(
    kept: FieldRecord,
    sealed: SealedRecord,
    around: Surroundings,
    stored: dict[str, StoredFile],
    judgement: SiteJudgement | None,
) -> Visit:
    """Write visit, answers, photos, findings, flags and counts, in the caller's transaction.

    The round must be locked: findings are numbered in it, and its counts change.
    """
    visit = _visit(kept, sealed, around, judgement)
    visit.save(force_insert=True)
    if judgement is not None:
        _write_answers(visit, sealed, judgement)
    _write_photos(visit, sealed, stored)
    _write_flags(visit, kept, sealed, around, judgement=judgement, stored=stored)
    findings = findings_of(visit, sealed, around, judgement)
    Finding.objects.bulk_create(findings)
    compare_opinions(visit, around.round_site, judgement)
    add_to_tallies(counted_in(visit, around.round_site, judgement, len(findings)))
    return visit


def state_of(
    round_site: RoundSite | None, judgement: SiteJudgement | None, *, is_visited: bool
) -> VisitState:
    """The first visit that judged something counts, or is the second opinion; others are kept."""
    if round_site is None:
        return VisitState.UNLISTED
    if judgement is None or not any(line.counts for line in judgement.lines):
        return VisitState.UNDECIDED
    if is_visited:
        return VisitState.EXTRA
    return VisitState.COUNTED if round_site.turn == 1 else VisitState.SECOND


def _visit(
    kept: FieldRecord,
    sealed: SealedRecord,
    around: Surroundings,
    judgement: SiteJudgement | None,
) -> Visit:
    site = around.round_site.site if around.round_site else None
    return Visit(
        id=kept.pk,
        record=kept,
        round=around.round,
        round_site=around.round_site,
        site=site,
        account_id=kept.account_id,
        state=state_of(around.round_site, judgement, is_visited=around.is_visited),
        place=sealed.place,
        started_at=sealed.started_at,
        sealed_at=sealed.sealed_at,
        accuracy_metres=sealed.position.accuracy_metres if sealed.position else None,
        distance_metres=distance_to(site, sealed.position) if site else None,
        score=judgement.score if judgement else None,
        passed=judgement.passed if judgement else None,
        failed_lines=len(judgement.failed) if judgement else 0,
        note=sealed.note,
        **_degrees(sealed.position),
    )


def _degrees(position: Position | None) -> dict[str, Any]:
    if position is None:
        return {"longitude": None, "latitude": None}
    return {"longitude": position.longitude, "latitude": position.latitude}


def _write_answers(visit: Visit, sealed: SealedRecord, judgement: SiteJudgement) -> None:
    outcomes = {line.rule.key: line.outcome.value for line in judgement.lines}
    insert_rows(
        Answer,
        ("id", "tenant", "visit", "line", "outcome", "values", "note"),
        [
            (
                new_id(),
                visit.tenant_id,
                visit.pk,
                answer.line,
                outcomes[str(answer.line)],
                json.dumps(answer.values),
                answer.note,
            )
            for answer in sealed.answers
        ],
    )


def _write_photos(visit: Visit, sealed: SealedRecord, stored: dict[str, StoredFile]) -> None:
    held = [photo for photo in sealed.photos if photo.sha256 in stored]
    VisitPhoto.objects.bulk_create(
        VisitPhoto(
            visit=visit,
            line_id=photo.line,
            file=stored[photo.sha256],
            position=position,
            taken_at=photo.taken_at,
            **_degrees(photo.position),
        )
        for position, photo in enumerate(held)
    )
    if held:
        from chuangwen.inspection.tasks import fingerprint_visit  # noqa: PLC0415 - calls actions

        fingerprint_visit.enqueue(str(visit.tenant_id), str(visit.pk))


def _write_flags(
    visit: Visit,
    kept: FieldRecord,
    sealed: SealedRecord,
    around: Surroundings,
    *,
    judgement: SiteJudgement | None,
    stored: dict[str, StoredFile],
) -> None:
    files = [one.pk for one in stored.values()]
    earlier = VisitPhoto.objects.filter(file__in=files).exclude(visit=visit)
    used = set(earlier.order_by().values_list("file", flat=True)) if files else set()
    found = notable_in(
        sealed,
        around.round_site,
        judgement,
        around.lines,
        within=visit.round,
        state=VisitState(visit.state),
        received_at=kept.received_at,
        used_before=used,
    )
    VisitFlag.objects.bulk_create(
        VisitFlag(visit=visit, kind=one.kind, detail=one.detail) for one in found
    )
