"""Findings, and the counts that boards read instead of counting answers."""

from django.db import models

from chuangwen.framework.models import CheckLine
from chuangwen.inspection.enums import Dimension, FindingState
from chuangwen.inspection.models.rounds import Round
from chuangwen.inspection.models.visits import Visit
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.sites.models import Site
from chuangwen.tenancy.models import TenantModel


class Finding(TenantModel):
    """A failed line of a counted visit, or a problem seen outside the register.

    The rectification ledger will take it from here (`open_case(origin=finding)`); the proposed
    deadline counts the line's working days from the day of the visit.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="findings")
    line = models.ForeignKey(CheckLine, null=True, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("序号")
    category = models.CharField("问题类别", max_length=60, blank=True)
    text = models.TextField("问题")
    place = models.CharField("地点", max_length=200)
    clause = models.CharField("测评标准", max_length=300, blank=True)
    found_on = models.DateField("发现日期")
    proposed_due_on = models.DateField("建议整改时限", null=True)
    state = models.CharField(
        "状态", max_length=20, choices=FindingState.choices, default=FindingState.OPEN
    )
    withdrawal_reason = models.TextField("撤回原因", blank=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "发现问题"
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="inspection_finding_number"),
            models.UniqueConstraint(
                fields=["visit", "line"],
                condition=models.Q(line__isnull=False),
                name="inspection_finding_line",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "unit", "state", "id"], name="inspection_finding_unit"),
            models.Index(fields=["tenant", "proposed_due_on", "id"], name="inspection_finding_due"),
            models.Index(fields=["tenant", "category", "id"], name="inspection_finding_kind"),
            models.Index(fields=["round", "id"], name="inspection_finding_round"),
            models.Index(
                fields=["round", "proposed_due_on", "id"], name="inspection_finding_round_due"
            ),
            models.Index(fields=["round", "category", "id"], name="inspection_finding_round_kin"),
            models.Index(fields=["area", "id"], name="inspection_finding_area"),
            models.Index(fields=["line", "id"], name="inspection_finding_last"),
        ]

    def __str__(self) -> str:
        return self.text[:100]


class ResultTally(TenantModel):
    """How many sites were drawn, tested and passed, and lines judged, by one dimension of a round.

    `holder_id` is the type, unit, area, line or inspector; the round itself for the whole.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tallies")
    dimension = models.CharField("维度", max_length=20, choices=Dimension.choices)
    holder_id = models.UUIDField("对象")
    drawn = models.IntegerField("应测点位", default=0)
    tested = models.IntegerField("已测点位", default=0)
    passed = models.IntegerField("达标点位", default=0)
    lines = models.IntegerField("判定项数", default=0)
    failed_lines = models.IntegerField("未达标项数", default=0)
    findings = models.IntegerField("问题数", default=0)

    class Meta:
        verbose_name = "测评计数"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "dimension", "holder_id"], name="inspection_tally_bucket"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.holder_id}"


class Opinion(TenantModel):
    """Two visits of one site compared line by line: how far inspectors agree.

    Lines that one of both did not judge are left out. `first` is the visit that counts.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="opinions")
    first = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="+")
    second = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="+")
    both_passed = models.PositiveIntegerField("两次都达标")
    first_failed = models.PositiveIntegerField("只有第一次未达标")
    second_failed = models.PositiveIntegerField("只有第二次未达标")
    both_failed = models.PositiveIntegerField("两次都未达标")
    same_result = models.BooleanField("点位结论一致")

    class Meta:
        verbose_name = "两次测评比对"
        indexes = [models.Index(fields=["round", "first"], name="inspection_opinion_round")]

    def __str__(self) -> str:
        return str(self.first_id)
