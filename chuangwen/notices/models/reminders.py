"""When people are reminded of deadlines, and which days were gone through."""

from django.db import models

from chuangwen.kit import clock
from chuangwen.tenancy.models import TenantModel


def five_and_one() -> list[int]:
    """Working days before a deadline, unless the district decides otherwise."""
    return [5, 1]


def one_and_three() -> list[int]:
    """Working days after a deadline, unless the district decides otherwise."""
    return [1, 3]


class ReminderPolicy(TenantModel):
    """The district's own offsets, in working days; without a row the defaults hold."""

    before = models.JSONField("时限前", default=five_and_one)
    on_day = models.BooleanField("时限当天", default=True)
    after = models.JSONField("时限后", default=one_and_three)
    then_every = models.PositiveSmallIntegerField("此后每", default=5)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "提醒规则"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="notices_policy_once")]

    def __str__(self) -> str:
        return f"{self.before} {self.after}"


class ReminderRun(TenantModel):
    """One day's reminders. Whoever holds `claimed_until` works; a finished day is never redone.

    A process that dies leaves an unfinished row; the next one takes it over and repeats the day,
    which tells nobody twice, for notices have their keys.
    """

    day = models.DateField("日期")
    claimed_until = models.DateTimeField("处理期限")
    started_at = models.DateTimeField("开始时间", default=clock.now)
    finished_at = models.DateTimeField("完成时间", null=True)
    reminders = models.PositiveIntegerField("提醒条数", default=0)
    is_certain = models.BooleanField("放假安排已公布", default=True)

    class Meta:
        verbose_name = "每日提醒"
        constraints = [models.UniqueConstraint(fields=["tenant", "day"], name="notices_run_day")]

    def __str__(self) -> str:
        return str(self.day)
