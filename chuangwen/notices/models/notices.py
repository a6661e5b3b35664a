"""The outbox: one row for each thing that one person is told."""

from django.db import models
from django.db.models import Q

from chuangwen.kit import clock
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.people.models import Account
from chuangwen.tenancy.models import TenantModel


class Notice(TenantModel):
    """One thing that one person is told; written in the transaction of what it tells.

    `key` says which occasion this is: told twice, whoever tells it, there is one row. The row
    itself is what the person reads on their page; `routed` once the other channels were served.
    """

    recipient = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField("种类", max_length=30, choices=NoticeKind.choices)
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    key = models.CharField("事由", max_length=120)
    about_kind = models.CharField("关于", max_length=20, choices=AboutKind.choices, blank=True)
    about_id = models.UUIDField("对象编号", null=True)
    created_at = models.DateTimeField("时间", default=clock.now)
    read_at = models.DateTimeField("阅读时间", null=True)
    routed = models.BooleanField("其他渠道已处理", default=False)

    class Meta:
        verbose_name = "通知"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "recipient", "key"], name="notices_once")
        ]
        indexes = [
            # Identifiers are UUIDv7: descending is the newest first.
            models.Index(fields=["recipient", "-id"], name="notices_list"),
            models.Index(
                fields=["recipient", "-id"],
                condition=Q(read_at__isnull=True),
                name="notices_unread",
            ),
            models.Index(
                fields=["tenant", "id"], condition=Q(routed=False), name="notices_unrouted"
            ),
            models.Index(fields=["tenant", "about_id", "kind"], name="notices_about"),
            models.Index(fields=["tenant", "created_at"], name="notices_age"),
        ]

    def __str__(self) -> str:
        return self.subject
