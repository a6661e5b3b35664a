"""Loads the viewer together with what the frame of every page says about them."""

import uuid

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from chuangwen.kit.prepared import Prepared
from chuangwen.notices.models import Notice
from chuangwen.people.backends import AccountBackend
from chuangwen.people.models import Account


class ViewerBackend(AccountBackend):
    """One query brings account, district and the number of unread notices."""

    def get_user(self, user_id: uuid.UUID) -> Account | None:
        """Return the account while it is enabled, with `unread_notices`."""
        return _ENABLED.first(key=user_id)


def with_unread(accounts: QuerySet[Account]) -> QuerySet[Account]:
    """Add `unread_notices` to accounts; counted in the index of unread notices alone."""
    unread = Notice.across_tenants.filter(recipient=OuterRef("pk"), read_at__isnull=True)
    number = unread.order_by().values("recipient").annotate(number=Count("pk")).values("number")
    return accounts.annotate(
        unread_notices=Coalesce(Subquery(number, output_field=IntegerField()), Value(0))
    )


_ENABLED = Prepared[Account](
    lambda key: with_unread(Account.objects.filter(pk=key, is_active=True)), key=uuid.UUID
)
