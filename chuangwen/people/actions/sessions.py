"""Ending sessions: one, or all of an account."""

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Session
from chuangwen.people.permissions import Permission


@transaction.atomic
def end_session(*, account: Account, handle: str, by: Actor) -> None:
    """End the session that pages call `handle`: one's own, or as security administrator any.

    Raises NotFound when it has ended already.
    """
    _require(account, by)
    found = [one for one in account.sessions.all() if one.handle == handle]
    if not found:
        raise NotFound("没有这个会话，可能已经结束。请刷新页面。")
    found[0].delete()
    record_account(by=by, verb="account.session_ended", account=account, sessions=[1, 0])


@transaction.atomic
def end_all_sessions(*, account: Account, keep: str = "", by: Actor) -> int:
    """End all sessions of the account except the one whose key is `keep`; return how many."""
    _require(account, by)
    count = end_sessions(account, keep=keep)
    record_account(by=by, verb="account.session_ended", account=account, sessions=[count, 0])
    return count


def end_sessions(account: Account, *, keep: str = "") -> int:
    """Delete the rows, inside an action that logs it."""
    deleted, _ = account.sessions.exclude(session_key=keep).delete()
    return deleted


def sweep_sessions() -> int:
    """Delete expired sessions; return how many. For the schedule."""
    deleted, _ = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return deleted


def _require(account: Account, by: Actor) -> None:
    if account.pk != by.account_id:
        by.require(Permission.MANAGE_SECURITY)
