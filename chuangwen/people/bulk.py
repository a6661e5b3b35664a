"""Inserting many rows with one prepared statement, where `bulk_create` would take seconds.

Rows are plain tuples; only column kinds that registers use are known here.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

Adapt = Callable[[Any], Any]


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert `rows`, each in the order of `columns` (field names), all columns of the table named.

    Raises IntegrityError as the database does. Works alike on SQLite and PostgreSQL.
    """
    fields = [model._meta.get_field(name) for name in columns]
    adapters = [(place, adapt) for place, field in enumerate(fields) if (adapt := _adapter(field))]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_adapted(row, adapters) for row in rows])


def _adapted(row: Sequence[Any], adapters: list[tuple[int, Adapt]]) -> list[Any]:
    values = list(row)
    for place, adapt in adapters:
        if values[place] is not None:
            values[place] = adapt(values[place])
    return values


def _adapter(field: Any) -> Adapt | None:
    """Return how a column's values go into this database; None when they go as they are."""
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, models.UUIDField):
        return None if connection.features.has_native_uuid_field else lambda value: value.hex
    if isinstance(kind, models.DateField) and connection.vendor == "sqlite":
        return str
    if isinstance(kind, models.JSONField):
        return lambda value: kind.get_db_prep_save(value, connection)
    return None
