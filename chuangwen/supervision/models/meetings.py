"""Meetings of the campaign: who came, what was settled, and what became of it."""

from django.db import models
from django.db.models import Q

from chuangwen.kit import clock
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.supervision.enums import DecisionState, MeetingKind, MeetingState, Presence
from chuangwen.tenancy.models import TenantModel


class Meeting(TenantModel):
    """One meeting. `agenda` has an item a line; `minutes` are written once it was held."""

    kind = models.CharField("种类", max_length=20, choices=MeetingKind.choices)
    title = models.CharField("名称", max_length=100)
    held_on = models.DateField("日期")
    begins_at = models.TimeField("时间", null=True, blank=True)
    place = models.CharField("地点", max_length=100, blank=True)
    chair = models.CharField("主持人", max_length=60, blank=True)
    agenda = models.TextField("议程")
    minutes = models.TextField("会议纪要", blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    created_at = models.DateTimeField("登记时间", default=clock.now)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "会议"
        ordering = ["-held_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MeetingState.HELD) | ~Q(minutes=""),
                name="supervision_meeting_minutes",
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "-held_on", "id"], name="supervision_meeting_by_day")
        ]

    def __str__(self) -> str:
        return self.title


class MeetingUnit(TenantModel):
    """A unit that is expected at a meeting, and whether it came."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(
        "到会", max_length=20, choices=Presence.choices, default=Presence.EXPECTED
    )
    who = models.CharField("参会人", max_length=100, blank=True)

    class Meta:
        verbose_name = "参会单位"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="supervision_meeting_unit")
        ]
        indexes = [models.Index(fields=["tenant", "unit", "meeting"], name="supervision_invited")]

    def __str__(self) -> str:
        return str(self.get_presence_display())


class MeetingDecision(TenantModel):
    """Something that was settled: who does it, until when. Open until it is reported as done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField("议定事项")
    unit = models.ForeignKey(
        Unit, verbose_name="责任单位", on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("完成时限")
    state = models.CharField(
        "状态", max_length=20, choices=DecisionState.choices, default=DecisionState.OPEN
    )
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "议定事项"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "state", "due_on"], name="supervision_decision_due"),
            models.Index(fields=["tenant", "unit", "state"], name="supervision_decision_unit"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class DecisionReport(TenantModel):
    """How far something is, as the unit or the meeting that asked for it says; never changed."""

    decision = models.ForeignKey(MeetingDecision, on_delete=models.PROTECT, related_name="reports")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("日期")
    text = models.TextField("落实情况")
    is_done = models.BooleanField("已完成", default=False)
    account_id = models.UUIDField("操作账号", null=True)
    recorded_at = models.DateTimeField("记录时间", default=clock.now)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "议定事项的落实情况"
        ordering = ["id"]
        indexes = [models.Index(fields=["decision", "id"], name="supervision_report_course")]

    def __str__(self) -> str:
        return self.text[:60]
