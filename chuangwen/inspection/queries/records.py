"""Which records somebody may see."""

import uuid

from django.db.models import QuerySet

from chuangwen.inspection.models import FieldRecord, VisitFlag
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.tenancy.prepared import PreparedInTenant


def _owned(*, key: uuid.UUID, account: uuid.UUID) -> QuerySet[FieldRecord]:
    return FieldRecord.objects.filter(pk=key, account=account)


_OWN = PreparedInTenant[FieldRecord](_owned, key=uuid.UUID, account=uuid.UUID)
_OWN_LOCKED = PreparedInTenant[FieldRecord](
    lambda **asked: _owned(**asked).select_for_update(), key=uuid.UUID, account=uuid.UUID
)


def own_record(viewer: Actor, key: uuid.UUID, *, locked: bool = False) -> FieldRecord | None:
    """Return a record that the viewer sealed or sent; those of others do not exist. One query."""
    if viewer.account_id is None:
        return None
    records = _OWN_LOCKED if locked else _OWN
    return records.first(key=key, account=viewer.account_id)


def visible_records(viewer: Actor) -> QuerySet[FieldRecord]:
    """Return all records for those who review them, else one's own."""
    records = FieldRecord.objects.select_related("account")
    if viewer.may(Permission.REVIEW_RECORDS):
        return records
    return records.filter(account=viewer.account_id)


def visible_flags(viewer: Actor) -> QuerySet[VisitFlag]:
    """Return the flags for those who review them; nobody else sees any."""
    flags = VisitFlag.objects.select_related("visit__round", "visit__site", "visit__account")
    return flags if viewer.may(Permission.REVIEW_RECORDS) else flags.none()
