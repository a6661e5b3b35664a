"""What the document orders: goal areas, actions, key works, phases and their targets."""

from django.db import models

from chuangwen.plan.enums import PhaseKind
from chuangwen.plan.models.documents import SourceDocument
from chuangwen.tenancy.models import TenantModel


class Campaign(TenantModel):
    """A 创建周期: three years for one title."""

    name = models.CharField("名称", max_length=200)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")

    class Meta:
        verbose_name = "创建周期"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="plan_campaign_name")
        ]

    def __str__(self) -> str:
        return self.name


class FromDocument(TenantModel):
    """Anything that a document ordered; the offsets lead back to its words."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(
        SourceDocument, null=True, on_delete=models.PROTECT, related_name="+"
    )
    start = models.PositiveIntegerField("原文起", null=True)
    end = models.PositiveIntegerField("原文止", null=True)
    position = models.PositiveIntegerField("次序", default=0)

    class Meta:
        abstract = True


class Retirable(FromDocument):
    """What a later document may no longer name; it is kept and marked, never deleted."""

    retired_on = models.DateField("不再要求自", null=True)

    class Meta:
        abstract = True


class GoalArea(Retirable):
    """One of the 目标领域 (P 三)."""

    number = models.CharField("序号", max_length=20)
    title = models.CharField("名称", max_length=200)
    goal = models.TextField("目标", blank=True)

    class Meta:
        verbose_name = "目标领域"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "title"], name="plan_area_title")
        ]

    def __str__(self) -> str:
        return self.title


class Action(Retirable):
    """One of the 提升行动 (A 二) with its lead and responsible units as duties."""

    number = models.CharField("序号", max_length=20)
    title = models.CharField("名称", max_length=200)
    goal = models.CharField("目标", max_length=300, blank=True)

    class Meta:
        verbose_name = "提升行动"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "title"], name="plan_action_title")
        ]

    def __str__(self) -> str:
        return self.title


class KeyWork(Retirable):
    """One of the 重点工作 (P 四)."""

    number = models.CharField("序号", max_length=20)
    title = models.CharField("名称", max_length=200)

    class Meta:
        verbose_name = "重点工作"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "title"], name="plan_key_work_title")
        ]

    def __str__(self) -> str:
        return self.title


class Phase(Retirable):
    """A year or a stage with its theme (P 五, A 一). Months may overlap."""

    name = models.CharField("名称", max_length=200)
    kind = models.CharField("种类", max_length=10, choices=PhaseKind.choices)
    theme = models.CharField("主题", max_length=200, blank=True)
    starts_on = models.DateField("开始", null=True)
    ends_on = models.DateField("结束", null=True)

    class Meta:
        verbose_name = "年度和阶段"
        ordering = ["starts_on", "-ends_on", "position"]
        constraints = [models.UniqueConstraint(fields=["campaign", "name"], name="plan_phase_name")]

    def __str__(self) -> str:
        return self.name


class Target(Retirable):
    """What is to be reached by the end of a phase; clauses that differ stay side by side."""

    phase = models.ForeignKey(Phase, null=True, on_delete=models.CASCADE, related_name="targets")
    name = models.CharField("名称", max_length=200)
    operator = models.CharField("比较", max_length=2, blank=True)
    value = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True)
    unit = models.CharField("单位", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    text = models.TextField("原文")

    class Meta:
        verbose_name = "目标值"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:100]


class Mechanism(Retirable):
    """A way of steering or checking that the document orders: 督查, 通报, 问责 (P 五, A 三)."""

    name = models.CharField("名称", max_length=100)
    frequency = models.CharField("频次", max_length=50, blank=True)
    actors = models.CharField("由谁", max_length=300, blank=True)
    text = models.TextField("原文", blank=True)

    class Meta:
        verbose_name = "工作机制"
        ordering = ["position"]
        indexes = [models.Index(fields=["campaign", "name"], name="plan_mechanism_campaign")]

    def __str__(self) -> str:
        return self.name
