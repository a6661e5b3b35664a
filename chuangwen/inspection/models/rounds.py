"""A round, its pairs of inspectors, and the sites drawn for it."""

import datetime

from django.db import models
from django.db.models import F, Q

from chuangwen.framework.models import Checklist, FrameworkVersion, SiteType
from chuangwen.inspection.enums import RoundKind, RoundState, Sampling
from chuangwen.kit import clock
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Account, Unit
from chuangwen.sites.models import Site
from chuangwen.tenancy.models import TenantModel


class Round(TenantModel):
    """A 测评轮次. From the start on its framework version and sample are frozen.

    `drawing` holds what the draw needs to be repeated: strata, wanted numbers, size helper.
    `second_percent`: the share of sites that is visited twice, for agreement between inspectors.
    """

    number = models.PositiveIntegerField("序号")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=20, choices=RoundKind.choices)
    framework_version = models.ForeignKey(
        FrameworkVersion, verbose_name="测评体系版本", on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    state = models.CharField(
        "状态", max_length=20, choices=RoundState.choices, default=RoundState.DRAFT
    )
    is_blind = models.BooleanField("对被测单位保密", default=False)
    sampling = models.CharField(
        "抽样方法", max_length=20, choices=Sampling.choices, default=Sampling.ALL
    )
    seed = models.CharField("抽样种子", max_length=40, blank=True)
    drawing = models.JSONField("抽样记录", default=dict, blank=True)
    second_percent = models.PositiveSmallIntegerField("双人复测比例（%）", default=0)
    earlier = models.ForeignKey(
        "self",
        verbose_name="对照的上一轮",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    started_at = models.DateTimeField("启动时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    result_hash = models.CharField("结果校验值", max_length=64, blank=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "测评轮次"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="inspection_round_number"),
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="inspection_round_name",
                violation_error_message="已有同名的测评轮次。请换一个名称。",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="inspection_round_dates",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=Q(second_percent__lte=100), name="inspection_round_second"
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.DRAFT, started_at__isnull=True, closed_at__isnull=True)
                | Q(state=RoundState.RUNNING, started_at__isnull=False, closed_at__isnull=True)
                | Q(state=RoundState.CLOSED, started_at__isnull=False, closed_at__isnull=False),
                name="inspection_round_state",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def begun_at(self) -> datetime.datetime:
        """Since when phones can have its sites. In a draft, and in a demonstration, which tells of
        days that the clock knows nothing of: the first day."""
        if self.started_at is not None and not (self.is_sample or clock.is_fixed()):
            return self.started_at
        return datetime.datetime.combine(self.starts_on, datetime.time(), clock.SHANGHAI)


class Pair(TenantModel):
    """Two inspectors (or one) who walk together."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField("组号")

    class Meta:
        verbose_name = "测评组"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="inspection_pair_number")
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 组"


class PairMember(TenantModel):
    """An inspector of a pair. In one round everybody walks in one pair."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "测评组成员"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "account"],
                name="inspection_member_once",
                violation_error_message="这名测评员已在本轮的另一组。一人只能在一组。",
            )
        ]

    def __str__(self) -> str:
        return str(self.account_id)


class RoundSite(TenantModel):
    """A site in a round, as the register knew it when it was drawn.

    `turn` 1 is the visit that counts, 2 the second opinion by another pair. Name, type, area and
    unit are kept here, so that a closed round does not change when the register does.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sites")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField("次", default=1)
    pair = models.ForeignKey(
        Pair, null=True, blank=True, on_delete=models.SET_NULL, related_name="sites"
    )
    position = models.PositiveIntegerField("次序", default=0)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="+")
    site_type = models.ForeignKey(SiteType, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    stratum = models.CharField("层", max_length=200, blank=True)

    class Meta:
        verbose_name = "本轮点位"
        ordering = ["pair__number", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "site", "turn"],
                name="inspection_site_once",
                violation_error_message="该点位已在本轮中。",
            ),
            models.CheckConstraint(condition=Q(turn__in=(1, 2)), name="inspection_site_turn"),
        ]
        indexes = [
            models.Index(fields=["round", "pair", "position"], name="inspection_site_walk"),
            models.Index(fields=["round", "turn", "id"], name="inspection_site_listed"),
        ]

    def __str__(self) -> str:
        return str(self.site_id)
