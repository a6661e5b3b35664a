"""Proving the chain and taking a copy of the log away are themselves events."""

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.audit.models import AuditEvent
from chuangwen.audit.queries import Verdict, verify
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.log import LogFilter, events_of
from chuangwen.tenancy.models import Tenant

EXPORT_LIMIT = 50_000


@transaction.atomic
def check_chain(*, by: Actor) -> Verdict:
    """Walk the whole chain of the actor's district, say whether it is whole, and log that."""
    by.require(Permission.VIEW_AUDIT)
    verdict = verify(tenant_id=by.tenant_id)
    district = Tenant.objects.get(pk=by.tenant_id)
    found = {"events": verdict.events, "faults": len(verdict.faults)}
    record(by=by, verb="audit.verified", on=district, **found)
    return verdict


@transaction.atomic
def export_events(*, wanted: LogFilter, suffix: str, by: Actor) -> list[AuditEvent]:
    """Return the events that the filter keeps, the earliest first, and log who took them away.

    At most EXPORT_LIMIT; the event of the export itself is not among them.
    """
    by.require(Permission.VIEW_AUDIT)
    events = list(events_of(by, wanted).order_by("sequence")[:EXPORT_LIMIT])
    district = Tenant.objects.get(pk=by.tenant_id)
    facts = {"format": suffix, "events": len(events), **wanted.told()}
    record_all(by=by, entries=[Entry("audit.exported", district, facts)])
    return events
