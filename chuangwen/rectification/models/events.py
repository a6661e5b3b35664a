"""What happened to cases: rows that are added, and never changed or removed."""

from django.db import models

from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.rectification.enums import ShareKind, Step
from chuangwen.rectification.models.cases import Case
from chuangwen.tenancy.models import TenantModel


class CaseEvent(TenantModel):
    """One step of a case. `due_on` is the deadline that it sets or asks for; `text` the reason, or
    what was done; `unit` the one whose share it is about."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField("次序")
    step = models.CharField("经过", max_length=20, choices=Step.choices)
    day = models.DateField("日期")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("时限", null=True)
    text = models.TextField("说明", blank=True)
    other = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField("操作账号", null=True)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "问题经过"
        ordering = ["case", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="rectification_event_order")
        ]
        indexes = [
            # What was filed in a month, for the figures.
            models.Index(
                fields=["tenant", "day", "case"],
                condition=models.Q(step=Step.FILE),
                name="rectification_filed_on",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_step_display())


class EventUnit(TenantModel):
    """A unit to which an event gave the case, or which it told to do it again."""

    event = models.ForeignKey(CaseEvent, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("责任", max_length=20, choices=ShareKind.choices)

    class Meta:
        verbose_name = "经过涉及的单位"
        constraints = [
            models.UniqueConstraint(fields=["event", "unit"], name="rectification_event_unit")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
