"""督办单: one unit is told in writing what it owes, and answers in writing."""

from django.db import models
from django.db.models import Q

from chuangwen.kit import clock
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.rectification.models import Case
from chuangwen.supervision.enums import NoticeState, NoticeStep
from chuangwen.supervision.workflow import OVER
from chuangwen.tenancy.models import TenantModel

UNNUMBERED = (NoticeState.DRAFT, NoticeState.WITHDRAWN)


class SupervisionNotice(TenantModel):
    """One 督办单 to one unit. It has a number from the moment it is served: 督办〔2021〕3号.

    `answer_days` are working days from the serving on; `due_on` is what they come to.
    """

    year = models.PositiveSmallIntegerField("年", null=True)
    serial = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("编号", max_length=40, blank=True)
    title = models.CharField("事由", max_length=100)
    text = models.TextField("存在的问题")
    demands = models.TextField("督办要求")
    unit = models.ForeignKey(
        Unit, verbose_name="承办单位", on_delete=models.PROTECT, related_name="+"
    )
    answer_days = models.PositiveSmallIntegerField("答复期限（工作日）")
    state = models.CharField(
        "状态", max_length=20, choices=NoticeState.choices, default=NoticeState.DRAFT
    )
    served_on = models.DateField("下达日期", null=True)
    receipted_on = models.DateField("签收日期", null=True)
    due_on = models.DateField("答复时限", null=True)
    answered_on = models.DateField("答复日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    created_at = models.DateTimeField("起草时间", default=clock.now)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "督办单"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="supervision_notice_serial",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNNUMBERED)
                | Q(serial__isnull=False, served_on__isnull=False, due_on__isnull=False),
                name="supervision_notice_served",
            ),
            models.CheckConstraint(
                condition=Q(answer_days__gte=1, answer_days__lte=60),
                name="supervision_notice_days",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-created_at", "id"], name="supervision_notice_age"),
            models.Index(fields=["tenant", "state", "due_on"], name="supervision_notice_state"),
            models.Index(fields=["tenant", "unit", "state"], name="supervision_notice_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more is to be done."""
        return self.state in OVER


class NoticeCase(TenantModel):
    """A case that a 督办单 is about."""

    notice = models.ForeignKey(SupervisionNotice, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "督办的问题"
        constraints = [
            models.UniqueConstraint(fields=["notice", "case"], name="supervision_notice_case")
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class NoticeEvent(TenantModel):
    """One step of a 督办单, never changed. `text`: the answer, or the reason."""

    notice = models.ForeignKey(SupervisionNotice, on_delete=models.PROTECT, related_name="events")
    step = models.CharField("经过", max_length=20, choices=NoticeStep.choices)
    day = models.DateField("日期")
    due_on = models.DateField("答复时限", null=True)
    text = models.TextField("说明", blank=True)
    account_id = models.UUIDField("操作账号", null=True)
    recorded_at = models.DateTimeField("记录时间", default=clock.now)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "督办单经过"
        ordering = ["id"]
        indexes = [models.Index(fields=["notice", "id"], name="supervision_notice_course")]

    def __str__(self) -> str:
        return str(self.get_step_display())


class NoticeNumber(TenantModel):
    """The last number given in a year; its row is the lock under which the next one is given."""

    year = models.PositiveSmallIntegerField("年")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "督办单编号"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "year"], name="supervision_number_year")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
