"""Accounts and the roles they hold in units."""

import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from chuangwen.kit.ids import new_id
from chuangwen.people.models.units import Unit
from chuangwen.people.roles import ROLE_LABELS, Role
from chuangwen.tenancy.models import Tenant, TenantModel


class AccountManager(BaseUserManager["Account"]):
    """Loads accounts with their tenant: every page shows the district's name."""

    def get_queryset(self) -> models.QuerySet["Account"]:
        return super().get_queryset().select_related("tenant")


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
    totp_secret = models.CharField("动态口令密钥（加密）", max_length=255, blank=True)
    totp_last_step = models.PositiveBigIntegerField("最近用过的动态口令时段", default=0)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    USERNAME_FIELD = "username"
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.username

    @property
    def has_totp(self) -> bool:
        """True when signing in takes a one-time code as well."""
        return bool(self.totp_secret)


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
