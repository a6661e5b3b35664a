"""Accounts, for those who administer them."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, LoginAttempt, Membership, Session
from chuangwen.people.permissions import Permission
from chuangwen.people.roles import DISTRICT_WIDE, SEPARATED_ROLES
from chuangwen.people.sessions import LONGEST

STATES = {"enabled": True, "disabled": False}


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


@dataclass(frozen=True)
class AccountFilter:
    """What an administrator asked for."""

    text: str = ""
    role: str = ""
    state: str = "enabled"


def accounts_of(actor: Actor, wanted: AccountFilter) -> QuerySet[Account]:
    """Return the accounts that the filter keeps, with their posts and units. Three queries."""
    accounts = manageable_accounts(actor)
    text = wanted.text.strip()
    if text:
        accounts = accounts.filter(Q(username__icontains=text) | Q(name__icontains=text))
    if wanted.state in STATES:
        accounts = accounts.filter(is_active=STATES[wanted.state])
    if wanted.role:
        held = posts_in_force(clock.today()).filter(account=OuterRef("pk"), role=wanted.role)
        accounts = accounts.filter(Exists(held))
    posts = posts_in_force(clock.today()).select_related("unit").order_by("role")
    return accounts.prefetch_related(Prefetch("memberships", posts, "posts_now")).order_by(
        "username", "pk"
    )


def posts_in_force(day: datetime.date) -> QuerySet[Membership]:
    """Return the tenant's posts that are held on `day`."""
    return Membership.objects.filter(in_force(day))


def in_force(day: datetime.date) -> Q:
    """Keep the posts that are held on `day`.

    A post that reaches no further than its unit is worth nothing while the unit does not exist,
    whatever the post's own dates say.
    """
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    unit_begun = Q(unit__valid_from__isnull=True) | Q(unit__valid_from__lte=day)
    unit_not_over = Q(unit__valid_until__isnull=True) | Q(unit__valid_until__gte=day)
    return begun & not_over & (Q(role__in=DISTRICT_WIDE) | (unit_begun & unit_not_over))


def blocked_accounts(actor: Actor) -> QuerySet[LoginAttempt]:
    """Return the failures of the actor's district; the latest first."""
    if not actor.may(Permission.MANAGE_SECURITY):
        return LoginAttempt.objects.none()
    attempts = LoginAttempt.objects.filter(account__tenant_id=actor.tenant_id)
    return attempts.select_related("account").order_by("-last_failed_at", "key")


def administrators_without_second_factor(actor: Actor) -> QuerySet[Account]:
    """Return the active administrators of the district whose sign-in takes a password alone."""
    if not actor.may(Permission.MANAGE_SECURITY):
        return Account.objects.none()
    held = posts_in_force(clock.today()).filter(account=OuterRef("pk"), role__in=SEPARATED_ROLES)
    active = Account.objects.filter(tenant_id=actor.tenant_id, is_active=True, totp_secret="")
    return active.filter(Exists(held))
