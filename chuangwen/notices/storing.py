"""Inserting rows of which some may be there already: one statement, the database decides."""

from collections.abc import Sequence

from django.db import connection, models


def insert_missing(rows: Sequence[models.Model], unique: Sequence[str]) -> int:
    """Insert `rows` of one model, leaving out those that clash on `unique` (attribute names).

    Returns how many were inserted. Two writers may do it at the same time: each row is made once.
    """
    if not rows:
        return 0
    meta = rows[0]._meta
    quote = connection.ops.quote_name
    fields = meta.concrete_fields
    names = ", ".join(quote(str(field.column)) for field in fields)
    columns = ", ".join(quote(str(meta.get_field(name).column)) for name in unique)  # type: ignore[union-attr]
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    marks = f"({', '.join(['%s'] * len(fields))})"
    head = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES "  # noqa: S608 - own names
    tail = f" ON CONFLICT ({columns}) DO NOTHING"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            everything = [value for row in values for value in row]
            cursor.execute(head + ", ".join([marks] * len(values)) + tail, everything)
        else:  # SQLite limits the variables of one statement, and prepares it once
            cursor.executemany(head + marks + tail, values)
        return int(cursor.rowcount)
