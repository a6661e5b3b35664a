"""The log, filtered for those who may see it, with the names behind the account numbers."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import typed
from chuangwen.kit.clock import SHANGHAI
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission

SYSTEM = "system"
# Events of a closed circle, by the beginning of their verbs: who lacks the permission is not shown
# that there are any. The chain itself is whole, so the numbers of the others leave gaps.
CLOSED = {"accountability.": Permission.HANDLE_ACCOUNTABILITY}


@dataclass(frozen=True)
class LogFilter:
    """What an auditor asked for. `account` is a log-in name, or `system`."""

    verb: str = ""
    account: str = ""
    object_id: uuid.UUID | None = None
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "LogFilter":
        """Read the fields of a form. Raises Invalid naming the field and the value."""
        return cls(
            verb=given.get("verb", ""),
            account=given.get("account", ""),
            object_id=_identifier(given.get("object_id", "")),
            first_day=_day(given.get("first_day", ""), "起始日期", "first_day"),
            last_day=_day(given.get("last_day", ""), "截止日期", "last_day"),
        )

    def told(self) -> dict[str, str]:
        """Return what was asked for, by field, without what was left open."""
        return {name: str(value) for name, value in vars(self).items() if value}


def events_of(viewer: Actor, wanted: LogFilter) -> QuerySet[AuditEvent]:
    """Return the tenant's events that the viewer may know of and the filter keeps. Days are those
    of Shanghai."""
    events = AuditEvent.objects.all()
    for beginning, permission in CLOSED.items():
        if not viewer.may_everywhere(permission):
            events = events.exclude(verb__startswith=beginning)
    if wanted.verb:
        events = events.filter(verb=wanted.verb)
    if wanted.account == SYSTEM:
        events = events.filter(account_id__isnull=True)
    elif wanted.account:
        named = Account.objects.filter(username=wanted.account).values("pk")
        events = events.filter(account_id__in=named)
    if wanted.object_id:
        events = events.filter(object_id=wanted.object_id)
    if wanted.first_day:
        events = events.filter(occurred_at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        after = wanted.last_day + datetime.timedelta(days=1)
        events = events.filter(occurred_at__lt=_midnight(after))
    return events


def names_of(events: Iterable[AuditEvent]) -> dict[uuid.UUID, str]:
    """Return the names of the accounts that acted or were acted on. One query."""
    mentioned = [one for event in events for one in (event.account_id, event.object_id)]
    accounts = Account.objects.filter(pk__in={one for one in mentioned if one is not None})
    return {account.pk: f"{account.name}（{account.username}）" for account in accounts}


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), SHANGHAI)


def _day(raw: str, label: str, field: str) -> datetime.date | None:
    try:
        return typed.day(raw) if raw else None
    except ValueError as error:
        raise Invalid(
            f"“{label}”的“{raw}”不是日期。请写成 2021-09-30 的样子。", field=field
        ) from error


def _identifier(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw) if raw else None
    except ValueError as error:
        raise Invalid(
            f"“对象编号”的“{raw}”不是编号。请从单位或账号页的地址中复制。", field="object_id"
        ) from error
