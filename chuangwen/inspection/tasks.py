"""What the worker does for inspections."""

import uuid

from django_tasks import task

from chuangwen.inspection.actions.fingerprinting import fingerprint_photos
from chuangwen.tenancy.scope import tenant_scope


@task()
def fingerprint_visit(tenant_id: str, visit_id: str) -> None:
    """Look for other visits' photos that show the same."""
    with tenant_scope(uuid.UUID(tenant_id)):
        fingerprint_photos(visit_id=uuid.UUID(visit_id))
