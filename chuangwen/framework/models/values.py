"""What units report. Values are never overwritten: a correction supersedes them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from chuangwen.framework.enums import ValueState
from chuangwen.framework.models.indicators import Indicator
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.tenancy.models import TenantModel


class IndicatorValue(TenantModel):
    """One unit's number or yes/no for one period, with the document that proves it.

    An accepted value counts until its correction is accepted too. Database triggers refuse
    changes of what was reported (migration 0002).
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    period = models.CharField("期间", max_length=10)
    period_ends_on = models.DateField("期末")
    number = models.DecimalField("数值", max_digits=18, decimal_places=4, null=True)
    answer = models.BooleanField("是否做到", null=True)
    document = models.TextField("来源文件")
    document_name = models.CharField("附件名称", max_length=200, blank=True)
    note = models.TextField("说明", blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=ValueState.choices, default=ValueState.REPORTED
    )
    return_reason = models.TextField("退回原因", blank=True)
    reported_by = models.UUIDField("填报账号", null=True)
    reported_at = models.DateTimeField("填报时间", auto_now_add=True)
    reviewed_by = models.UUIDField("审核账号", null=True)
    reviewed_at = models.DateTimeField("审核时间", null=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    superseded_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded"
    )

    class Meta:
        verbose_name = "指标值"
        ordering = ["-period_ends_on", "-reported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period", "state"],
                condition=Q(superseded_by__isnull=True),
                name="framework_value_open",
                violation_error_message="该单位本期已填报。请用“更正”，原值会保留。",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, answer__isnull=False)
                | Q(number__isnull=False, answer__isnull=True),
                name="framework_value_one_form",
            ),
            models.CheckConstraint(
                condition=~Q(state=ValueState.RETURNED) | ~Q(return_reason=""),
                name="framework_value_reason",
                violation_error_message="退回须写明原因。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "indicator", "unit", "-period_ends_on"],
                name="framework_value_latest",
            ),
            models.Index(fields=["tenant", "state", "id"], name="framework_value_queue"),
            models.Index(fields=["tenant", "unit", "state"], name="framework_value_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.content}"

    @property
    def content(self) -> Decimal | bool | None:
        """The number or the answer, whichever was reported."""
        return self.number if self.number is not None else self.answer
