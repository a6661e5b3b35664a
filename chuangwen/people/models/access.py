"""What guards the door: failed attempts, recovery codes, sessions."""

import hashlib
from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from chuangwen.kit.ids import new_id
from chuangwen.people.models.accounts import Account


class LoginAttempt(models.Model):
    """How often somebody failed lately. Neither the typed name nor the address is stored.

    `key` is a keyed hash of the log-in name, the address, or both; `account` is set where the
    name exists, so that a security administrator can see and lift the block.
    """

    key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="login_attempts"
    )
    failures = models.PositiveIntegerField("失败次数", default=0)
    last_failed_at = models.DateTimeField("最近失败时间")
    blocked_until = models.DateTimeField("锁定至", null=True)

    class Meta:
        verbose_name = "登录失败"

    def __str__(self) -> str:
        return f"{self.failures} {self.last_failed_at}"


class RecoveryCode(models.Model):
    """A code for one sign-in without the phone. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "恢复码"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "code_hash"], name="people_recovery_code_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Session(AbstractBaseSession):
    """A browser's session, with whose it is, so that it can be listed and ended."""

    account = models.ForeignKey(
        Account, null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    device = models.CharField("设备", max_length=60, blank=True)
    created_at = models.DateTimeField("登录时间")

    objects: ClassVar[BaseSessionManager["Session"]] = BaseSessionManager()  # type: ignore[assignment]

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "会话"

    @property
    def handle(self) -> str:
        """A name for the session that pages may show: its key alone would open it."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the engine that reads and writes these rows."""
        from chuangwen.people.sessions import SessionStore  # noqa: PLC0415 - it imports this model

        return SessionStore
