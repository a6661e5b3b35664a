"""Bytes once, names as often as somebody attaches them."""

from django.db import models
from django.db.models import Q

from chuangwen.files.enums import DerivativeState, Purpose
from chuangwen.files.kinds import FileKind, kind_of
from chuangwen.files.stores.base import key_of
from chuangwen.tenancy.models import TenantModel


class StoredFile(TenantModel):
    """Bytes that the store holds under their own hash. The row is written after the bytes."""

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField("类型", max_length=100)
    stored_at = models.DateTimeField("存入时间", auto_now_add=True)

    class Meta:
        verbose_name = "文件"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sha256"], name="files_stored_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0), name="files_stored_not_empty"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def kind(self) -> FileKind:
        """What it is: label, suffixes, whether browsers may show it."""
        return kind_of(self.media_type)

    @property
    def key(self) -> str:
        """Where the bytes lie in the store."""
        return key_of(self.tenant_id, self.sha256)  # type: ignore[arg-type]  # never null once made


class Upload(TenantModel):
    """A file that somebody has sent and not yet attached to anything; nobody else sees it."""

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField("文件名", max_length=200)
    account_id = models.UUIDField("上传账号", null=True)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "待用的上传"
        ordering = ["id"]
        indexes = [models.Index(fields=["tenant", "account_id"], name="files_upload_account")]

    def __str__(self) -> str:
        return f"上传 {self.pk.hex[-8:]}"


class Attachment(TenantModel):
    """A file under a name at a row of a room above (ADR 0003 says why kind and number).

    Removing leaves a tombstone: who, when, why; the bytes stay for the record.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    owner_kind = models.CharField("所属种类", max_length=40)
    owner_id = models.UUIDField("所属对象")
    position = models.PositiveIntegerField("次序")
    name = models.CharField("文件名", max_length=200)
    added_by = models.UUIDField("添加账号", null=True)
    added_at = models.DateTimeField("添加时间", auto_now_add=True)
    removed_by = models.UUIDField("移除账号", null=True)
    removed_at = models.DateTimeField("移除时间", null=True)
    removal_reason = models.TextField("移除原因", blank=True)

    class Meta:
        verbose_name = "附件"
        ordering = ["owner_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "owner_kind", "owner_id", "position"],
                name="files_attachment_position",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removal_reason="")
                | (Q(removed_at__isnull=False) & ~Q(removal_reason="")),
                name="files_attachment_reason",
                violation_error_message="移除附件须写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"附件 {self.position + 1}"


class Derivative(TenantModel):
    """A picture made from an image, without what the camera wrote into it."""

    source = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="derivatives")
    purpose = models.CharField("用途", max_length=20, choices=Purpose.choices)
    result = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="made_for"
    )
    state = models.CharField(
        "状态", max_length=20, choices=DerivativeState.choices, default=DerivativeState.WAITING
    )
    problem = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "派生图"
        constraints = [
            models.UniqueConstraint(fields=["source", "purpose"], name="files_derivative_once"),
            models.CheckConstraint(
                condition=Q(state=DerivativeState.READY, result__isnull=False)
                | (~Q(state=DerivativeState.READY) & Q(result__isnull=True)),
                name="files_derivative_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_purpose_display())
