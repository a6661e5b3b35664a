"""Reading people: actors first, then what they may see."""

from chuangwen.people.queries.actors import actor_behind, actor_named, actor_of
from chuangwen.people.queries.groups import expand_group, find_group
from chuangwen.people.queries.names import FoundName, find_unit, resolve_names
from chuangwen.people.queries.recipients import (
    PeopleByUnit,
    office_people,
    open_units_with_people,
    people_by_unit,
)
from chuangwen.people.queries.units import open_on, units_within_reach, visible_units

__all__ = [
    "FoundName",
    "PeopleByUnit",
    "actor_behind",
    "actor_named",
    "actor_of",
    "expand_group",
    "find_group",
    "find_unit",
    "office_people",
    "open_on",
    "open_units_with_people",
    "people_by_unit",
    "resolve_names",
    "units_within_reach",
    "visible_units",
]
