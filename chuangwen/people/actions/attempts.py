"""Failed sign-ins: counting them and making the next try wait, longer each time.

OWASP ASVS 4.0, 2.2.1; GB/T 22239-2019, 8.1.4.1 b). A block is by log-in name and address, so that
a stranger cannot lock a colleague out; a name tried from many addresses, and an address that tries
many names, are blocked at higher counts.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actors import Actor
from chuangwen.people.keys import keyed_hash
from chuangwen.people.models import Account, LoginAttempt
from chuangwen.people.permissions import Permission

FIRST_WAIT = datetime.timedelta(seconds=15)
LONGEST_WAIT = datetime.timedelta(minutes=15)
FORGOTTEN_AFTER = datetime.timedelta(hours=24)


@dataclass(frozen=True)
class Counter:
    """One count of failures: by what, and how many are free of waiting."""

    key: str
    free: int


def counters(username: str, address: str) -> tuple[Counter, ...]:
    """Return the counts that an attempt on `username` from `address` belongs to."""
    name = username.strip().lower()
    return (
        Counter(keyed_hash("login", "pair", name, address), free=5),
        Counter(keyed_hash("login", "name", name), free=50),
        Counter(keyed_hash("login", "address", address), free=200),
    )


def is_blocked(counted: Sequence[Counter]) -> bool:
    """Tell whether any of the counts makes the next attempt wait. One query."""
    keys = [counter.key for counter in counted]
    return LoginAttempt.objects.filter(key__in=keys, blocked_until__gt=clock.now()).exists()


@transaction.atomic
def note_failure(counted: Sequence[Counter], account: Account | None) -> bool:
    """Count one failure; return whether it brought about a block."""
    now = clock.now()
    started = False
    for counter in sorted(counted, key=lambda one: one.key):  # one order of locks for everybody
        LoginAttempt.objects.get_or_create(
            key=counter.key, defaults={"last_failed_at": now, "account": account}
        )
        row = LoginAttempt.objects.select_for_update().get(key=counter.key)
        if row.last_failed_at + FORGOTTEN_AFTER < now:
            row.failures = 0
        row.failures += 1
        row.last_failed_at = now
        row.account = account
        beyond = row.failures - counter.free
        if beyond >= 0:
            row.blocked_until = now + min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)
            started = True
        row.save()
    return started


def forget_failures(counted: Sequence[Counter]) -> None:
    """A right password ends the count by name and address, but not what others cause."""
    LoginAttempt.objects.filter(key=counted[0].key).delete()


def sweep_attempts() -> int:
    """Delete counts that no longer matter; return how many. For the schedule."""
    long_ago = clock.now() - FORGOTTEN_AFTER
    deleted, _ = LoginAttempt.objects.filter(last_failed_at__lt=long_ago).delete()
    return deleted


@transaction.atomic
def lift_block(*, account: Account, by: Actor) -> None:
    """Let somebody try again at once. Raises NotFound when there is nothing to lift."""
    by.require(Permission.MANAGE_SECURITY)
    deleted, _ = LoginAttempt.objects.filter(
        account=account, account__tenant_id=by.tenant_id
    ).delete()
    if not deleted:
        raise NotFound("这个账号没有登录失败记录，可能已自动解除。请刷新页面。")
    record_account(by=by, verb="account.unblocked", account=account)
