"""The results of a round as they are stored, site by site: read in pieces, in flat memory."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chuangwen.inspection.enums import VisitState
from chuangwen.inspection.models import Answer, Finding, Round, RoundSite, Visit

AT_ONCE = 500
JUDGED_STATES = (VisitState.COUNTED, VisitState.SECOND)


def visits_that_judged(round_site: Any) -> QuerySet[Visit]:
    """Return the visits of a round's site in which at least one line was judged."""
    return Visit.objects.filter(round_site=round_site).exclude(state=VisitState.UNDECIDED)


@dataclass(frozen=True)
class StoredResult:
    """A site of a round, its visit of that turn if there was one, and the visit's answers."""

    site: RoundSite
    visit: Visit | None
    answers: list[Answer]
    findings: int


def stored_results(within: Round) -> Iterator[StoredResult]:
    """Yield the sites of a round by code and turn. The order is Python's, on every database."""
    listed = RoundSite.objects.filter(round=within).order_by()
    keys = sorted(listed.values_list("site__code", "turn", "pk").iterator(2000))
    for start in range(0, len(keys), AT_ONCE):
        yield from _piece([pk for _, _, pk in keys[start : start + AT_ONCE]])


def _piece(keys: list[uuid.UUID]) -> Iterator[StoredResult]:
    sites = RoundSite.objects.filter(pk__in=keys).select_related("site", "checklist").order_by()
    by_key = {site.pk: site for site in sites}
    visits = Visit.objects.filter(round_site__in=keys, state__in=JUDGED_STATES).order_by()
    by_site = {visit.round_site_id: visit for visit in visits}
    found = [visit.pk for visit in by_site.values()]
    answers: dict[uuid.UUID, list[Answer]] = defaultdict(list)
    for answer in Answer.objects.filter(visit__in=found).order_by():
        answers[answer.visit_id].append(answer)
    findings: dict[uuid.UUID, int] = defaultdict(int)
    listed = Finding.objects.filter(visit__in=found).order_by().values_list("visit_id", flat=True)
    for visit_id in listed:
        findings[visit_id] += 1
    for key in keys:
        visit = by_site.get(key)
        own = answers[visit.pk] if visit else []
        yield StoredResult(by_key[key], visit, own, findings[visit.pk] if visit else 0)
