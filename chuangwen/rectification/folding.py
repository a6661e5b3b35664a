"""From the rows of events back to deeds: what the columns must agree with."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from chuangwen.rectification.enums import ShareKind, Step
from chuangwen.rectification.life import Deed, Life, fold
from chuangwen.rectification.models import Case, CaseEvent, EventUnit


def folded(cases: Sequence[Case]) -> dict[uuid.UUID, Life]:
    """Return what the stored events of cases amount to. Two queries."""
    ids = [case.pk for case in cases]
    units: dict[uuid.UUID, dict[uuid.UUID, ShareKind]] = defaultdict(dict)
    for row in EventUnit.objects.filter(event__case__in=ids):
        units[row.event_id][row.unit_id] = ShareKind(row.kind)
    deeds: dict[uuid.UUID, list[Deed]] = defaultdict(list)
    for event in CaseEvent.objects.filter(case__in=ids).order_by("case", "sequence"):
        deeds[event.case_id].append(deed_of(event, units[event.pk]))
    return {case.pk: fold(deeds[case.pk]) for case in cases}


def deed_of(event: CaseEvent, units: dict[uuid.UUID, ShareKind]) -> Deed:
    """Return the deed that an event tells."""
    return Deed(Step(event.step), event.day, event.unit_id, units, event.due_on)
