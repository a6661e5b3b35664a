"""What a viewer may choose from in filters and forms: one query, whatever there is to choose."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Concat

from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.plan.models import Action, GoalArea, KeyWork

Choices = list[tuple[uuid.UUID, str]]


@dataclass
class PlanChoices:
    """Number and name of everything by which tasks can be told apart."""

    action: Choices = field(default_factory=list)
    area: Choices = field(default_factory=list)
    key_work: Choices = field(default_factory=list)
    unit: Choices = field(default_factory=list)


def choices_for(actor: Actor, *, units: bool = True) -> PlanChoices:
    """Return actions, areas, key works and the units in force that the viewer may see."""
    label = Concat(F("number"), F("title"), output_field=CharField())
    columns = ("pk", "label", "group", "place")
    rows = [
        _rows(model.objects.filter(retired_on__isnull=True), group, label, F("position"))
        for model, group in ((Action, "action"), (GoalArea, "area"), (KeyWork, "key_work"))
    ]
    if units:
        names = F("name")
        rows.append(_rows(_units(actor), "unit", names, Value(0, output_field=IntegerField())))
    first, *others = [each.order_by().values_list(*columns) for each in rows]
    found = PlanChoices()
    for pk, words, group, _place in first.union(*others, all=True).order_by("place", "label"):
        getattr(found, group).append((pk, words))
    return found


def _rows(rows: Any, group: str, label: Any, place: Any) -> Any:
    return rows.annotate(label=label, group=Value(group, output_field=CharField()), place=place)


def _units(actor: Actor) -> QuerySet[Unit]:
    units = Unit.objects.filter(valid_until__isnull=True)
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return units
    return units.filter(pk__in=units_within_reach(actor).values("descendant_id"))
