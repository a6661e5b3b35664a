"""From findings to cases: what a round found goes to the ledger of rectification."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import Entry, record_all
from chuangwen.files.actions.attaching import Named, attach_stored
from chuangwen.inspection.actions.findings import locked_findings
from chuangwen.inspection.enums import FindingState, RoundKind, RoundState
from chuangwen.inspection.models import Finding, VisitPhoto
from chuangwen.kit.errors import IllegalTransition
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.opening import LONGEST_TITLE, Origin, Seen, open_cases
from chuangwen.rectification.enums import CASE_KIND, OriginKind, Source
from chuangwen.rectification.models import Case, Category

SOURCES = {RoundKind.UNANNOUNCED: Source.UNANNOUNCED, RoundKind.TOUR: Source.TOUR}


@transaction.atomic
def open_cases_of_findings(*, versions: Mapping[uuid.UUID, int], by: Actor) -> list[Case]:
    """转为整改案卷: every finding becomes a case that waits for 立案, with its photos, its unit
    and deadline as proposals. All or none, in a constant number of statements.

    Only of closed rounds: before, units must not hear of blind ones, nor inspectors of the visits
    that others made. Raises Invalid, StaleEdit and IllegalTransition.
    """
    by.require(Permission.MANAGE_ROUNDS)
    findings = locked_findings(versions)
    running = [one for one in findings if one.round.state != RoundState.CLOSED]
    if running:
        raise IllegalTransition(
            f"“{running[0].round.name}”还没有结束，发现的问题还不能转为整改案卷。请先结束轮次。"
        )
    categories = _categories(findings)
    found = [(_seen(one, categories), Origin(OriginKind.FINDING, one.pk)) for one in findings]
    cases = open_cases(found=found, by=by)
    _attach_photos(findings, {case.origin_id: case for case in cases}, by)
    change = [FindingState.OPEN, FindingState.IN_CASE]
    Finding.objects.filter(pk__in=list(versions)).update(
        state=FindingState.IN_CASE, version=F("version") + 1
    )
    record_all(
        by=by, entries=[Entry("finding.opened_case", one, {"state": change}) for one in findings]
    )
    return cases


def _categories(findings: Sequence[Finding]) -> dict[str, Category]:
    """Return the categories that bear the names on the findings; of a name twice, neither."""
    names = {one.category for one in findings if one.category}
    by_name: dict[str, list[Category]] = defaultdict(list)
    for category in Category.objects.filter(name__in=names, is_active=True):
        by_name[category.name].append(category)
    return {name: same[0] for name, same in by_name.items() if len(same) == 1}


def _seen(finding: Finding, categories: Mapping[str, Category]) -> Seen:
    line, text = finding.line, " ".join(finding.text.split())
    title = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1]}…"
    return Seen(
        title=title,
        source=SOURCES.get(RoundKind(finding.round.kind), Source.INSPECTION),
        found_on=finding.found_on,
        text=text if title != text else "",
        place=finding.place,
        category=categories.get(finding.category),
        site=finding.site,
        area=finding.area,
        standard=line.standard if line else None,
        proposed_lead=finding.unit,
        proposed_due_on=finding.proposed_due_on,
        is_sample=finding.is_sample,
    )


def _attach_photos(
    findings: Sequence[Finding], cases: Mapping[uuid.UUID | None, Case], by: Actor
) -> None:
    """Give each case the photos of its line, or of the whole visit outside the register."""
    visits = {one.visit_id for one in findings}
    by_line: dict[tuple[uuid.UUID, uuid.UUID | None], list[Named]] = defaultdict(list)
    for photo in VisitPhoto.objects.filter(visit__in=visits).order_by("visit", "position"):
        name = f"测评照片{photo.position + 1}.jpg"
        by_line[photo.visit_id, photo.line_id].append(Named(photo.file_id, name))
    files = {
        cases[one.pk].pk: by_line[one.visit_id, one.line_id] for one in findings if one.pk in cases
    }
    attach_stored(kind=CASE_KIND, files=files, by=by)
