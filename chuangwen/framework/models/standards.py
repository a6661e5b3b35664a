"""Numbered standards with their methods, and what became of them in later versions."""

from django.db import models
from django.db.models import Q

from chuangwen.framework.enums import Method, Relation
from chuangwen.framework.models.indicators import Indicator
from chuangwen.framework.models.versions import FrameworkVersion, Node
from chuangwen.tenancy.models import TenantModel


class Standard(TenantModel):
    """A numbered 测评标准 under a Ⅲ测评内容. Methods, weight and window attach here.

    `weight` is None while the official one is not known: it is imported, never invented.
    `window_months` counts the months of evidence that end the month before the assessment.
    """

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.CASCADE, related_name="standards"
    )
    node = models.ForeignKey(Node, on_delete=models.CASCADE, related_name="standards")
    code = models.CharField("编号", max_length=40)
    text = models.TextField("标准")
    weight = models.DecimalField("权重", max_digits=9, decimal_places=4, null=True, blank=True)
    window_months = models.PositiveSmallIntegerField("材料时限（月）", null=True, blank=True)
    owner_hints = models.JSONField("责任单位提示", default=list, blank=True)
    source = models.CharField("来源", max_length=300, blank=True)
    position = models.PositiveIntegerField("次序")
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "测评标准"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework_version", "code"],
                name="framework_standard_code",
                violation_error_message="本版本已有相同编号的标准。请换一个编号。",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0),
                name="framework_standard_weight",
                violation_error_message="权重不能为负数。",
            ),
            models.CheckConstraint(
                condition=Q(window_months__isnull=True) | Q(window_months__gte=1),
                name="framework_standard_window",
                violation_error_message="材料时限至少为 1 个月；不限请留空。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:100]


class StandardMethod(TenantModel):
    """One way in which a standard is assessed, with its own weight and what it looks at."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="methods")
    method = models.CharField("测评方法", max_length=30, choices=Method.choices)
    weight = models.DecimalField("权重", max_digits=9, decimal_places=4, null=True, blank=True)
    requirement = models.TextField("要求", blank=True)

    class Meta:
        verbose_name = "测评方法"
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "method"],
                name="framework_method_once",
                violation_error_message="该标准已有这种测评方法。",
            ),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=0),
                name="framework_method_weight",
                violation_error_message="权重不能为负数。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_method_display()


class StandardIndicator(TenantModel):
    """An indicator that measures a standard."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="indicator_links")
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="standard_links"
    )

    class Meta:
        verbose_name = "标准对应的指标"
        constraints = [
            models.UniqueConstraint(fields=["standard", "indicator"], name="framework_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.indicator_id}"


class VersionMapping(TenantModel):
    """What became of a standard of `old_version` in `new_version`.

    A split is several rows of one old standard, a merger several rows of one new standard.
    """

    old_version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="+")
    new_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.CASCADE, related_name="mappings"
    )
    old_standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="successors")
    new_standard = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.CASCADE, related_name="predecessors"
    )
    relation = models.CharField("关系", max_length=20, choices=Relation.choices)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "版本对照"
        constraints = [
            models.UniqueConstraint(
                fields=["old_standard", "new_standard"],
                name="framework_mapping_pair",
                violation_error_message="这两条标准已有对照关系。",
            ),
            models.UniqueConstraint(
                fields=["old_standard", "new_version"],
                condition=Q(relation=Relation.DROPPED),
                name="framework_mapping_dropped_once",
            ),
            models.CheckConstraint(
                condition=Q(relation=Relation.DROPPED, new_standard__isnull=True)
                | (~Q(relation=Relation.DROPPED) & Q(new_standard__isnull=False)),
                name="framework_mapping_dropped",
                violation_error_message="“取消”的标准没有对应的新标准，其他关系必须指明新标准。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()
