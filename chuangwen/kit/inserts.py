"""Inserting many rows of one model without making an object of each: for what is written in heaps.

`bulk_create` asks every cell what it is. For the answers of a visit that takes longer than
everything that the database does.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from chuangwen.kit.adapting import adapters_of

MOST_VALUES = 30_000  # SQLite takes 32,766 in one statement, PostgreSQL 65,535


def insert_rows(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert `rows`, whose values stand in the order of `names` (fields; a foreign key by its key).

    All columns without a default of the database have to be named, the key and the tenant too.
    One statement for up to 30,000 values. Raises what the database does; call it in a transaction.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    adapters = adapters_of(model, names)
    columns = ", ".join(quote(str(model._meta.get_field(name).column)) for name in names)  # type: ignore[union-attr]
    marks = f"({', '.join(['%s'] * len(names))})"
    head = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608 - own names
    at_once = MOST_VALUES // len(names)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), at_once):
            part = rows[start : start + at_once]
            values = [
                adapt(value) for row in part for adapt, value in zip(adapters, row, strict=True)
            ]
            cursor.execute(head + ", ".join([marks] * len(part)), values)
