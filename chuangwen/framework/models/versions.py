"""A framework, its versions and the three levels of their tree."""

from django.db import models
from django.db.models import Q

from chuangwen.framework.enums import Level, Standing, VersionState
from chuangwen.tenancy.models import TenantModel


class Framework(TenantModel):
    """A 测评体系 through the years. `standing` tells official text from a reference template."""

    name = models.CharField("名称", max_length=200)
    standing = models.CharField("性质", max_length=20, choices=Standing.choices)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "测评体系"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="framework_name",
                violation_error_message="已有同名测评体系。请改用其他名称，或在原体系中建立新版本。",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FrameworkVersion(TenantModel):
    """One edition of a framework. Database triggers refuse any change once it is published."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本号")
    label = models.CharField("版本名称", max_length=60)
    state = models.CharField(
        "状态", max_length=20, choices=VersionState.choices, default=VersionState.DRAFT
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name="由来版本",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source = models.CharField("来源", max_length=300, blank=True)
    note = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    published_at = models.DateTimeField("发布时间", null=True)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "测评体系版本"
        ordering = ["framework", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="framework_version_no"),
            models.UniqueConstraint(
                fields=["framework", "label"],
                name="framework_version_label",
                violation_error_message="该体系已有同名版本。请换一个版本名称。",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, published_at__isnull=True)
                | Q(state=VersionState.PUBLISHED, published_at__isnull=False),
                name="framework_version_published",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_draft(self) -> bool:
        """Whether the version may still be edited."""
        return self.state == VersionState.DRAFT


class Node(TenantModel):
    """Ⅰ测评项目, Ⅱ指标 or Ⅲ测评内容."""

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.CASCADE, related_name="nodes"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    level = models.PositiveSmallIntegerField("层级", choices=Level.choices)
    code = models.CharField("编号", max_length=40)
    title = models.CharField("名称", max_length=300)
    position = models.PositiveIntegerField("次序")
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "测评体系条目"
        ordering = ["level", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework_version", "code"],
                name="framework_node_code",
                violation_error_message="本版本已有相同编号的条目。请换一个编号。",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROJECT, parent__isnull=True)
                | Q(level__in=[Level.INDICATOR, Level.CONTENT], parent__isnull=False),
                name="framework_node_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
