"""Which units the documents let expect as reporters of indicators. Reads only.

No notice says who reports a figure. It says who answers for the clause that demands it: a duty
for the indicator itself, else the lead and responsible units of the action that demands it.
"""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from chuangwen.people.models import Unit
from chuangwen.plan.duty_reading import ORDER, WORK_KINDS, in_force
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Duty, IndicatorDemand


@dataclass(frozen=True)
class ReporterHint:
    """A unit that may report an indicator, and where the documents name it."""

    unit: Unit
    kind: DutyKind
    place: str

    @property
    def leads(self) -> bool:
        """Tell whether the documents put the unit first."""
        return self.kind is DutyKind.LEAD


def reporter_hints(
    indicator_ids: Collection[uuid.UUID], day: datetime.date
) -> dict[uuid.UUID, list[ReporterHint]]:
    """Return the units that the documents suggest for each indicator, leads first. Two queries.

    Units that are closed on `day` are left out. A unit stands once, with its weightiest duty.
    """
    demands = IndicatorDemand.objects.filter(
        indicator__in=indicator_ids, action__isnull=False, retired_on__isnull=True
    )
    actions: dict[uuid.UUID, list[uuid.UUID]] = {}
    for action_id, indicator_id in demands.values_list("action_id", "indicator_id"):
        if action_id is not None:
            actions.setdefault(action_id, []).append(indicator_id)
    named = Duty.objects.filter(
        Q(indicator__in=indicator_ids) | Q(action__in=actions),
        unit__isnull=False,
        kind__in=WORK_KINDS,
    )
    duties = in_force(named).select_related("unit", "action").order_by("position", "pk")
    hints: dict[uuid.UUID, dict[uuid.UUID, ReporterHint]] = {}
    for duty in sorted(duties, key=_weight):
        unit = duty.unit
        if unit is None or not unit.is_open(day):
            continue
        place = duty.action.title if duty.action else "指标责任"
        subjects = actions[duty.action_id] if duty.action_id else [duty.indicator_id]
        for subject in filter(None, subjects):
            hint = ReporterHint(unit, DutyKind(duty.kind), place)
            hints.setdefault(subject, {}).setdefault(unit.pk, hint)
    return {subject: list(found.values()) for subject, found in hints.items()}


def _weight(duty: Duty) -> tuple[bool, int]:
    return duty.indicator_id is None, ORDER[DutyKind(duty.kind)]
