"""Signing in: password, then the one-time code where one is set up.

Unknown name, wrong password, disabled account and a waiting time all get the same answer after
the same work, so that nobody learns which names exist.
"""

from collections.abc import Callable

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actions.attempts import (
    Counter,
    Verdict,
    counters,
    judge_attempt,
)
from chuangwen.people.actions.second_factor import use_code
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.queries import actor_of

REFUSAL = (
    "登录名或口令不正确，或因多次失败需要等待。请核对后再试；"
    "连续失败 5 次后每次等待时间加倍，最长 15 分钟。忘记口令请联系系统管理员重置。"
)
CODE_REFUSAL = "动态口令或恢复码不正确，或因多次失败需要等待。请用手机上最新的 6 位数字再试。"

OWN_REFUSAL = (
    "原口令不正确，或因多次失败需要等待，没有改动。请核对后重新输入；"
    "连续失败 5 次后每次等待时间加倍，最长 15 分钟。"
)


class SignInRefused(Invalid):
    """The attempt failed; the message is the same whatever the reason."""


def check_sign_in(*, username: str, password: str, address: str) -> Account:
    """Return the active account of this name and password. Raises SignInRefused.

    `address` is the network address of the browser; only a keyed hash of it is kept, and only
    while failures count.
    """
    account = Account.objects.filter(username=username.strip()).first()
    # The costly work comes first: nobody waits for it behind a lock.
    right = _is_right(account, password) and account is not None and account.is_active
    _judge(counters(username, address), account, lambda: right, REFUSAL)
    if account is None:  # never: nobody's password is right
        raise SignInRefused(REFUSAL)
    return account


def check_code(*, account: Account, code: str, address: str) -> None:
    """Accept a one-time code or a recovery code, each once. Raises SignInRefused."""
    counted = counters(f"code:{account.pk}", address)
    _judge(counted, account, lambda: use_code(account=account, code=code), CODE_REFUSAL)


def check_own_password(*, account: Account, password: str, address: str) -> None:
    """Make sure that it is the owner who sits at a session. Raises SignInRefused.

    Counted like signing in: with a borrowed session nobody may guess without end.
    """
    right = _is_right(account, password)
    _judge(counters(f"own:{account.pk}", address), account, lambda: right, OWN_REFUSAL)


@transaction.atomic
def note_sign_in(*, account: Account, means: str) -> Actor:
    """Log that somebody is in; `means` is password, code, oidc or cas."""
    actor = actor_of(account)
    record_account(by=actor, verb="account.signed_in", account=account, means=means)
    return actor


@transaction.atomic
def note_sign_out(*, account: Account) -> None:
    """Log that somebody left."""
    record_account(by=actor_of(account), verb="account.signed_out", account=account)


def _is_right(account: Account | None, password: str) -> bool:
    if account is None or not account.has_usable_password():
        make_password(password)  # as much work as checking one
        return False
    return check_password(password, account.password)


def _judge(
    counted: tuple[Counter, ...],
    account: Account | None,
    is_right: Callable[[], bool],
    refusal: str,
) -> None:
    """Raise SignInRefused unless the attempt is right; outside, so that its count is kept."""
    with transaction.atomic():
        verdict = judge_attempt(counted, account, is_right)
        if verdict is Verdict.BLOCKED and account is not None:
            record_account(by=actor_of(account), verb="account.blocked", account=account)
    if verdict is not Verdict.RIGHT:
        raise SignInRefused(refusal)
