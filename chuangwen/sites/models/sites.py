"""Sites, who answers for them, and what was done and spent there."""

from django.db import models
from django.db.models import F, Q

from chuangwen.framework.models import SiteType
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.sites.coordinates import Point, point_of
from chuangwen.sites.enums import Datum, Difficulty, Importance, SiteDutyKind, SiteState
from chuangwen.tenancy.models import TenantModel


class Site(TenantModel):
    """A 测评点位. Coordinates are WGS-84 degrees; `datum` tells in which system they were entered.

    `geometry` is GeoJSON (LineString or Polygon, WGS-84) of a street, route or ground; the point
    then lies on it. A telephone check has neither. `area` is the street or community it lies in.
    """

    code = models.CharField("点位编号", max_length=40)
    name = models.CharField("名称", max_length=100)
    site_type = models.ForeignKey(
        SiteType, verbose_name="点位类型", on_delete=models.PROTECT, related_name="+"
    )
    area = models.ForeignKey(
        Unit,
        verbose_name="所属街道或社区",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    address = models.CharField("地址", max_length=200, blank=True)
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=7, null=True, blank=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=7, null=True, blank=True)
    datum = models.CharField("坐标系", max_length=20, choices=Datum.choices, default=Datum.WGS84)
    geometry = models.JSONField("线或面", null=True, blank=True)
    length_metres = models.DecimalField(
        "长度（米）", max_digits=10, decimal_places=1, null=True, blank=True
    )
    area_square_metres = models.DecimalField(
        "面积（平方米）", max_digits=12, decimal_places=1, null=True, blank=True
    )
    is_outside = models.BooleanField("在边界外", null=True, editable=False)  # None: not known
    telephone = models.CharField("电话", max_length=40, blank=True)
    importance = models.PositiveSmallIntegerField(
        "重要程度", choices=Importance.choices, default=Importance.ORDINARY
    )
    is_demonstration = models.BooleanField("示范点位", default=False)
    note = models.TextField("备注", blank=True)
    state = models.CharField(
        "状态", max_length=20, choices=SiteState.choices, default=SiteState.OPEN
    )
    closed_on = models.DateField("停用日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_sites"
    )
    created_at = models.DateTimeField("建档时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "点位"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                name="sites_site_code",
                violation_error_message="已有相同编号的点位。请换一个编号，或修改现有点位。",
            ),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="sites_site_point",
                violation_error_message="经度和纬度须同时填写：经度 -180 到 180，纬度 -90 到 90。",
            ),
            models.CheckConstraint(
                condition=Q(state=SiteState.MERGED, merged_into__isnull=False)
                | (~Q(state=SiteState.MERGED) & Q(merged_into__isnull=True)),
                name="sites_site_merged",
            ),
            models.CheckConstraint(
                condition=Q(state=SiteState.OPEN, closed_on__isnull=True)
                | (~Q(state=SiteState.OPEN) & Q(closed_on__isnull=False)),
                name="sites_site_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "site_type", "code"], name="sites_by_type"),
            models.Index(fields=["tenant", "area", "code"], name="sites_by_area"),
            models.Index(fields=["tenant", "state", "code"], name="sites_by_code"),
            models.Index(fields=["tenant", "state", "name", "id"], name="sites_by_name"),
            models.Index(
                fields=["tenant", "state", "-importance", "code", "id"], name="sites_by_importance"
            ),
            models.Index(
                fields=["tenant", "state", "code"],
                condition=Q(is_demonstration=True),
                name="sites_marked",
            ),
            models.Index(
                fields=["tenant", "state", "code"],
                condition=Q(is_outside=True),
                name="sites_outside",
            ),
            models.Index(fields=["tenant", "state", "longitude", "latitude"], name="sites_on_map"),
            # Nearly all are null: statistics would make a database avoid the key's own index.
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="sites_merged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def point(self) -> Point | None:
        """Where it stands; None where nobody has said."""
        return point_of(self.longitude, self.latitude)


class SiteDuty(TenantModel):
    """A unit that answers for a site, dated; `holder` names the 点位长 within it."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField("责任", max_length=20, choices=SiteDutyKind.choices)
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    holder = models.CharField("姓名和职务", max_length=60, blank=True)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True, blank=True)
    source = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "点位责任"
        ordering = ["kind", "-valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "kind"],
                condition=Q(valid_until__isnull=True),
                name="sites_duty_one_in_force",
                violation_error_message="该点位已有在任的同类责任。请先结束，再指定新的。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="sites_duty_dates",
                violation_error_message="止期不能早于起期。",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "unit", "valid_until", "site"], name="sites_duty_unit")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SiteWork(TenantModel):
    """Works at a site and the money spent, in yuan: the facts on which 以奖代补 is decided."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="works")
    title = models.CharField("建设内容", max_length=200)
    done_on = models.DateField("日期")
    difficulty = models.PositiveSmallIntegerField("难易程度", choices=Difficulty.choices)
    money = models.DecimalField(
        "投入资金（元）", max_digits=14, decimal_places=2, null=True, blank=True
    )
    note = models.TextField("说明", blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "点位建设"
        ordering = ["-done_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(money__isnull=True) | Q(money__gte=0),
                name="sites_work_money",
                violation_error_message="投入资金不能为负数。",
            )
        ]

    def __str__(self) -> str:
        return self.title
