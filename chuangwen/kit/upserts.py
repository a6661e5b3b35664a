"""Inserting rows of which some may be there already: the database decides, whoever else writes."""

import uuid
from collections.abc import Callable, Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.db import connection, models

AT_ONCE = 1_000
# Values of these are written as they are, whatever the database; other fields are asked each time,
# and so are those that prepare a value in a way of their own.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
STOCK = frozenset(kind.get_prep_value for kind in PLAIN)


def insert_missing(rows: Sequence[models.Model], unique: Sequence[str]) -> int:
    """Insert `rows` of one model, leaving out those that clash on `unique` (attribute names).

    Returns how many were inserted. Two writers may do it at the same time: each row is made once.
    """
    return _insert(rows, unique, "NOTHING") if rows else 0


def add_to_counts(
    rows: Sequence[models.Model], unique: Sequence[str], numbers: Sequence[str]
) -> None:
    """Insert `rows` of one model; where one clashes on `unique`, add its `numbers` to those that
    are there. Two writers never lose a count. Give the rows in one order, or they wait crosswise.
    """
    if not rows:
        return
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in numbers)
    _insert(rows, unique, f"UPDATE SET {added}")


def _insert(rows: Sequence[models.Model], unique: Sequence[str], otherwise: str) -> int:
    meta = rows[0]._meta
    quote = connection.ops.quote_name
    fields = meta.concrete_fields
    names = ", ".join(quote(str(field.column)) for field in fields)
    columns = ", ".join(quote(str(meta.get_field(name).column)) for name in unique)  # type: ignore[union-attr]
    adapters = adapters_of(type(rows[0]), connection.vendor)
    attributes = attrgetter(*(field.attname for field in fields))
    values = [
        [adapt(value) for adapt, value in zip(adapters, attributes(row), strict=True)]
        for row in rows
    ]
    marks = f"({', '.join(['%s'] * len(fields))})"
    head = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES "  # noqa: S608 - own names
    tail = f" ON CONFLICT ({columns}) DO {otherwise}"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            # SQLite limits the variables of one statement, and prepares it once
            cursor.executemany(head + marks + tail, values)
            return int(cursor.rowcount)
        written = 0
        for start in range(0, len(values), AT_ONCE):
            part = values[start : start + AT_ONCE]
            everything = [value for row in part for value in row]
            cursor.execute(head + ", ".join([marks] * len(part)) + tail, everything)
            written += cursor.rowcount
        return written


@cache
def adapters_of(model: type[models.Model], vendor: str) -> list[Callable[[Any], Any]]:
    """Return for each field what makes a value of it fit to be written: the same as the field's own
    `get_db_prep_save` for values of the right kind, but not asked cell by cell what it is."""
    return [_adapter(field, vendor) for field in model._meta.concrete_fields]


def _adapter(field: "models.Field[Any, Any]", vendor: str) -> Callable[[Any], Any]:
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, models.UUIDField):
        return _as_it_is if vendor == "postgresql" else _as_digits
    if isinstance(target, PLAIN) and type(target).get_prep_value in STOCK:
        return _as_it_is
    return partial(field.get_db_prep_save, connection=connection)


def _as_it_is(value: Any) -> Any:
    return value


def _as_digits(value: uuid.UUID | None) -> str | None:
    return None if value is None else value.hex
