"""Appending to the chain."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from chuangwen.audit.chain import GENESIS, event_hash, head_seal
from chuangwen.audit.models import AuditEvent, AuditHead
from chuangwen.kit import clock
from chuangwen.kit.ids import new_id
from chuangwen.kit.prepared import Prepared


class Author(Protocol):
    """Who acts. `people.Actor` is one; commands and jobs use the system actor."""

    @property
    def tenant_id(self) -> uuid.UUID: ...

    @property
    def account_id(self) -> uuid.UUID | None: ...


@dataclass(frozen=True)
class Entry:
    """One event to append. `changes` maps a field to [old, new]; values must be plain data."""

    verb: str
    on: models.Model
    changes: dict[str, Any] = field(default_factory=dict)
    label: str = ""


def record(*, by: Author, verb: str, on: models.Model, **changes: Any) -> None:
    """Append one event about `on`. Call it inside the action's transaction."""
    record_all(by=by, entries=[Entry(verb, on, changes)])


def record_all(*, by: Author, entries: Iterable[Entry]) -> None:
    """Append events in order, with three statements however many there are.

    Raises RuntimeError outside a transaction: an event without its change, or a change without
    its event, would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("audit events are recorded inside the transaction of their action")
    entries = list(entries)
    if not entries:
        return
    head = _locked_head(by.tenant_id)
    events = []
    sequence, previous = head.sequence, head.hash
    occurred_at = clock.now()
    for entry in entries:
        sequence += 1
        content: dict[str, Any] = {
            "tenant_id": by.tenant_id,
            "sequence": sequence,
            "occurred_at": occurred_at,
            "account_id": by.account_id,
            "verb": entry.verb,
            "object_type": entry.on._meta.label_lower,
            "object_id": entry.on.pk,
            "label": (entry.label or str(entry.on))[:200],
            "changes": _plain(entry.changes),
            "previous_hash": previous,
        }
        previous = event_hash(**content)
        events.append(AuditEvent(id=new_id(), hash=previous, **content))
    AuditEvent.across_tenants.bulk_create(events, batch_size=500)
    AuditHead.objects.filter(pk=by.tenant_id).update(
        sequence=sequence,
        hash=previous,
        seal=head_seal(tenant_id=by.tenant_id, sequence=sequence, last_hash=previous),
    )


@transaction.atomic
def open_chain(*, tenant_id: uuid.UUID) -> None:
    """Write the sealed, empty head of a new tenant's chain."""
    AuditHead.objects.create(
        tenant_id=tenant_id,
        sequence=0,
        hash=GENESIS,
        seal=head_seal(tenant_id=tenant_id, sequence=0, last_hash=GENESIS),
    )


_HEAD = Prepared[AuditHead](
    lambda tenant: AuditHead.objects.select_for_update().filter(pk=tenant), tenant=uuid.UUID
)


def _locked_head(tenant_id: uuid.UUID) -> AuditHead:
    head = _HEAD.first(tenant=tenant_id)
    if head is None:
        raise AuditHead.DoesNotExist(f"tenant {tenant_id} has no chain: open_chain makes it")
    return head


def _plain(changes: dict[str, Any]) -> dict[str, Any]:
    """Bring values into the form they will have when read back, so that the hash is stable."""
    plain: dict[str, Any] = json.loads(json.dumps(changes, cls=DjangoJSONEncoder))
    return plain
