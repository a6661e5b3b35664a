"""Which case reached which rung when: rows that are added, and never changed or removed."""

from django.db import models

from chuangwen.kit import clock
from chuangwen.people.models import Account, Unit
from chuangwen.rectification.models import Case
from chuangwen.supervision.enums import Measure
from chuangwen.supervision.models.ladder import Rung
from chuangwen.tenancy.models import TenantModel


class EscalationStep(TenantModel):
    """A case reached a rung for a deadline; another deadline begins the ladder anew.

    `days`, `name` and `measure` are the rung as it then was, `unit` the one that led.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("整改时限")
    rung = models.ForeignKey(Rung, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, verbose_name="牵头整改单位", on_delete=models.PROTECT, related_name="+"
    )
    days = models.SmallIntegerField("工作日")
    name = models.CharField("名称", max_length=30)
    measure = models.CharField("措施", max_length=20, choices=Measure.choices)
    climbed_on = models.DateField("日期")
    recorded_at = models.DateTimeField("记录时间", default=clock.now)
    is_sample = models.BooleanField("演示数据", default=False, db_default=False)

    class Meta:
        verbose_name = "督促步骤"
        ordering = ["case", "due_on", "days", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "due_on", "rung"], name="supervision_step_once"
            ),
            models.UniqueConstraint(
                fields=["case", "due_on", "climbed_on"], name="supervision_step_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "due_on", "-days"], name="supervision_step_highest"),
            models.Index(fields=["tenant", "-climbed_on", "id"], name="supervision_step_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.due_on}）"


class WaitingReminder(TenantModel):
    """A person who is still to be told of a step; the row goes when they are."""

    step = models.ForeignKey(EscalationStep, on_delete=models.CASCADE, related_name="waiting")
    recipient = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "待发督促"
        constraints = [
            models.UniqueConstraint(fields=["step", "recipient"], name="supervision_waiting_once")
        ]
        indexes = [
            models.Index(fields=["tenant", "recipient", "id"], name="supervision_waiting_for")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class EscalationRun(TenantModel):
    """That all cases of a day were gone through."""

    day = models.DateField("日期")
    steps = models.PositiveIntegerField("步数", default=0)
    finished_at = models.DateTimeField("完成时间", default=clock.now)

    class Meta:
        verbose_name = "逐级督促运行"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "day"], name="supervision_run_day")
        ]

    def __str__(self) -> str:
        return str(self.day)
