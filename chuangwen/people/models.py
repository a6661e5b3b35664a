"""Units with their tree and aliases, accounts and memberships."""

import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from chuangwen.kit.ids import new_id
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import ROLE_LABELS, Role
from chuangwen.tenancy.models import Tenant, TenantModel


class Unit(TenantModel):
    """An organisation that can owe something. Validity dates keep last year's reports right."""

    name = models.CharField("名称", max_length=100)
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
                fields=["tenant", "name"],
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
    source = models.CharField("来源", max_length=200, blank=True)

    class Meta:
        verbose_name = "单位别名"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="people_unit_alias_name")
        ]

    def __str__(self) -> str:
        return self.name


class UnitAncestry(TenantModel):
    """Every (ancestor, descendant) pair, itself included: scope becomes a join, never a list."""

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField("层差")

    class Meta:
        verbose_name = "单位层级"
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="people_ancestry_pair")
        ]
        indexes = [models.Index(fields=["descendant", "ancestor"], name="people_ancestry_up")]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class Account(AbstractBaseUser):
    """A person's log-in. Content is reached through memberships only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    phone = models.CharField("手机号", max_length=20, blank=True)
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改口令", default=True)
    password_changed_at = models.DateTimeField("口令更改时间", null=True)
    totp_secret = models.CharField("动态口令密钥", max_length=64, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    USERNAME_FIELD = "username"
    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.username


class Membership(TenantModel):
    """An account's role in a unit, for a time."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(
        "角色", max_length=30, choices=[(role.value, label) for role, label in ROLE_LABELS.items()]
    )
    valid_from = models.DateField("起", null=True, blank=True)
    valid_until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit", "role"],
                condition=Q(valid_until__isnull=True),
                name="people_membership_open",
                violation_error_message="该账号在此单位已有同样的角色。",
            )
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).label} {self.unit_id}"

    def is_open(self, day: datetime.date) -> bool:
        """Tell whether the membership is in force on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
