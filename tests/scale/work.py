"""How much work a database does for a piece of code, counted and not timed.

SQLite counts the steps of its virtual machine; PostgreSQL tells how many blocks it looked at.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

STEP = 20


class Meter:
    """`work` grows while the meter is on; `costs` is what each of the `queries` took."""

    def __init__(self) -> None:
        self.work = 0
        self.queries: list[str] = []
        self.costs: list[int] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        before = self.work
        self.queries.append(sql)
        if connection.vendor == "postgresql" and sql.lstrip().upper().startswith("SELECT"):
            self.work += _blocks(sql, params)
        result = execute(sql, params, many, context)
        self.costs.append(self.work - before)
        return result

    def tick(self) -> int:
        self.work += STEP
        return 0


def _blocks(sql: str, params: Any) -> int:
    """Blocks that the statement reads, from memory or disk alike; planning is not counted."""
    with connection.connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) " + sql, params)
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


@contextmanager
def metered() -> Iterator[Meter]:
    """Count what the statements inside cost."""
    meter = Meter()
    connection.ensure_connection()
    with connection.execute_wrapper(meter):
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(meter.tick, STEP)
        try:
            yield meter
        finally:
            if connection.vendor == "sqlite":
                connection.connection.set_progress_handler(None, STEP)
