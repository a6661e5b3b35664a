"""Run inside an installation after a trial: compares all that is stored with what phones know.

    python -m tests.faults.field.checking <history.json>

Prints a JSON object of what is wrong: empty lists are right. Nothing of the program's own reading
is trusted where the rows or the bytes themselves can be looked at.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

from chuangwen.commands import start_django
from tests.faults.field.district import CODE


def main(history: Path) -> None:
    """Compare."""
    start_django()
    from chuangwen.tenancy.models import Tenant
    from chuangwen.tenancy.scope import tenant_scope

    tenant = Tenant.objects.get(code=CODE)
    with tenant_scope(tenant.pk):
        print(json.dumps(wrong(json.loads(history.read_text())), ensure_ascii=False))


def wrong(history: list[dict]) -> dict[str, list[str]]:
    """`history`: each record with its hash, its photos, whether it was confirmed, its receipts."""
    from chuangwen.audit.models import AuditEvent
    from chuangwen.audit.queries import verify
    from chuangwen.files.stores import configured_store
    from chuangwen.inspection.actions.recounting import find_round_drift
    from chuangwen.inspection.models import Answer, FieldRecord, Finding, Round, Visit, VisitPhoto
    from chuangwen.inspection.receipts import is_genuine, receipt_of
    from chuangwen.tenancy.scope import current_tenant_id

    found: dict[str, list[str]] = {
        name: []
        for name in ("lost", "twice", "altered", "half", "receipts", "counts", "numbers", "audit")
    }
    records = {str(one.pk): one for one in FieldRecord.objects.all()}
    visits = Counter(str(pk) for pk in Visit.objects.values_list("record", flat=True))
    answers = Counter(str(pk) for pk in Answer.objects.values_list("visit", flat=True))
    photos: dict[str, list[str]] = {}
    for visit, sha256 in VisitPhoto.objects.order_by("position").values_list(
        "visit", "file__sha256"
    ):
        photos.setdefault(str(visit), []).append(sha256)
    for said in history:
        key, kept = said["record"], records.pop(said["record"], None)
        if kept is None or not visits[key]:
            if said["confirmed"]:
                found["lost"].append(key)
            continue
        if hashlib.sha256(kept.sealed_bytes).hexdigest() != said["sha256"]:
            found["altered"].append(key)
        if visits[key] != 1:
            found["twice"].append(key)
        if answers[key] != said["answers"] or photos.get(key, []) != said["blobs"]:
            found["half"].append(key)
        own = receipt_of(kept)
        if any(one != own or not is_genuine(one) for one in said["receipts"]):
            found["receipts"].append(key)
    found["twice"] += list(records)  # nobody sealed these
    store = configured_store()
    for held in store.holdings():
        with store.open(held.key) as content:
            if hashlib.sha256(content.read()).hexdigest() != held.key[-64:]:
                found["altered"].append(held.key)
    stored = {held.key[-64:] for held in store.holdings()}
    found["lost"] += [one for blobs in photos.values() for one in blobs if one not in stored]
    found["counts"] += [f"{one.within}: {one.numbers}" for one in find_round_drift()]
    for within in Round.objects.all():
        numbers = list(
            Finding.objects.filter(round=within).order_by("number").values_list("number", flat=True)
        )
        if numbers != list(range(1, len(numbers) + 1)):
            found["numbers"].append(str(within.pk))
    events = Counter(
        str(pk)
        for pk in AuditEvent.objects.filter(verb="visit.confirmed").values_list(
            "object_id", flat=True
        )
    )
    found["audit"] += [str(fault) for fault in verify(tenant_id=current_tenant_id()).faults]
    found["audit"] += [f"{key}: {events[key]} events" for key in visits if events[key] != 1]
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
