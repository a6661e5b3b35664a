"""Collective owners when tasks are given out: the units that they mean on the day."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from chuangwen.people.models import Unit, UnitGroup
from chuangwen.people.naming import name_key
from chuangwen.people.queries.units import open_on
from chuangwen.plan.models import Duty


@dataclass
class Expanded:
    """Duties with every collective owner replaced by its units.

    `collectives` are those that nobody had expanded; `undefined` are the collective duties whose
    name means no unit yet.
    """

    duties: list[Duty]
    collectives: list[Duty] = field(default_factory=list)
    undefined: list[Duty] = field(default_factory=list)

    def used_by(self, pairs: set[tuple[uuid.UUID, uuid.UUID]]) -> list[Duty]:
        """Return the collectives that brought a unit into (action or task, unit) pairs."""
        used = {
            duty.expanded_from_id
            for duty in self.duties
            if duty._state.adding and (duty.task_id or duty.action_id, duty.unit_id) in pairs
        }
        return [duty for duty in self.collectives if duty.pk in used]


def with_expansions(
    duties: Sequence[Duty], day: datetime.date, *, units: Sequence[Unit] | None = None
) -> Expanded:
    """Put the units that unexpanded collective owners mean on `day` beside the other duties.

    Nothing is written: the added duties are not stored. Two queries when there is a collective
    owner, none otherwise; one when the caller has read the `units` in force already.
    """
    expanded = {duty.expanded_from_id for duty in duties if duty.expanded_from_id}
    waiting = [duty for duty in duties if duty.is_collective and duty.pk not in expanded]
    found = Expanded([duty for duty in duties if duty.unit_id is not None])
    if not waiting:
        return found
    groups = {key: group for group in UnitGroup.objects.all() for key in group.keys}
    if units is None:
        kinds = {kind for group in groups.values() for kind in group.kinds}
        units = list(open_on(Unit.objects.filter(kind__in=kinds), day).order_by("kind", "name"))
    units = [unit for unit in units if unit.is_open(day)]
    for duty in waiting:
        group = groups.get(name_key(duty.written_name))
        meant = [unit for unit in units if group is not None and unit.kind in group.kinds]
        if not meant:
            found.undefined.append(duty)
            continue
        found.collectives.append(duty)
        found.duties += [share_of(duty, unit, day) for unit in meant]
    return found


def share_of(collective: Duty, unit: Unit, day: datetime.date) -> Duty:
    """Return one unit's duty of a collective one, not stored."""
    return Duty(
        campaign_id=collective.campaign_id,
        source_id=collective.source_id,
        start=collective.start,
        end=collective.end,
        position=collective.position,
        action_id=collective.action_id,
        task_id=collective.task_id,
        indicator_id=collective.indicator_id,
        kind=collective.kind,
        unit=unit,
        written_name=collective.written_name,
        expanded_from=collective,
        expanded_on=day,
        valid_from=day,
    )
