"""One-time codes: setting them up, using them, taking them away."""

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotPermitted
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actors import Actor
from chuangwen.people.keys import seal, unseal
from chuangwen.people.models import Account, RecoveryCode
from chuangwen.people.permissions import Permission
from chuangwen.people.totp import matching_step, new_recovery_codes, recovery_hash

PURPOSE = "totp"


@transaction.atomic
def confirm_totp(*, account: Account, secret: str, code: str, by: Actor) -> list[str]:
    """Bind the phone that shows `code`; return the recovery codes, which nobody sees again.

    Raises Invalid when the code does not fit the secret, and NotPermitted for another's account.
    """
    _require_own(account, by)
    if Account.objects.filter(pk=account.pk).exclude(totp_secret="").exists():
        # Unbinding asks for the password; binding anew without it would be a way around.
        raise Invalid("已绑定动态口令。换手机请先解除绑定，再重新绑定。", field="code")
    step = matching_step(secret, code.strip())
    if step is None:
        raise Invalid(
            "6 位数字不对。请核对手机时间是否准确，再输入手机上最新的数字。", field="code"
        )
    account.totp_secret = seal(PURPOSE, secret)
    account.totp_last_step = step
    account.save(update_fields=["totp_secret", "totp_last_step"])
    record_account(by=by, verb="account.totp_bound", account=account)
    return _renew_codes(account)


@transaction.atomic
def renew_recovery_codes(*, account: Account, by: Actor) -> list[str]:
    """Replace all recovery codes by new ones, which are returned once."""
    _require_own(account, by)
    if not account.has_totp:
        raise Invalid("还没有绑定动态口令，没有恢复码。请先绑定。")
    record_account(by=by, verb="account.recovery_codes_renewed", account=account)
    return _renew_codes(account)


@transaction.atomic
def remove_totp(*, account: Account, by: Actor) -> None:
    """Take the second factor away: one's own, or as security administrator another's."""
    if account.pk != by.account_id:
        by.require(Permission.MANAGE_SECURITY)
    account.totp_secret = ""
    account.save(update_fields=["totp_secret"])
    account.recovery_codes.all().delete()
    record_account(by=by, verb="account.totp_removed", account=account)


@transaction.atomic
def use_code(*, account: Account, code: str) -> bool:
    """Tell whether `code` opens the account now; a code that did never does so again."""
    written = code.strip().replace(" ", "")
    if written.isascii() and written.isdigit() and len(written) == 6:
        step = matching_step(unseal(PURPOSE, account.totp_secret), written)
        later = Account.objects.filter(pk=account.pk, totp_last_step__lt=step or 0)
        return step is not None and later.update(totp_last_step=step) == 1
    unused = account.recovery_codes.filter(
        code_hash=recovery_hash(account.pk, written), used_at__isnull=True
    )
    return unused.update(used_at=clock.now()) == 1


def _renew_codes(account: Account) -> list[str]:
    codes = new_recovery_codes()
    account.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=recovery_hash(account.pk, code)) for code in codes
    )
    return codes


def _require_own(account: Account, by: Actor) -> None:
    if account.pk != by.account_id:
        raise NotPermitted("动态口令只能由本人绑定。请让账号本人登录后操作。")
