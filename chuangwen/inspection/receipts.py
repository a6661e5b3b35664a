"""The receipt of a confirmed record: what the server holds, and a seal that it said so."""

import json
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from chuangwen.inspection.models import FieldRecord

PURPOSE = "chuangwen.inspection.receipt"  # the key is derived from the secret for this alone


def receipt_of(record: FieldRecord) -> dict[str, Any]:
    """Return the receipt: the same one each time. The record must be committed."""
    if record.committed_at is None:
        raise ValueError("only what is committed has a receipt")
    said = {
        "record": str(record.pk),
        "sha256": record.sha256,
        "blobs": [sha256 for sha256 in record.blobs if sha256 not in set(record.lost)],
        "committed_at": record.committed_at.isoformat(),
    }
    return {**said, "mac": _seal(said)}


def is_genuine(receipt: dict[str, Any]) -> bool:
    """Tell whether this server gave the receipt, and nobody has altered it."""
    said = {name: value for name, value in receipt.items() if name != "mac"}
    return constant_time_compare(str(receipt.get("mac", "")), _seal(said))


def _seal(said: dict[str, Any]) -> str:
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return salted_hmac(PURPOSE, canonical, algorithm="sha256").hexdigest()
