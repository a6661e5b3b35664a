"""Which tenant's rows this piece of work may touch.

The web middleware, background jobs and commands enter a scope; every tenant-owned manager reads it
and raises outside one, so that a forgotten filter is an error and never a leak.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[uuid.UUID | None] = ContextVar("current_tenant", default=None)


class UnscopedAccessError(RuntimeError):
    """Tenant-owned rows were asked for outside any tenant's scope: a programming error."""


@contextmanager
def tenant_scope(tenant_id: uuid.UUID) -> Iterator[None]:
    """Limit everything inside to one tenant. Scopes nest; the inner one counts."""
    token = _current.set(tenant_id)
    try:
        yield
    finally:
        _current.reset(token)


def current_tenant_id() -> uuid.UUID:
    """Return the tenant in force. Raises UnscopedAccessError when there is none."""
    tenant_id = _current.get()
    if tenant_id is None:
        raise UnscopedAccessError("no tenant scope is active; enter tenant_scope(...) first")
    return tenant_id
