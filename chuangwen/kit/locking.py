"""Keeping all writers of a table away for as long as it is counted."""

from django.db import connection
from django.db.models import Model


def hold_writers(model: type[Model]) -> None:
    """Whoever has counted already ends first; whoever has not waits, so that no change is counted
    twice or not at all. In SQLite a writing transaction is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN EXCLUSIVE MODE")
