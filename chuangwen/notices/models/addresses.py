"""The address under which a person's calendar program fetches their deadlines."""

from django.db import models

from chuangwen.kit import clock
from chuangwen.people.models import Account
from chuangwen.tenancy.models import TenantModel


class CalendarAddress(TenantModel):
    """Whoever knows the token reads the deadlines; only its keyed hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("生成时间", default=clock.now)

    class Meta:
        verbose_name = "日历订阅地址"
        constraints = [models.UniqueConstraint(fields=["account"], name="notices_address_once")]

    def __str__(self) -> str:
        return str(self.account_id)
