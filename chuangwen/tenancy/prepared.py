"""Prepared queries on the rows of the tenant in force: see `kit.prepared`."""

import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet

from chuangwen.kit.prepared import Prepared, Value
from chuangwen.tenancy.scope import current_tenant_id, tenant_scope

T = TypeVar("T")


class PreparedInTenant(Prepared[T]):
    """The same, with the tenant as a parameter that the scope fills in.

    `build` uses `Model.objects` as everywhere. Asking outside a scope raises UnscopedAccessError.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, T]], **kinds: type[Value]) -> None:
        def within(tenant: uuid.UUID, **asked: Value) -> QuerySet[Any, T]:
            with tenant_scope(tenant):
                return build(**asked)

        super().__init__(within, tenant=uuid.UUID, **kinds)

    def rows(self, **values: Value) -> list[T]:
        """Ask within the tenant in force; return all rows."""
        return super().rows(tenant=current_tenant_id(), **values)
