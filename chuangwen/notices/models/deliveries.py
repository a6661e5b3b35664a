"""Messages that leave the system, and who wants which of them."""

from django.db import models

from chuangwen.kit import clock
from chuangwen.notices.enums import Channel, DeliveryState, NoticeKind
from chuangwen.notices.models.notices import Notice
from chuangwen.people.models import Account
from chuangwen.tenancy.models import TenantModel


class Delivery(TenantModel):
    """A notice on its way through one channel. Waiting rows are sent until it works or is hopeless.

    `next_at` is also the sender's lease: a process that dies while sending leaves the row to the
    next one, so a message arrives at least once.
    """

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    state = models.CharField(
        "状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField("已尝试次数", default=0)
    next_at = models.DateTimeField("下次发送", default=clock.now)
    sent_at = models.DateTimeField("发送时间", null=True)
    error = models.CharField("最近的错误", max_length=300, blank=True)

    class Meta:
        verbose_name = "发送"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once")
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "next_at"], name="notices_delivery_due"),
            models.Index(fields=["tenant", "state", "-id"], name="notices_delivery_list"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.get_state_display()}"


class EmailChoice(TenantModel):
    """That a person does, or does not, want a kind by e-mail; without a row the default holds."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField("种类", max_length=30, choices=NoticeKind.choices)
    wanted = models.BooleanField("发邮件")

    class Meta:
        verbose_name = "邮件选择"
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="notices_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.wanted}"
