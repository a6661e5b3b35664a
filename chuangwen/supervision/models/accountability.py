"""问责: a closed ledger. Nothing outside its own pages names a row of it."""

from django.db import models
from django.db.models import Q

from chuangwen.kit import clock
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.rectification.models import Case
from chuangwen.supervision.enums import AccountabilityState, AccountabilityStep
from chuangwen.supervision.models.notices import SupervisionNotice
from chuangwen.tenancy.models import TenantModel


class Accountability(TenantModel):
    """One matter: who is to answer for what, on which ground, and what came of it.

    `person` is a name and post in words; empty when the unit itself is meant. `decision` is what
    holds now, also after an appeal; `effect` what it led to, such as 取消文明单位称号.
    """

    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    person = models.CharField("责任人", max_length=60, blank=True)
    ground = models.TextField("依据")
    facts = models.TextField("事实")
    proposal = models.TextField("建议")
    decided_by = models.CharField("决定机关", max_length=60, blank=True)
    decided_on = models.DateField("决定日期", null=True)
    decision = models.TextField("决定", blank=True)
    effect = models.TextField("执行结果", blank=True)
    state = models.CharField(
        "状态",
        max_length=20,
        choices=AccountabilityState.choices,
        default=AccountabilityState.PROPOSED,
    )
    created_at = models.DateTimeField("提出时间", default=clock.now)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "问责事项"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[AccountabilityState.PROPOSED, AccountabilityState.DROPPED])
                | (Q(decided_on__isnull=False) & ~Q(decision="") & ~Q(decided_by="")),
                name="supervision_accountability_decided",
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "-created_at", "id"], name="supervision_account_age")
        ]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.person}".strip()


class AccountabilityBasis(TenantModel):
    """A case or a 督办单 on which a matter rests."""

    matter = models.ForeignKey(Accountability, on_delete=models.CASCADE, related_name="bases")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(
        SupervisionNotice, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "问责依据的事项"
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, notice__isnull=True)
                | Q(case__isnull=True, notice__isnull=False),
                name="supervision_basis_one",
            ),
            models.UniqueConstraint(fields=["matter", "case"], name="supervision_basis_case"),
            models.UniqueConstraint(fields=["matter", "notice"], name="supervision_basis_notice"),
        ]

    def __str__(self) -> str:
        return str(self.case or self.notice)


class AccountabilityEvent(TenantModel):
    """One step of a matter, never changed."""

    matter = models.ForeignKey(Accountability, on_delete=models.PROTECT, related_name="events")
    step = models.CharField("经过", max_length=20, choices=AccountabilityStep.choices)
    day = models.DateField("日期")
    text = models.TextField("说明", blank=True)
    account_id = models.UUIDField("操作账号", null=True)
    recorded_at = models.DateTimeField("记录时间", default=clock.now)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "问责经过"
        ordering = ["id"]
        indexes = [models.Index(fields=["matter", "id"], name="supervision_account_course")]

    def __str__(self) -> str:
        return str(self.get_step_display())
