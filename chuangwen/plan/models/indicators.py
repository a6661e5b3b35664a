"""Where the documents of a campaign demand an indicator, and how."""

from django.db import models

from chuangwen.framework.models import Indicator
from chuangwen.plan.models.campaign import Action, GoalArea, Retirable


class IndicatorDemand(Retirable):
    """What one clause demands of an indicator. Clauses that differ stay side by side.

    The indicator's own definition is kept in the framework; operator, value and unit here are
    those of the clause.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(
        GoalArea, null=True, on_delete=models.CASCADE, related_name="indicator_demands"
    )
    action = models.ForeignKey(
        Action, null=True, on_delete=models.CASCADE, related_name="indicator_demands"
    )
    operator = models.CharField("比较", max_length=2, blank=True)
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    clause = models.CharField("条款", max_length=300, blank=True)
    text = models.TextField("原文", blank=True)

    class Meta:
        verbose_name = "指标要求"
        ordering = ["position"]
        indexes = [
            models.Index(fields=["indicator", "position"], name="plan_demand_indicator"),
            models.Index(fields=["campaign", "position"], name="plan_demand_campaign"),
        ]

    def __str__(self) -> str:
        return self.text[:100]
