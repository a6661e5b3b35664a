"""Reports that were set as PDF, kept with what they were made from."""

import datetime

from django.db import models
from django.db.models import Q

from chuangwen.files.models import StoredFile
from chuangwen.inspection.enums import ReportState
from chuangwen.inspection.models.rounds import Round
from chuangwen.kit import clock
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Account
from chuangwen.tenancy.models import TenantModel

SILENCE = datetime.timedelta(minutes=3)  # the longest report takes seconds


class RoundReport(TenantModel):
    """The 测评报告 of a round as PDF. `facts_digest` tells whether it still says what is so.

    The same facts are set once, whoever asks; other facts make another report. Of a running round
    the newest few stay (`actions.reporting`), of a closed one all.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reports")
    facts_digest = models.CharField("内容校验值", max_length=64)
    state = models.CharField(
        "状态", max_length=20, choices=ReportState.choices, default=ReportState.WAITING
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    made_at = models.DateTimeField("生成时间", null=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField("页数", default=0)
    missing = models.TextField("字库中没有的字", blank=True)
    problem = models.TextField("原因", blank=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "测评报告"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "facts_digest"], name="inspection_report_once"
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.READY, file__isnull=False, made_at__isnull=False)
                | (~Q(state=ReportState.READY) & Q(file__isnull=True)),
                name="inspection_report_file",
            ),
        ]

    @property
    def waits(self) -> bool:
        """Whether it is wanted and not there yet."""
        return self.state in (ReportState.WAITING, ReportState.MAKING)

    @property
    def is_silent(self) -> bool:
        """Whether it has been waited for too long: the worker was killed or does not run."""
        return self.waits and clock.now() - self.asked_at > SILENCE

    def __str__(self) -> str:
        return f"测评报告 {self.facts_digest[:12]}"
