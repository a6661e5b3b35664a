"""Counts of parts, kept in step with every write, so that boards never count rows."""

from django.db import models

from chuangwen.people.models import Unit
from chuangwen.plan.enums import PartState
from chuangwen.plan.models.tasks import NO_DEADLINE
from chuangwen.tenancy.models import TenantModel

__all__ = ["NO_DEADLINE", "PartTally"]


class PartTally(TenantModel):
    """How many parts of a unit are in a state with a deadline in a month.

    Months, not days: the table stays small, and the current month is counted exactly from rows.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    state = models.CharField("状态", max_length=20, choices=PartState.choices)
    due_month = models.DateField("时限所在月")
    number = models.IntegerField("数量", default=0)

    class Meta:
        verbose_name = "任务计数"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "state", "due_month"], name="plan_tally_bucket"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.state} {self.due_month} {self.number}"
