"""Who is told at a rung."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from chuangwen.people.models import UnitAncestry
from chuangwen.people.queries import office_people, people_by_unit
from chuangwen.people.roles import Role
from chuangwen.supervision.enums import Audience

ByUnit = Mapping[uuid.UUID, Collection[uuid.UUID]]


@dataclass(frozen=True)
class Hearers:
    """The people of some units by audience. 分管领导 of a unit is whoever holds the post of
    指挥部领导 in it or in a unit above it."""

    clerks: ByUnit
    heads: ByUnit
    leaders: ByUnit
    office: Collection[uuid.UUID]

    @classmethod
    def of(cls, units: Iterable[uuid.UUID], day: datetime.date) -> "Hearers":
        """Load the people of units. Five queries, whatever the number of units."""
        wanted = set(units)
        above: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
        pairs = UnitAncestry.objects.filter(descendant_id__in=wanted)
        for ancestor, unit in pairs.values_list("ancestor_id", "descendant_id"):
            above[unit].add(ancestor)
        every = {ancestor for found in above.values() for ancestor in found}
        leaders = people_by_unit(day, units=every, roles=[Role.LEADER])
        return cls(
            clerks=people_by_unit(day, units=wanted, roles=[Role.CLERK]),
            heads=people_by_unit(day, units=wanted, roles=[Role.HEAD]),
            leaders={
                unit: [one for ancestor in found for one in leaders.get(ancestor, ())]
                for unit, found in above.items()
            },
            office=office_people(day),
        )

    def told(self, audience: Iterable[str], units: Iterable[uuid.UUID]) -> set[uuid.UUID]:
        """Return whom to tell of a case with these units. Where a unit has nobody of an audience,
        创文办 hears instead: nothing is lost because a post is not filled."""
        found: set[uuid.UUID] = set()
        by_audience = {
            Audience.CLERK: self.clerks,
            Audience.HEAD: self.heads,
            Audience.LEADER: self.leaders,
        }
        for one in map(Audience, audience):
            if one == Audience.OFFICE:
                found.update(self.office)
                continue
            for unit in units:
                found.update(by_audience[one].get(unit, ()) or self.office)
        return found
