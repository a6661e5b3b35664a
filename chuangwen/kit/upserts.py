"""Inserting rows of which some may be there already: the database decides, whoever else writes."""

from collections.abc import Sequence
from operator import attrgetter

from django.db import connection, models

from chuangwen.kit.adapting import adapters_of

AT_ONCE = 1_000


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
    adapters = adapters_of(type(rows[0]))
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
