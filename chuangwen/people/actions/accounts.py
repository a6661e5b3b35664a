"""Accounts: making, changing, disabling. What one may do is granted separately."""

from typing import Any

from django.db import IntegrityError, transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotPermitted
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actions.last_administrator import require_another_administrator
from chuangwen.people.actions.sessions import end_sessions
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.passwords import one_time_password
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import manageable_accounts

LONGEST = 60  # characters of a log-in name or a person's name, as the columns have it


def create_account(
    *, username: str, name: str, phone: str = "", email: str = "", by: Actor
) -> tuple[Account, str]:
    """Make an account; return it with its one-time password, which is shown once.

    Raises Invalid for an empty or taken log-in name. Log-in names are unique on the server, and
    a name taken in another district gets the same answer as one taken here.
    """
    by.require(Permission.MANAGE_ACCOUNTS)
    password = one_time_password()
    account = Account(
        tenant_id=by.tenant_id,
        username=_filled(username, "登录名", "username"),
        name=_filled(name, "姓名", "name"),
        phone=phone.strip(),
        email=email.strip(),
        must_change_password=True,
        password_changed_at=clock.now(),
    )
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            record_account(by=by, verb="account.created", account=account)
    except IntegrityError as error:
        raise Invalid(
            f"登录名“{account.username}”已被使用。请换一个，例如加上单位简称。", field="username"
        ) from error
    return account, password


@transaction.atomic
def edit_account(*, account: Account, name: str, phone: str, email: str, by: Actor) -> Account:
    """Change what is known of the person; the log says which facts changed, not to what."""
    by.require(Permission.MANAGE_ACCOUNTS)
    account = _locked(account, by)
    facts = {"name": _filled(name, "姓名", "name"), "phone": phone.strip(), "email": email.strip()}
    changed = [key for key, value in facts.items() if getattr(account, key) != value]
    if changed:
        for key, value in facts.items():
            setattr(account, key, value)
        account.save(update_fields=list(facts))
        record_account(by=by, verb="account.edited", account=account, fields=changed)
    return account


@transaction.atomic
def disable_account(*, account: Account, by: Actor) -> Account:
    """Lock somebody out at once: no more sign-ins, and every session ends."""
    by.require(Permission.MANAGE_ACCOUNTS)
    if account.pk == by.account_id:
        raise NotPermitted("不能停用自己的账号。请由另一位系统管理员操作。")
    account = _locked(account, by)  # before the district, as whoever ends a role locks them
    require_another_administrator(account)
    account = _set_active(account, False, by, "account.disabled")
    end_sessions(account)
    return account


@transaction.atomic
def enable_account(*, account: Account, by: Actor) -> Account:
    """Let a disabled account in again; its roles are as they were."""
    by.require(Permission.MANAGE_ACCOUNTS)
    return _set_active(_locked(account, by), True, by, "account.enabled")


def _set_active(account: Account, active: bool, by: Actor, verb: str) -> Account:
    if account.is_active != active:
        account.is_active = active
        account.save(update_fields=["is_active"])
        changes: dict[str, Any] = {"is_active": [not active, active]}
        record_account(by=by, verb=verb, account=account, **changes)
    return account


def _locked(account: Account, by: Actor) -> Account:
    return manageable_accounts(by).select_for_update().get(pk=account.pk)


def _filled(value: str, label: str, field: str) -> str:
    value = value.strip()
    if not value:
        raise Invalid(f"{label}是空的。请填写。", field=field)
    if len(value) > LONGEST:
        raise Invalid(f"{label}有 {len(value)} 字，最多 {LONGEST} 字。请缩短。", field=field)
    return value
