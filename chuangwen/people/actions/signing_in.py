"""Signing in: password, then the one-time code where one is set up.

Unknown name, wrong password, disabled account and a waiting time all get the same answer after
the same work, so that nobody learns which names exist.
"""

from typing import NoReturn

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actions.attempts import (
    Counter,
    counters,
    forget_failures,
    is_blocked,
    note_failure,
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
    counted = counters(username, address)
    blocked = is_blocked(counted)
    account = Account.objects.filter(username=username.strip()).first()
    right = _is_right(account, password)
    if blocked:
        raise SignInRefused(REFUSAL)
    if account is None or not right or not account.is_active:
        _refuse(counted, account, REFUSAL)
    forget_failures(counted)
    return account


def check_code(*, account: Account, code: str, address: str) -> None:
    """Accept a one-time code or a recovery code, each once. Raises SignInRefused."""
    counted = counters(f"code:{account.pk}", address)
    if is_blocked(counted):
        raise SignInRefused(CODE_REFUSAL)
    if not use_code(account=account, code=code):
        _refuse(counted, account, CODE_REFUSAL)
    forget_failures(counted)


def check_own_password(*, account: Account, password: str, address: str) -> None:
    """Make sure that it is the owner who sits at a session. Raises SignInRefused.

    Counted like signing in: with a borrowed session nobody may guess without end.
    """
    counted = counters(f"own:{account.pk}", address)
    if is_blocked(counted):
        raise SignInRefused(OWN_REFUSAL)
    if not _is_right(account, password):
        _refuse(counted, account, OWN_REFUSAL)
    forget_failures(counted)


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


@transaction.atomic
def _count(counted: tuple[Counter, ...], account: Account | None) -> None:
    if note_failure(counted, account) and account is not None:
        record_account(by=actor_of(account), verb="account.blocked", account=account)


def _refuse(counted: tuple[Counter, ...], account: Account | None, message: str) -> NoReturn:
    _count(counted, account)
    raise SignInRefused(message)
