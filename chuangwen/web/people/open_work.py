"""What a unit still has to do, said before it is closed. The page is above the rooms it asks."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import Coalesce

from chuangwen.framework.models import IndicatorReporter
from chuangwen.framework.queries.indicators import open_today
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.duty_reading import in_force
from chuangwen.plan.models import Duty, TaskPart
from chuangwen.plan.rules import OPEN_STATES

MOST_NAMES = 5


@dataclass(frozen=True)
class OpenWork:
    """One kind of what is open: how many, and the first of them for those who may read them."""

    label: str
    number: int
    names: tuple[str, ...]

    @property
    def more(self) -> bool:
        return 0 < len(self.names) < self.number


def open_work_of(unit: Unit, viewer: Actor) -> list[OpenWork]:
    """Return the kinds of which there are any. Three queries, however many there are.

    Whoever keeps the register learns how many: closing would leave them behind unseen. The names
    are for those who read the work of the unit.
    """
    parts = TaskPart.objects.filter(unit=unit, state__in=OPEN_STATES)
    duties = in_force(Duty.objects.filter(unit=unit))
    reporters = open_today(IndicatorReporter.objects.filter(unit=unit))
    subject = Coalesce("action__title", "task__title", "indicator__name")
    reads = viewer.may(Permission.VIEW_DISTRICT, unit_id=unit.pk)
    kinds = [
        _kind("没有办结的任务", parts.order_by("due_order", "pk"), F("task__title"), reads),
        _kind("仍有效的责任", duties.order_by("position", "pk"), subject, reads),
        _kind("负责填报的指标", reporters.order_by("pk"), F("indicator__name"), reads),
    ]
    return [kind for kind in kinds if kind.number]


def _kind(
    label: str, rows: QuerySet[TaskPart] | QuerySet[Duty] | QuerySet[IndicatorReporter],
    name: F | Coalesce, reads: bool,
) -> OpenWork:  # fmt: skip
    counted = rows.annotate(shown=name, total=Window(Count("pk")))
    found = list(counted.values_list("shown", "total")[:MOST_NAMES])
    names = tuple(str(one) for one, _ in found) if reads else ()
    return OpenWork(label, found[0][1] if found else 0, names)
