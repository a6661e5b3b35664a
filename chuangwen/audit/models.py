"""Events and the sealed head of each tenant's chain. No personal data: accounts appear by id."""

from django.db import models

from chuangwen.tenancy.models import Tenant, TenantModel


class AuditEvent(TenantModel):
    """One change: who, what, on which object, with old and new values.

    Database triggers refuse UPDATE and DELETE (migration 0002).
    """

    sequence = models.PositiveBigIntegerField("序号")
    occurred_at = models.DateTimeField("时间")
    account_id = models.UUIDField("操作账号", null=True)
    verb = models.CharField("动作", max_length=80)
    object_type = models.CharField("对象类型", max_length=60)
    object_id = models.UUIDField("对象编号", null=True)
    label = models.CharField("对象名称", max_length=200, blank=True)
    changes = models.JSONField("变更", default=dict)
    previous_hash = models.CharField("前一条的哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = "审计事件"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sequence"], name="audit_event_sequence")
        ]
        indexes = [
            models.Index(fields=["tenant", "object_id", "sequence"], name="audit_event_object"),
            models.Index(fields=["tenant", "account_id", "sequence"], name="audit_event_account"),
            models.Index(fields=["tenant", "verb", "sequence"], name="audit_event_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class AuditHead(models.Model):
    """The last link of a tenant's chain, sealed with the server's key.

    Without it, cutting rows off the end could not be noticed.
    """

    tenant = models.OneToOneField(
        Tenant, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name = "审计链末端"

    def __str__(self) -> str:
        return f"{self.tenant_id} {self.sequence}"
