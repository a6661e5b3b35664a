"""Proving the chain is itself an event: who asked, and what was found."""

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.audit.queries import Verdict, verify
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.tenancy.models import Tenant


@transaction.atomic
def check_chain(*, by: Actor) -> Verdict:
    """Walk the whole chain of the actor's district, say whether it is whole, and log that."""
    by.require(Permission.VIEW_AUDIT)
    verdict = verify(tenant_id=by.tenant_id)
    district = Tenant.objects.get(pk=by.tenant_id)
    found = {"events": verdict.events, "faults": len(verdict.faults)}
    record(by=by, verb="audit.verified", on=district, **found)
    return verdict
