"""The district's ladder: when who is told of a case that nears its deadline or is late."""

import datetime

from django.db import models
from django.db.models import Q

from chuangwen.supervision.enums import Measure
from chuangwen.tenancy.models import TenantModel


class Ladder(TenantModel):
    """The settings of the district's ladder; without a row nobody climbs.

    What became due before `in_force_from` is left alone. Between `quiet_from` and `quiet_until`
    nothing is sent; it is sent afterwards. `is_reference`: still as the system proposed it.
    """

    is_active = models.BooleanField("启用", default=True)
    in_force_from = models.DateField("启用日期")
    most_a_day = models.PositiveSmallIntegerField("每人每天最多提醒", default=3)
    quiet_from = models.TimeField("免打扰开始", default=datetime.time(21))
    quiet_until = models.TimeField("免打扰结束", default=datetime.time(7, 30))
    is_reference = models.BooleanField("参考设置", default=False)
    is_sample = models.BooleanField("演示数据", default=False, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "督促阶梯"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="supervision_ladder_once")]

    def __str__(self) -> str:
        return "督促阶梯"

    def is_quiet(self, at: datetime.time) -> bool:
        """Tell whether nobody is to be disturbed; the hours may pass midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until


class Rung(TenantModel):
    """One rung: `days` working days after the deadline, before it when negative.

    A rung that is taken off the ladder stays as a row, for the steps that were made on it.
    """

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="rungs")
    days = models.SmallIntegerField("工作日")
    name = models.CharField("名称", max_length=30)
    measure = models.CharField("措施", max_length=20, choices=Measure.choices)
    tells = models.JSONField("告知", default=list)  # values of Audience
    is_active = models.BooleanField("在用", default=True)

    class Meta:
        verbose_name = "督促梯级"
        ordering = ["days", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=-60, days__lte=250), name="supervision_rung_days"
            )
        ]

    def __str__(self) -> str:
        return self.name
