"""Inserting thousands of rows at once, where `bulk_create` would take seconds.

PostgreSQL gets them by COPY, SQLite by one prepared statement.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

Adapt = Callable[[Any], Any]


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Insert `rows`, each in the order of `columns` (field names); every column must be named.

    Values are UUIDs, dates, texts, numbers or None. Raises IntegrityError as the database does.
    """
    fields = [model._meta.get_field(name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)  # type: ignore[union-attr]
    table = f"{quote(model._meta.db_table)} ({names})"
    if connection.vendor == "postgresql":
        _copy(table, rows)
    else:
        _execute(table, [_adapter(field) for field in fields], rows)


def _copy(table: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _execute(table: str, adapters: list[Adapt | None], rows: Iterable[Sequence[Any]]) -> None:
    to_adapt = [(place, adapt) for place, adapt in enumerate(adapters) if adapt]
    marks = ", ".join(["%s"] * len(adapters))
    adapted = [_adapted(row, to_adapt) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", adapted)  # noqa: S608 - own names


def _adapted(row: Sequence[Any], to_adapt: list[tuple[int, Adapt]]) -> list[Any]:
    values = list(row)
    for place, adapt in to_adapt:
        if values[place] is not None:
            values[place] = adapt(values[place])
    return values


def _adapter(field: Any) -> Adapt | None:
    """Return how a column's values go into SQLite; None when they go as they are."""
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, models.UUIDField):
        return _hex
    return str if isinstance(kind, models.DateField) else None


def _hex(value: Any) -> str:
    text: str = value.hex
    return text


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Set `columns` of many rows; each of `rows` has their values in order, then the row's id."""
    fields = [model._meta.get_field(name) for name in (*columns, "id")]
    quote = connection.ops.quote_name
    *settings, key = (f"{quote(str(field.column))} = %s" for field in fields)  # type: ignore[union-attr]
    table = quote(model._meta.db_table)
    statement = f"UPDATE {table} SET {', '.join(settings)} WHERE {key}"  # noqa: S608 - own names
    adapters = [_adapter(field) for field in fields] if connection.vendor == "sqlite" else []
    to_adapt = [(place, adapt) for place, adapt in enumerate(adapters) if adapt]
    adapted = [_adapted(row, to_adapt) for row in rows]
    if adapted:
        with connection.cursor() as cursor:
            cursor.executemany(statement, adapted)
