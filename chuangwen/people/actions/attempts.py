"""Failed sign-ins: counting them and making the next try wait, longer each time.

OWASP ASVS 4.0, 2.2.1; GB/T 22239-2019, 8.1.4.1 b). A block is by log-in name and address, so that
a stranger cannot lock a colleague out; a name tried from many addresses, and an address that tries
many names, are blocked at higher counts.
"""

import datetime
import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

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


class Verdict(enum.Enum):
    """What became of an attempt."""

    RIGHT = "right"
    WRONG = "wrong"
    BLOCKED = "blocked"  # wrong, and from now on one has to wait
    WAITING = "waiting"  # not looked at: one has to wait


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


@transaction.atomic
def judge_attempt(
    counted: Sequence[Counter], account: Account | None, is_right: Callable[[], bool]
) -> Verdict:
    """Tell what becomes of one attempt, and count it, in one step.

    The counts are locked before anybody looks: of guesses that arrive together, no more are judged
    than would be one after the other. A right answer during a wait is refused and not counted; a
    right one otherwise ends the count by name and address, but not what others cause.
    """
    now = clock.now()
    rows = [_locked(counter.key, now) for counter in sorted(counted, key=lambda one: one.key)]
    if any(row.blocked_until is not None and row.blocked_until > now for row in rows):
        return Verdict.WAITING
    if is_right():
        done = [row.key for row in rows if row.key == counted[0].key or not row.failures]
        LoginAttempt.objects.filter(key__in=done).delete()
        return Verdict.RIGHT
    free = {counter.key: counter.free for counter in counted}
    started = [_count(row, free[row.key], account, now) for row in rows]
    return Verdict.BLOCKED if any(started) else Verdict.WRONG


def _locked(key: str, now: datetime.datetime) -> LoginAttempt:
    """Return the locked row of a count, made when there is none.

    Callers ask for rows in the order of their keys. One that a right answer or an administrator
    deleted at this moment is made anew.
    """
    while True:
        LoginAttempt.objects.get_or_create(key=key, defaults={"last_failed_at": now})
        row = LoginAttempt.objects.select_for_update().filter(key=key).first()
        if row is not None:
            return row


def _count(row: LoginAttempt, free: int, account: Account | None, now: datetime.datetime) -> bool:
    if row.last_failed_at + FORGOTTEN_AFTER < now:
        row.failures = 0
    row.failures += 1
    row.last_failed_at = now
    row.account = account
    beyond = row.failures - free
    if beyond >= 0:
        row.blocked_until = now + min(FIRST_WAIT * 2 ** min(beyond, 10), LONGEST_WAIT)
    row.save()
    return beyond >= 0


@transaction.atomic
def sweep_attempts() -> int:
    """Delete counts that no longer matter; return how many. For the schedule."""
    long_ago = clock.now() - FORGOTTEN_AFTER
    return _delete(LoginAttempt.objects.filter(last_failed_at__lt=long_ago))


def _delete(rows: QuerySet[LoginAttempt]) -> int:
    """Delete rows, locked in the order in which attempts lock them; return how many."""
    locked = rows.select_for_update(of=("self",)).order_by("key")
    deleted, _ = LoginAttempt.objects.filter(key__in=[row.key for row in locked]).delete()
    return deleted


@transaction.atomic
def lift_block(*, account: Account, by: Actor) -> None:
    """Let somebody try again at once. Raises NotFound when there is nothing to lift."""
    by.require(Permission.MANAGE_SECURITY)
    own = LoginAttempt.objects.filter(account=account, account__tenant_id=by.tenant_id)
    if not _delete(own):
        raise NotFound("这个账号没有登录失败记录，可能已自动解除。请刷新页面。")
    record_account(by=by, verb="account.unblocked", account=account)
