"""Counts of parts and tasks, kept in step with every write, so that boards never count rows."""

from django.db import models

from chuangwen.plan.enums import TallyKind
from chuangwen.plan.models.tasks import NO_DEADLINE
from chuangwen.tenancy.models import TenantModel

__all__ = ["NO_DEADLINE", "Tally"]


class Tally(TenantModel):
    """How many parts of a unit, or tasks of the district, are of a kind on a day or in a month.

    One table for all, so that a write keeps every count in one statement. Open parts are counted
    by month and by day: what is late is a sum of whole months and the days of the current one.
    """

    # No foreign key: the counts of tasks belong to the district and stand under its own number.
    holder_id = models.UUIDField("单位，或区县本身")
    kind = models.CharField("所计", max_length=20, choices=TallyKind.choices)
    day = models.DateField("日期或月份的第一天", default=NO_DEADLINE)
    number = models.IntegerField("数量", default=0)

    class Meta:
        verbose_name = "任务计数"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "holder_id", "kind", "day"], name="plan_tally_bucket"
            )
        ]
        indexes = [
            # The number stands in it, so that a whole district is summed in the index alone.
            models.Index(
                fields=["tenant", "kind", "day", "holder_id", "number"], name="plan_tally_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.kind} {self.day} {self.number}"
