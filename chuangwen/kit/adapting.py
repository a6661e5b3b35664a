"""Values of a model's rows as the driver takes them, for statements that are written by hand."""

import uuid
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from django.db import connection, models

Adapter = Callable[[Any], Any]
# Values of these are written as they are, whatever the database; other fields are asked each time,
# and so are those that prepare a value in a way of their own.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
STOCK = frozenset(kind.get_prep_value for kind in PLAIN)


def adapters_of(model: type[models.Model], names: Sequence[str] = ()) -> list[Adapter]:
    """Return for each field, or those that are named, what makes a value of it fit to be written.

    The same as the fields' own `get_db_prep_save` for values of the right kind, but a list of rows
    is not asked cell by cell what it is. As there, nothing is filled in: neither what a model makes
    of other fields nor the time of writing.
    """
    return _adapters(model, tuple(names), connection.vendor)


@cache
def _adapters(model: type[models.Model], names: tuple[str, ...], vendor: str) -> list[Adapter]:
    fields = [model._meta.get_field(name) for name in names] or model._meta.concrete_fields
    return [_adapter(field) for field in fields]  # type: ignore[arg-type]


def _adapter(field: "models.Field[Any, Any]") -> Adapter:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, models.UUIDField):
        return _as_it_is if connection.features.has_native_uuid_field else _as_digits
    if isinstance(target, PLAIN) and type(target).get_prep_value in STOCK:
        return _as_it_is
    return partial(field.get_db_prep_save, connection=connection)


def _as_it_is(value: Any) -> Any:
    return value


def _as_digits(value: uuid.UUID | None) -> str | None:
    return None if value is None else value.hex
