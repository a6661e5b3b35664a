"""Site types, and the checklist by which a framework version looks at each of them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from chuangwen.framework.enums import LineShape, PassRule, PhotoRule, SiteShape
from chuangwen.framework.judging import LineRule, SiteRule
from chuangwen.framework.models.standards import Standard
from chuangwen.framework.models.versions import FrameworkVersion
from chuangwen.tenancy.models import TenantModel

MEASURED_SHAPES = (LineShape.COUNT, LineShape.DENSITY, LineShape.RATIO, LineShape.BEHAVIOUR)


class SiteType(TenantModel):
    """A 点位类型. Like an indicator it outlives the versions: a register names it for years."""

    code = models.CharField("编号", max_length=40)
    name = models.CharField("名称", max_length=100)
    shape = models.CharField("形态", max_length=20, choices=SiteShape.choices)
    note = models.TextField("说明", blank=True)
    position = models.PositiveIntegerField("次序", default=0)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "点位类型"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                name="framework_site_type_code",
                violation_error_message="已有相同编号的点位类型。请换一个编号。",
            ),
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="framework_site_type_name",
                violation_error_message="已有同名的点位类型。请使用现有类型，或换一个名称。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Checklist(TenantModel):
    """The 测评表 of one site type in one framework version; immutable once that is published.

    `pass_percent` (0–100) is the score at which a site passes under PassRule.SCORE. Official lines
    are imported; what ships says in `source` that it is our reference wording.
    """

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.CASCADE, related_name="checklists"
    )
    site_type = models.ForeignKey(SiteType, on_delete=models.PROTECT, related_name="checklists")
    pass_rule = models.CharField("达标规则", max_length=20, choices=PassRule.choices)
    pass_percent = models.DecimalField(
        "合格线（%）", max_digits=5, decimal_places=2, null=True, blank=True
    )
    note = models.TextField("说明", blank=True)
    source = models.CharField("来源", max_length=300, blank=True)
    position = models.PositiveIntegerField("次序", default=0)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "测评表"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework_version", "site_type"],
                name="framework_checklist_once",
                violation_error_message="本版本已有该类型的测评表。请修改现有的测评表。",
            ),
            models.CheckConstraint(
                condition=Q(pass_rule=PassRule.ALL_LINES, pass_percent__isnull=True)
                | Q(pass_rule=PassRule.SCORE, pass_percent__gte=0, pass_percent__lte=100),
                name="framework_checklist_pass",
                violation_error_message="按得分达标的须写合格线（0 到 100）；要求全部达标的不写。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_type}测评表"

    @property
    def rule(self) -> SiteRule:
        """When a site passes, as `judging` wants it."""
        return SiteRule(PassRule(self.pass_rule), self.pass_percent)


class LineGroup(TenantModel):
    """A heading inside a checklist, such as 环境卫生."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField("分组", max_length=100)
    position = models.PositiveIntegerField("次序")

    class Meta:
        verbose_name = "测评项分组"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "title"],
                name="framework_line_group_title",
                violation_error_message="本测评表已有同名分组。请换一个名称。",
            )
        ]

    def __str__(self) -> str:
        return self.title


class CheckLine(TenantModel):
    """One 测评项.

    `threshold`: the least number (count), the least number per `per` of length or area (density),
    the least percent (ratio), the greatest percent of bad ones (behaviour). `unit` is what is
    counted, `per_unit` 米 or 平方米. `days`: proposed limit of rectification in working days.
    """

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="lines")
    group = models.ForeignKey(LineGroup, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField("编号", max_length=40)
    text = models.TextField("测评项")
    shape = models.CharField("记录方式", max_length=20, choices=LineShape.choices)
    threshold = models.DecimalField("要求", max_digits=12, decimal_places=4, null=True, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    per = models.DecimalField("每", max_digits=12, decimal_places=4, null=True, blank=True)
    per_unit = models.CharField("长度或面积单位", max_length=20, blank=True)
    photo = models.CharField(
        "照片", max_length=20, choices=PhotoRule.choices, default=PhotoRule.ON_FAILURE
    )
    weight = models.DecimalField("权重", max_digits=9, decimal_places=4, default=1)
    is_veto = models.BooleanField("一票否决", default=False)
    may_not_apply = models.BooleanField("可不适用", default=True)
    category = models.CharField("问题类别", max_length=60, blank=True)
    days = models.PositiveSmallIntegerField("建议整改时限（工作日）", null=True, blank=True)
    standard = models.ForeignKey(
        Standard, null=True, blank=True, on_delete=models.SET_NULL, related_name="check_lines"
    )
    guidance = models.TextField("说明", blank=True)
    source = models.CharField("来源", max_length=300, blank=True)
    position = models.PositiveIntegerField("次序")
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "测评项"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "code"],
                name="framework_check_line_code",
                violation_error_message="本测评表已有相同编号的测评项。请换一个编号。",
            ),
            models.CheckConstraint(
                condition=Q(shape__in=MEASURED_SHAPES, threshold__gte=0)
                | (~Q(shape__in=MEASURED_SHAPES) & Q(threshold__isnull=True)),
                name="framework_check_line_threshold",
                violation_error_message="数量、密度、比例、行为观察的测评项须写要求；其他的不写。",
            ),
            models.CheckConstraint(
                condition=(Q(shape=LineShape.DENSITY, per__gt=0) & ~Q(per_unit=""))
                | (~Q(shape=LineShape.DENSITY) & Q(per__isnull=True, per_unit="")),
                name="framework_check_line_per",
                violation_error_message="密度的测评项须写每多少米或平方米；其他的不写。",
            ),
            models.CheckConstraint(
                condition=~Q(shape__in=(LineShape.RATIO, LineShape.BEHAVIOUR))
                | Q(threshold__lte=100),
                name="framework_check_line_percent",
                violation_error_message="比例在 0 到 100 之间。",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0) & ~Q(shape=LineShape.FREE, is_veto=True),
                name="framework_check_line_weight",
                violation_error_message="权重不能为负数；只记录的测评项不能一票否决。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:100]

    @property
    def rule(self) -> LineRule:
        """The definition as `judging` wants it; answers call the line by its number (str(pk))."""
        return LineRule(
            key=str(self.pk),
            shape=LineShape(self.shape),
            threshold=self.threshold,
            unit=self.unit,
            per=self.per,
            per_unit=self.per_unit,
            photo=PhotoRule(self.photo),
            weight=Decimal(self.weight),
            is_veto=self.is_veto,
            may_not_apply=self.may_not_apply,
        )
