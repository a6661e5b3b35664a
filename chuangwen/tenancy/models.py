"""The tenant and the base of every row that belongs to one."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from chuangwen.kit.ids import new_id
from chuangwen.tenancy.scope import current_tenant_id

M = TypeVar("M", bound=models.Model)


class Tenant(models.Model):
    """A city or an independent district that runs its own campaign."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("名称", max_length=100)
    code = models.CharField("行政区划代码", max_length=12, unique=True)

    class Meta:
        verbose_name = "城市或区县"

    def __str__(self) -> str:
        return self.name


class TenantManager(models.Manager[M]):
    """Yields the current tenant's rows only; raises UnscopedAccessError outside a scope."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(tenant_id=current_tenant_id())


class OwningTenant(models.ForeignKey[Tenant, Tenant]):
    """The tenant of a row, filled from the scope in force.

    Migrations run outside any scope, so they see the column without that default.
    """

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, "django.db.models.ForeignKey", args, kwargs


class TenantModel(models.Model):
    """Base of all business rows: UUIDv7 key, owning tenant, scoped manager.

    `across_tenants` is the named way around the gate, for the audit check, backups and migrations.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = OwningTenant(
        Tenant,
        verbose_name="城市或区县",
        on_delete=models.PROTECT,
        default=current_tenant_id,
        related_name="+",
        editable=False,
        db_index=False,  # every index of a business table starts with the tenant already
    )

    objects: ClassVar[TenantManager[Self]] = TenantManager()
    across_tenants: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True
