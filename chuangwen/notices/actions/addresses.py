"""The secret address under which a calendar program fetches one's deadlines."""

import secrets

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit import clock
from chuangwen.kit.errors import NotPermitted
from chuangwen.notices.models import CalendarAddress
from chuangwen.notices.queries.addresses import own_address, token_hash
from chuangwen.people.actors import Actor

BYTES = 32  # 256 bits


@transaction.atomic
def renew_address(*, by: Actor) -> str:
    """Make a new address and end the former; return its token, which is shown once.

    The log says that it was renewed, never the token.
    """
    if by.account_id is None:
        raise NotPermitted("系统账号没有日历。请用个人账号登录。")
    token = secrets.token_urlsafe(BYTES)
    address, _ = CalendarAddress.objects.update_or_create(
        account_id=by.account_id,
        defaults={"token_hash": token_hash(token), "created_at": clock.now()},
    )
    _record("calendar_address.renewed", address, by)
    return token


@transaction.atomic
def withdraw_address(*, by: Actor) -> bool:
    """End the address at once; tell whether there was one."""
    address = own_address(by)
    if address is None:
        return False
    _record("calendar_address.withdrawn", address, by)
    address.delete()
    return True


def _record(verb: str, address: CalendarAddress, by: Actor) -> None:
    record_all(by=by, entries=[Entry(verb, address, label="日历订阅地址")])
