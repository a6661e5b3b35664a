"""One's own e-mail address. It only receives notices; nobody signs in or resets anything by it."""

from django.db import transaction

from chuangwen.kit.errors import NotPermitted
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account


@transaction.atomic
def set_own_email(*, email: str, by: Actor) -> None:
    """Change where one's notices are sent; the log says that it changed, not to what."""
    if by.account_id is None:
        raise NotPermitted("系统账号没有邮箱。请用个人账号登录。")
    account = Account.objects.select_for_update(of=("self",)).get(pk=by.account_id)
    if account.email != email.strip():
        account.email = email.strip()
        account.save(update_fields=["email"])
        record_account(by=by, verb="account.edited", account=account, fields=["email"])
