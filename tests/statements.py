"""What a write costs, counted in statements."""

from collections.abc import Callable

from django.db import connection

MOST = 10


def statements(write: Callable[[], object]) -> list[str]:
    """Run a write and return what it asked of the database, without the marks of transactions."""
    seen: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        write()
    return seen


def require_few(write: Callable[[], object]) -> None:
    """Fail, with the statements, when a write takes more than ten or writes nothing."""
    seen = statements(write)
    assert any(sql.startswith(("INSERT", "UPDATE")) for sql in seen)
    assert len(seen) <= MOST, "\n".join(sql[:200] for sql in seen)
