"""Changing one's own password, and resetting another's."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotPermitted
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actions.sessions import end_sessions
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.passwords import one_time_password
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import manageable_accounts


@transaction.atomic
def change_password(
    *, account: Account, old: str, new: str, keep_session: str = "", by: Actor
) -> None:
    """Set one's own password. Sessions end, but for the one whose key is `keep_session`.

    Raises Invalid when `old` is wrong or the policy in force does not allow `new`.
    """
    if account.pk != by.account_id:
        raise NotPermitted("口令只能由本人修改。忘记口令请联系系统管理员重置。")
    if not account.check_password(old):
        raise Invalid("原口令不正确。请重新输入。", field="old")
    if old == new:
        raise Invalid("新口令与原口令相同。请换一个。", field="new")
    try:
        validate_password(new, account)
    except ValidationError as error:
        raise Invalid("".join(error.messages), field="new") from error
    account.set_password(new)
    account.must_change_password = False
    account.password_changed_at = clock.now()
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    end_sessions(account, keep=keep_session)
    record_account(by=by, verb="account.password_changed", account=account)


@transaction.atomic
def reset_password(*, account: Account, by: Actor) -> str:
    """Return a one-time password for the account, shown once; the next sign-in must change it."""
    by.require(Permission.MANAGE_ACCOUNTS)
    account = manageable_accounts(by).select_for_update().get(pk=account.pk)
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.password_changed_at = clock.now()
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    end_sessions(account)
    record_account(by=by, verb="account.password_reset", account=account)
    return password
