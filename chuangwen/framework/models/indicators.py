"""Indicators, the clauses that name them, who reports them, and what they are compared with."""

from django.db import models
from django.db.models import Q

from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.tenancy.models import TenantModel


class Indicator(TenantModel):
    """Something that is measured (numeric), compared (relative) or answered yes/no (qualitative).

    `alternative_of` marks the second of two indicators of which one suffices (“……，或……”).
    """

    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=20, choices=IndicatorKind.choices)
    operator = models.CharField("比较", max_length=2, choices=Operator.choices, blank=True)
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    scope = models.CharField("范围", max_length=200, blank=True)
    text = models.TextField("原文", blank=True)
    source = models.CharField("来源", max_length=300, blank=True)
    alternative_of = models.ForeignKey(
        "self",
        verbose_name="可替代的指标",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="alternatives",
    )
    position = models.PositiveIntegerField("次序", default=0)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "指标"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="framework_indicator_name",
                violation_error_message="已有同名指标。请使用现有指标，或在名称中写明区别。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=IndicatorKind.NUMERIC, value__isnull=False) & ~Q(operator="")
                    | Q(kind=IndicatorKind.RELATIVE, value__isnull=True) & ~Q(operator="")
                    | Q(kind=IndicatorKind.QUALITATIVE, value__isnull=True, operator="")
                ),
                name="framework_indicator_kind",
                violation_error_message=(
                    "数值指标须有比较符和目标值；相对指标只有比较符；定性指标两者都没有。"
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "position", "id"], name="framework_indicator_order")
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorClause(TenantModel):
    """A place in a document that names the indicator. Clauses that differ stay side by side."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="clauses")
    source = models.CharField("条款", max_length=300)
    text = models.TextField("原文")
    position = models.PositiveIntegerField("次序", default=0)

    class Meta:
        verbose_name = "指标依据"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "source"],
                name="framework_clause_source",
                violation_error_message="该指标已记录这一条款。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.text}"[:100]


class IndicatorReporter(TenantModel):
    """A unit that reports an indicator, from a day to a day."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="reporters")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True, blank=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "填报单位"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit"],
                condition=Q(valid_until__isnull=True),
                name="framework_reporter_open",
                violation_error_message="该单位已是此指标的填报单位。",
            )
        ]
        indexes = [models.Index(fields=["tenant", "unit"], name="framework_reporter_unit")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id}"


class ReferenceSeries(TenantModel):
    """What a relative indicator is compared with; several series mean that any one suffices."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField("参照", max_length=30, choices=ReferenceKind.choices)

    class Meta:
        verbose_name = "参照序列"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind"],
                name="framework_series_kind",
                violation_error_message="该指标已有这种参照。",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReferenceValue(TenantModel):
    """The reference of one period. A correction adds a row and supersedes this one."""

    series = models.ForeignKey(ReferenceSeries, on_delete=models.CASCADE, related_name="values")
    period = models.CharField("期间", max_length=10)
    value = models.DecimalField("数值", max_digits=18, decimal_places=4)
    source = models.CharField("来源", max_length=300)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    superseded_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded"
    )

    class Meta:
        verbose_name = "参照值"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period"],
                condition=Q(superseded_by__isnull=True),
                name="framework_reference_period",
                violation_error_message="该期间已有参照值。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.value}"
