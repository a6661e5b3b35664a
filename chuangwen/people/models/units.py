"""Units, their other names and their tree."""

import datetime

from django.db import models
from django.db.models import F, Q

from chuangwen.people.enums import UnitKind
from chuangwen.people.models.fields import NameKeyField
from chuangwen.tenancy.models import TenantModel


class Unit(TenantModel):
    """An organisation that can owe something. Validity dates keep last year's reports right."""

    name = models.CharField("名称", max_length=100)
    key = NameKeyField("名称（比较用）")
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name="上级单位",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    code = models.CharField("编码", max_length=40, blank=True)
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_until = models.DateField("停用日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name="并入",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_units",
    )
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "单位"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "key"],
                condition=Q(valid_until__isnull=True),
                name="people_unit_name",
                violation_error_message="已有同名单位。请改用现有单位，或先停用它。",
            ),
            models.UniqueConstraint(
                fields=["tenant", "code"], condition=~Q(code=""), name="people_unit_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="people_unit_dates",
                violation_error_message="停用日期不能早于启用日期。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: datetime.date) -> bool:
        """Tell whether the unit exists on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class UnitAlias(TenantModel):
    """Another way to write a unit's name; documents find the unit by it, visibly."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=100)
    key = NameKeyField("别名（比较用）")
    source = models.CharField("来源", max_length=200, blank=True)

    class Meta:
        verbose_name = "单位别名"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="people_unit_alias_name")
        ]

    def __str__(self) -> str:
        return self.name


class UnitAncestry(TenantModel):
    """Every (ancestor, descendant) pair, itself included: scope becomes a join, never a list."""

    # The pair is the key: a register of thousands of units is rewritten in one import.
    id = None  # type: ignore[assignment]
    pk = models.CompositePrimaryKey("ancestor", "descendant")
    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+", db_index=False)
    depth = models.PositiveSmallIntegerField("层差")

    class Meta:
        verbose_name = "单位层级"
        indexes = [models.Index(fields=["descendant", "ancestor"], name="people_ancestry_up")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"
