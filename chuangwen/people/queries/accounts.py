"""Accounts, for those who administer them."""

from django.db.models import QuerySet

from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Session
from chuangwen.people.permissions import Permission
from chuangwen.people.sessions import LONGEST


def manageable_accounts(actor: Actor) -> QuerySet[Account]:
    """Return the accounts of the actor's district, or none without an administrator's role."""
    accounts = Account.objects.filter(tenant_id=actor.tenant_id)
    if actor.may(Permission.MANAGE_ACCOUNTS) or actor.may(Permission.MANAGE_SECURITY):
        return accounts
    return accounts.none()


def open_sessions(account: Account) -> QuerySet[Session]:
    """Return the account's sessions that are still good, the newest first."""
    earliest = clock.now() - LONGEST
    open_ones = account.sessions.filter(expire_date__gt=clock.now(), created_at__gt=earliest)
    return open_ones.order_by("-created_at")


def unused_recovery_codes(account: Account) -> int:
    """Return how many recovery codes are left."""
    return account.recovery_codes.filter(used_at__isnull=True).count()
