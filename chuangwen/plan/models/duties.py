"""Who owes what, from when to when; and the questions where that is unclear."""

from django.db import models
from django.db.models import F, Q

from chuangwen.framework.models import Indicator
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.plan.enums import DutyKind, QuestionState
from chuangwen.plan.models.campaign import Action, FromDocument
from chuangwen.plan.models.tasks import Task
from chuangwen.tenancy.models import TenantModel


class Duty(FromDocument):
    """A unit's (or a collective owner's) responsibility for an action, task or indicator, dated.

    A collective owner ("各街道(镇)") is one row without a unit; the rows it was expanded into on
    `expanded_on` point back to it, so that everybody sees whence a duty comes.
    """

    action = models.ForeignKey(Action, null=True, on_delete=models.CASCADE, related_name="duties")
    task = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="duties")
    indicator = models.ForeignKey(
        Indicator, verbose_name="指标", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField("责任", max_length=20, choices=DutyKind.choices)
    unit = models.ForeignKey(
        Unit, verbose_name="单位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_name = models.CharField("文中写法", max_length=100)
    is_collective = models.BooleanField("集体称谓", default=False)
    expanded_from = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="expansions"
    )
    expanded_on = models.DateField("展开日期", null=True)
    valid_from = models.DateField("起", null=True)
    valid_until = models.DateField("止", null=True)

    class Meta:
        verbose_name = "责任"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action__isnull=False, task__isnull=True, indicator__isnull=True)
                | Q(action__isnull=True, task__isnull=False, indicator__isnull=True)
                | Q(action__isnull=True, task__isnull=True, indicator__isnull=False),
                name="plan_duty_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="plan_duty_dates",
                violation_error_message="责任的止期早于起期。请改正其中一个。",
            ),
            models.UniqueConstraint(
                fields=["action", "unit", "kind"],
                condition=Q(valid_until__isnull=True, action__isnull=False, unit__isnull=False),
                name="plan_duty_action_once",
            ),
            models.UniqueConstraint(
                fields=["task", "unit", "kind"],
                condition=Q(valid_until__isnull=True, task__isnull=False, unit__isnull=False),
                name="plan_duty_task_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "unit", "kind"],
                condition=Q(valid_until__isnull=True, indicator__isnull=False, unit__isnull=False),
                name="plan_duty_indicator_once",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "unit", "kind"], name="plan_duty_unit")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.written_name}"


class DutyQuestion(TenantModel):
    """A unit or the office asks who answers for something; the office settles it."""

    task = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="questions")
    action = models.ForeignKey(
        Action, null=True, on_delete=models.CASCADE, related_name="questions"
    )
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("疑问")
    answer = models.TextField("答复", blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=QuestionState.choices, default=QuestionState.ASKED
    )
    asked_at = models.DateTimeField("提出时间", auto_now_add=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "责任疑问"
        indexes = [models.Index(fields=["tenant", "state", "asked_at"], name="plan_question_open")]

    def __str__(self) -> str:
        return self.text[:100]
