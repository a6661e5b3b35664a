"""Reading the chain and proving it whole."""

import uuid
from dataclasses import dataclass

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


def verify(*, tenant_id: uuid.UUID, most: int = 20) -> Verdict:
    """Walk a tenant's chain from the start and return what is wrong, at most `most` faults.

    Finds rows that were edited, deleted, inserted, swapped, and rows cut off either end.
    Reads in a stream: memory does not grow with the log.
    """
    faults: list[str] = []
    sequence, previous, count = 0, GENESIS, 0
    events = AuditEvent.across_tenants.filter(tenant_id=tenant_id).order_by("sequence", "id")
    for event in events.iterator(chunk_size=2000):
        count += 1
        if event.sequence != sequence + 1:
            faults.append(f"序号 {sequence + 1} 缺失或重复：其后是序号 {event.sequence}")
        if event.previous_hash != previous:
            faults.append(f"序号 {event.sequence}：与前一条不相连")
        if _hash_of(event, tenant_id) != event.hash:
            faults.append(f"序号 {event.sequence}：内容与哈希不符，已被改动")
        sequence, previous = event.sequence, event.hash
        if len(faults) >= most:
            break
    else:
        faults += _head_faults(tenant_id, sequence, previous)
    return Verdict(events=count, faults=tuple(faults[:most]))


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


def _head_faults(tenant_id: uuid.UUID, sequence: int, last_hash: str) -> list[str]:
    head = AuditHead.objects.filter(pk=tenant_id).first()
    if head is None:
        return ["审计链末端记录缺失"]
    faults = []
    if (head.sequence, head.hash) != (sequence, last_hash):
        faults.append(f"末尾缺失：应到序号 {head.sequence}，实际到 {sequence}")
    expected = head_seal(tenant_id=tenant_id, sequence=head.sequence, last_hash=head.hash)
    if head.seal != expected:
        faults.append("审计链末端的封印不符：末端记录被改动，或服务器密钥已更换")
    return faults
