"""The boundaries of the district and of its streets, from a file of the city's own."""

from django.db import models
from django.db.models import Q

from chuangwen.files.models import StoredFile
from chuangwen.people.models import Unit
from chuangwen.sites.enums import BoundaryState, Datum
from chuangwen.tenancy.models import TenantModel


class BoundaryFile(TenantModel):
    """A GeoJSON file of boundaries: checked first, in force when its names were chosen.

    `properties` are those that can serve as names, with the first few values of each.
    """

    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节数")
    original = models.ForeignKey(
        StoredFile, verbose_name="原文件", on_delete=models.PROTECT, related_name="+"
    )
    datum = models.CharField("坐标系", max_length=20, choices=Datum.choices)
    state = models.CharField(
        "状态", max_length=20, choices=BoundaryState.choices, default=BoundaryState.CHECKED
    )
    count = models.PositiveIntegerField("边界数")
    properties = models.JSONField("可作名称的属性", default=dict)
    name_property = models.CharField("名称所在的属性", max_length=100, blank=True)
    received_at = models.DateTimeField("提交时间", auto_now_add=True)
    applied_at = models.DateTimeField("启用时间", null=True)

    class Meta:
        verbose_name = "边界文件"
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                condition=Q(state=BoundaryState.IN_FORCE),
                name="sites_boundary_one_in_force",
                violation_error_message="已有使用中的边界。请先撤下，或替换它。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Boundary(TenantModel):
    """One polygon or several, WGS-84. `shown` has fewer points, for the map; `area` is the street
    or community of that name, when there is one. Only those of the file in force are kept."""

    file = models.ForeignKey(BoundaryFile, on_delete=models.CASCADE, related_name="boundaries")
    position = models.PositiveIntegerField("次序")
    name = models.CharField("名称", max_length=100)
    area = models.ForeignKey(
        Unit, verbose_name="街道或社区", null=True, on_delete=models.PROTECT, related_name="+"
    )
    geometry = models.JSONField("边界")
    shown = models.JSONField("地图上的边界")
    longitude = models.FloatField("名称的经度")
    latitude = models.FloatField("名称的纬度")

    class Meta:
        verbose_name = "边界"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="sites_boundary_position")
        ]

    def __str__(self) -> str:
        return self.name
