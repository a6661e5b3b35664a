"""What the worker does for files."""

import uuid

from django_tasks import task

from chuangwen.files.actions.rendering import render_derivatives
from chuangwen.tenancy.scope import tenant_scope


@task()
def make_derivatives(tenant_id: str, file_id: str) -> None:
    """Make the pictures of one image; doing it twice changes nothing."""
    with tenant_scope(uuid.UUID(tenant_id)):
        render_derivatives(file_id=uuid.UUID(file_id))


@task()
def make_all_derivatives(tenant_id: str, file_ids: list[str]) -> None:
    """The same for several images."""
    with tenant_scope(uuid.UUID(tenant_id)):
        for file_id in file_ids:
            render_derivatives(file_id=uuid.UUID(file_id))
