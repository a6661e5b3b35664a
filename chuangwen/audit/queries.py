"""Reading the chain and proving it whole."""

import uuid
from dataclasses import dataclass, field

from django.db.models import QuerySet

from chuangwen.audit.chain import GENESIS, event_hash, head_seal
from chuangwen.audit.models import AuditEvent, AuditHead


@dataclass(frozen=True)
class Verdict:
    """What a check of one tenant's chain found. `faults` is empty when the chain is whole."""

    events: int
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.faults


@dataclass
class _Walk:
    """How far the chain was followed, and what was found."""

    tenant_id: uuid.UUID
    most: int
    last: int = -1  # of the rows seen; an inserted one may have any number
    sequence: int = 0
    previous: str = GENESIS
    count: int = 0
    faults: list[str] = field(default_factory=list)

    def rows_ahead(self) -> QuerySet[AuditEvent]:
        """Return the events that were not seen yet, in order."""
        events = AuditEvent.across_tenants.filter(tenant_id=self.tenant_id)
        return events.filter(sequence__gt=self.last).order_by("sequence", "id")

    def go_on(self) -> None:
        """Follow the chain to its end, or until enough is wrong."""
        for event in self.rows_ahead().iterator(chunk_size=2000):
            self.count += 1
            if event.sequence != self.sequence + 1:
                self.faults.append(
                    f"序号 {self.sequence + 1} 缺失或重复：其后是序号 {event.sequence}"
                )
            if event.previous_hash != self.previous:
                self.faults.append(f"序号 {event.sequence}：与前一条不相连")
            if _hash_of(event, self.tenant_id) != event.hash:
                self.faults.append(f"序号 {event.sequence}：内容与哈希不符，已被改动")
            self.last = self.sequence = event.sequence
            self.previous = event.hash
            if self.is_enough:
                return

    @property
    def is_enough(self) -> bool:
        """Tell whether no more faults are wanted."""
        return len(self.faults) >= self.most


def verify(*, tenant_id: uuid.UUID, most: int = 20) -> Verdict:
    """Walk a tenant's chain from the start and return what is wrong, at most `most` faults.

    Finds rows that were edited, deleted, inserted, swapped, and rows cut off either end.
    Reads in a stream: memory does not grow with the log. Others may append meanwhile: a head that
    was read when no row lay ahead of the walk belongs to the last row of the walk.
    """
    walk = _Walk(tenant_id, most)
    while True:
        walk.go_on()
        head = AuditHead.objects.filter(pk=tenant_id).first()
        if walk.is_enough or not walk.rows_ahead().exists():
            break
    if not walk.is_enough:
        walk.faults += _head_faults(head, tenant_id, walk.sequence, walk.previous)
    return Verdict(events=walk.count, faults=tuple(walk.faults[:most]))


def _hash_of(event: AuditEvent, tenant_id: uuid.UUID) -> str:
    return event_hash(
        tenant_id=tenant_id,
        sequence=event.sequence,
        occurred_at=event.occurred_at,
        account_id=event.account_id,
        verb=event.verb,
        object_type=event.object_type,
        object_id=event.object_id,
        label=event.label,
        changes=event.changes,
        previous_hash=event.previous_hash,
    )


def _head_faults(
    head: AuditHead | None, tenant_id: uuid.UUID, sequence: int, last_hash: str
) -> list[str]:
    if head is None:
        return ["审计链末端记录缺失"]
    faults = []
    if (head.sequence, head.hash) != (sequence, last_hash):
        faults.append(f"末尾缺失：应到序号 {head.sequence}，实际到 {sequence}")
    expected = head_seal(tenant_id=tenant_id, sequence=head.sequence, last_hash=head.hash)
    if head.seal != expected:
        faults.append("审计链末端的封印不符：末端记录被改动，或服务器密钥已更换")
    return faults
