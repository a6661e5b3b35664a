"""The arithmetic of the chain: what is hashed and how the head is sealed. No database here."""

import datetime
import hashlib
import hmac
import json
import uuid
from typing import Any

from django.conf import settings

GENESIS = "0" * 64


def event_hash(
    *,
    tenant_id: uuid.UUID,
    sequence: int,
    occurred_at: datetime.datetime,
    account_id: uuid.UUID | None,
    verb: str,
    object_type: str,
    object_id: uuid.UUID | None,
    label: str,
    changes: dict[str, Any],
    previous_hash: str,
) -> str:
    """Return the SHA-256 (hex) of every stored field of an event, its place included."""
    content = [
        str(tenant_id),
        sequence,
        occurred_at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        str(account_id),
        verb,
        object_type,
        str(object_id),
        label,
        changes,
        previous_hash,
    ]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def head_seal(*, tenant_id: uuid.UUID, sequence: int, last_hash: str) -> str:
    """Return the HMAC-SHA-256 (hex) that proves the head was written by this server."""
    message = f"audit-head|{tenant_id}|{sequence}|{last_hash}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()
