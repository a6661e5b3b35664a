"""Cases, and each unit's share. Their columns are what the events amount to, kept for lists."""

import datetime

from django.db import models
from django.db.models import Case as Choice
from django.db.models import Q, Value, When
from django.db.models.functions import Coalesce

from chuangwen.framework.models import Standard
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.rectification.enums import CaseState, OriginKind, ShareKind, ShareState, Source
from chuangwen.rectification.models.categories import Category
from chuangwen.rectification.workflow import WITH_UNITS
from chuangwen.sites.models import Site
from chuangwen.tenancy.models import TenantModel

# Where in the order of deadlines stands what has none, and what is no longer owed.
NO_DEADLINE = datetime.date(9999, 12, 1)
NOT_OWED = datetime.date(9999, 12, 31)


def owed_on() -> models.GeneratedField:
    """The deadline of a case that units still owe; what is suspended or handed in stands behind,
    so that what is late or due soon is read off the beginning of an index."""
    owed = Q(state__in=WITH_UNITS, suspended_on__isnull=True)
    return models.GeneratedField(
        expression=Choice(
            When(owed, then=Coalesce("due_on", Value(NO_DEADLINE))), default=Value(NOT_OWED)
        ),
        output_field=models.DateField(),
        db_persist=True,
    )


class Case(TenantModel):
    """One problem. Facts of what was seen never change by themselves; how far it is comes from its
    events alone (see `life`), and `version` counts them and the edits of the facts.

    `number` is given at 立案: 整改〔2021〕12号. Coordinates are WGS-84 degrees. `proposed_…` is
    what whoever saw it proposes for 派遣. `handed_in_on` is the day on which the last unit handed
    in: 按期 means not after `due_on`.
    """

    year = models.PositiveSmallIntegerField("年", null=True)
    serial = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("编号", max_length=40, blank=True)
    source = models.CharField("来源", max_length=20, choices=Source.choices)
    origin_kind = models.CharField("原记录", max_length=20, choices=OriginKind.choices, blank=True)
    origin_id = models.UUIDField("原记录标识", null=True)
    title = models.CharField("问题", max_length=200)
    text = models.TextField("详情", blank=True)
    category = models.ForeignKey(
        Category, verbose_name="类别", null=True, on_delete=models.PROTECT, related_name="+"
    )
    site = models.ForeignKey(
        Site, verbose_name="点位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    area = models.ForeignKey(
        Unit, verbose_name="街道或社区", null=True, on_delete=models.PROTECT, related_name="+"
    )
    standard = models.ForeignKey(
        Standard, verbose_name="测评标准", null=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField("地点", max_length=200, blank=True)
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=7, null=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=7, null=True)
    found_on = models.DateField("发现日期")
    proposed_lead = models.ForeignKey(
        Unit, verbose_name="建议整改单位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_due_on = models.DateField("建议整改时限", null=True)
    reported_by = models.ForeignKey(
        Unit, verbose_name="登记单位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        "状态", max_length=20, choices=CaseState.choices, default=CaseState.REPORTED
    )
    lead = models.ForeignKey(
        Unit, verbose_name="牵头整改单位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("整改时限", null=True)
    wanted_due_on = models.DateField("申请延期至", null=True)
    suspended_on = models.DateField("缓办日期", null=True)
    handed_in_on = models.DateField("报送整改日期", null=True)
    closed_on = models.DateField("销号日期", null=True)
    reworks = models.PositiveSmallIntegerField("返工次数", default=0)
    reopenings = models.PositiveSmallIntegerField("反弹次数", default=0)
    owed_on = owed_on()
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_cases"
    )
    events_count = models.PositiveIntegerField("经过条数", default=0)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "问题"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="rectification_case_serial",
            ),
            models.UniqueConstraint(
                fields=["tenant", "origin_kind", "origin_id"],
                condition=Q(origin_id__isnull=False),
                name="rectification_case_origin",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.MERGED, merged_into__isnull=False)
                | (~Q(state=CaseState.MERGED) & Q(merged_into__isnull=True)),
                name="rectification_case_merged",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*WITH_UNITS, CaseState.SUBMITTED, CaseState.VERIFIED])
                | Q(lead__isnull=False, due_on__isnull=False),
                name="rectification_case_led",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.CLOSED, closed_on__isnull=False)
                | (~Q(state=CaseState.CLOSED) & Q(closed_on__isnull=True)),
                name="rectification_case_closed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "state", "owed_on", "id"], name="rectification_by_state"
            ),
            models.Index(fields=["tenant", "owed_on", "id"], name="rectification_by_owed"),
            models.Index(fields=["tenant", "-created_at", "id"], name="rectification_by_age"),
            models.Index(
                fields=["tenant", "lead", "state", "owed_on"], name="rectification_by_lead"
            ),
            models.Index(fields=["tenant", "site", "-found_on"], name="rectification_by_site"),
            models.Index(fields=["tenant", "area", "state"], name="rectification_by_area"),
            models.Index(fields=["tenant", "found_on"], name="rectification_by_finding"),
            models.Index(
                fields=["tenant", "due_on"],
                condition=Q(due_on__isnull=False),
                name="rectification_by_due",
            ),
            models.Index(
                fields=["tenant", "-closed_on", "id"],
                condition=Q(closed_on__isnull=False),
                name="rectification_by_closing",
            ),
            # Whatever is not over, the latest first; and the few of which something is waited for.
            models.Index(
                fields=["tenant", "-created_at", "id"],
                condition=Q(closed_on__isnull=True),
                name="rectification_open_by_age",
            ),
            models.Index(
                fields=["tenant", "-created_at", "id"],
                condition=Q(suspended_on__isnull=False),
                name="rectification_suspended",
            ),
            models.Index(
                fields=["tenant", "-created_at", "id"],
                condition=Q(wanted_due_on__isnull=False),
                name="rectification_asked",
            ),
            models.Index(
                fields=["tenant", "reported_by", "id"],
                condition=Q(reported_by__isnull=False),
                name="rectification_by_reporter",
            ),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="rectification_merged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class CaseShare(TenantModel):
    """One unit's share of a case: what its events make of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("责任", max_length=20, choices=ShareKind.choices)
    state = models.CharField("状态", max_length=20, choices=ShareState.choices)

    class Meta:
        verbose_name = "整改单位"
        ordering = ["kind", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], name="rectification_share_once")
        ]
        indexes = [
            models.Index(
                fields=["tenant", "unit", "state", "case"], name="rectification_share_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"


class CaseNumber(TenantModel):
    """The last number given in a year. Its row is the lock under which the next one is given."""

    year = models.PositiveSmallIntegerField("年")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "问题编号"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "year"], name="rectification_number_year")
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
