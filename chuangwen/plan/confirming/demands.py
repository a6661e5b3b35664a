"""The clauses that demand an indicator, one row a clause."""

import uuid
from typing import Any

from chuangwen.framework.document import IndicatorEntry
from chuangwen.framework.models import Indicator
from chuangwen.plan.confirming.criteria import demanded
from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem, IndicatorDemand, PlanImport

Key = tuple[Any, ...]
RENEWED = [
    "source_id",
    "start",
    "end",
    "position",
    "area_id",
    "action_id",
    "operator",
    "value",
    "unit",
    "clause",
    "text",
    "retired_on",
]


class DemandBook:
    """The demands of a campaign while an import is confirmed. Two writes at the end."""

    def __init__(self, plan_import: PlanImport) -> None:
        self.plan_import = plan_import
        held = list(IndicatorDemand.objects.filter(campaign=plan_import.campaign))
        self.held = {_key(demand): demand for demand in held}
        self.by_id: dict[uuid.UUID, IndicatorDemand] = {demand.pk: demand for demand in held}
        self.said = {(demand.indicator_id, demand.clause, demand.text) for demand in held}
        self.new: list[IndicatorDemand] = []
        self.renewed: list[IndicatorDemand] = []

    def says_something_new(self, indicator: Indicator, entry: IndicatorEntry) -> bool:
        """Tell whether no earlier document demanded the indicator in these words here."""
        return (indicator.pk, entry.source, entry.text) not in self.said

    def enter(
        self,
        indicator: Indicator,
        item: ImportItem,
        entry: IndicatorEntry,
        section: ImportItem | None,
    ) -> None:
        """Note what an item demands; the same demand of an earlier document is renewed."""
        wanted = _demand(self.plan_import, indicator, item, entry, section)
        found = self.held.get(_key(wanted))
        if found is None and item.existing_id in self.by_id:
            found = self.by_id[item.existing_id]
        if found is None:
            found = wanted
            self.new.append(wanted)
        elif not found._state.adding:
            for name in RENEWED:
                setattr(found, name, getattr(wanted, name))
            self.renewed.append(found)
        self.held[_key(found)] = found
        item.applied_id = found.pk

    def store(self) -> None:
        """Write what is new and what was renewed."""
        IndicatorDemand.objects.bulk_create(self.new, batch_size=500)
        if self.renewed:
            IndicatorDemand.objects.bulk_update(self.renewed, RENEWED, batch_size=200)


def _demand(
    plan_import: PlanImport,
    indicator: Indicator,
    item: ImportItem,
    entry: IndicatorEntry,
    section: ImportItem | None,
) -> IndicatorDemand:
    _kind, operator, value = demanded(item)
    in_area = section is not None and section.kind == ItemKind.AREA
    in_action = section is not None and section.kind == ItemKind.ACTION
    return IndicatorDemand(
        campaign=plan_import.campaign,
        source_id=plan_import.source_id,
        start=item.start,
        end=item.end,
        position=item.position,
        indicator=indicator,
        area_id=section.applied_id if section and in_area else None,
        action_id=section.applied_id if section and in_action else None,
        operator=operator or "",
        value=value,
        unit=str(item.data.get("unit") or "")[:20],
        clause=entry.source,
        text=entry.text,
    )


def _key(demand: IndicatorDemand) -> Key:
    value = None if demand.value is None else demand.value.normalize()
    place = (demand.indicator_id, demand.clause, demand.text)
    return (*place, demand.operator, value, demand.unit)
