"""What kinds of problems there are, and how long each may take."""

from django.db import models
from django.db.models import Q

from chuangwen.rectification.enums import CategoryKind
from chuangwen.tenancy.models import TenantModel


class Category(TenantModel):
    """A 部件 or 事件 category. Its limit and conditions are the city's: imported, never invented.

    `working_days` is None while no limit is known: whoever dispatches then sets the deadline.
    """

    code = models.CharField("类别编号", max_length=20)
    name = models.CharField("类别", max_length=60)
    kind = models.CharField("大类", max_length=20, choices=CategoryKind.choices)
    group = models.CharField("小类归属", max_length=60, blank=True)
    working_days = models.PositiveSmallIntegerField("整改时限（工作日）", null=True, blank=True)
    filing_condition = models.TextField("立案条件", blank=True)
    closing_condition = models.TextField("结案条件", blank=True)
    is_active = models.BooleanField("在用", default=True)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "问题类别"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                name="rectification_category_code",
                violation_error_message="已有相同编号的类别。请换一个编号，或修改现有类别。",
            ),
            models.CheckConstraint(
                condition=Q(working_days__isnull=True) | Q(working_days__gte=1),
                name="rectification_category_days",
                violation_error_message="整改时限至少 1 个工作日；没有规定的请留空。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
