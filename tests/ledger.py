"""Which rows stay written by what is done under observation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


class Ledger:
    """Notes every statement that writes and was not taken back by a savepoint."""

    # A session slides and failed log-ins are counted whatever the answer.
    COUNTED_ANYWAY = ("people_session", "people_loginattempt")

    def __init__(self) -> None:
        self.written: list[str] = []
        self._marks: dict[str, int] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        words = sql.replace('"', "").replace(";", "").split(None, 6)
        match [word.upper() for word in words[:3]]:
            case ["SAVEPOINT", *_]:
                self._marks[words[1]] = len(self.written)
            case ["ROLLBACK", "TO", *_]:
                del self.written[self._marks[words[-1]] :]
            case ["INSERT" | "UPDATE" | "DELETE", *_]:
                if not any(table in sql for table in self.COUNTED_ANYWAY):
                    self.written.append(sql[:120])
        return found


@contextmanager
def ledger() -> Iterator[Ledger]:
    """Keep a ledger of what is written inside."""
    book = Ledger()
    with connection.execute_wrapper(book):
        yield book
