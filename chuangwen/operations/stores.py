"""The two databases, seen as something to copy."""

import contextlib
import sqlite3
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from chuangwen.kit.errors import ChuangwenError
from chuangwen.operations import postgres_tools


class Store(Protocol):
    """A database that can be copied into one file."""

    kind: str
    member: str

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy while others go on writing."""

    def has_tables(self) -> bool:
        """Tell whether anything is in it."""


class SqliteStore:
    """The database file in the data directory."""

    kind = "sqlite"
    member = "database.sqlite3"

    def __init__(self, path: Path) -> None:
        self.path = path

    def copy_to(self, target: Path) -> None:
        """Use SQLite's backup interface. Raises ChuangwenError when there is no database."""
        if not self.has_tables():
            raise ChuangwenError(f"“{self.path}”中还没有数据库，没有可备份的内容。")
        with (
            contextlib.closing(sqlite3.connect(self.path, timeout=60)) as source,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)

    def has_tables(self) -> bool:
        """Tell whether the file exists and holds a table."""
        if not self.path.is_file():
            return False
        with contextlib.closing(sqlite3.connect(self.path, timeout=60)) as database:
            return bool(database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


class PostgresStore:
    """The database behind CHUANGWEN_DATABASE_URL."""

    kind = "postgresql"
    member = "database.dump"

    def __init__(self, entry: dict[str, Any]) -> None:
        self.entry = entry

    def copy_to(self, target: Path) -> None:
        """Use pg_dump, which reads one snapshot. Raises ChuangwenError when it is missing."""
        postgres_tools.dump(self.entry, target)

    def has_tables(self) -> bool:
        """Tell whether the schema `public` holds a table."""
        from django.db import connection  # noqa: PLC0415 - opened only when asked

        tables = connection.introspection.table_names()
        connection.close()
        return bool(tables)


def configured_store() -> SqliteStore | PostgresStore:
    """The database that the settings name."""
    entry = settings.DATABASES["default"]
    if "postgresql" in entry["ENGINE"]:
        return PostgresStore(entry)
    return SqliteStore(Path(entry["NAME"]))


def check_sqlite(path: Path) -> None:
    """Raise ChuangwenError unless the copy is a whole SQLite database."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as database:
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise ChuangwenError(f"备份中的数据库不完整（{answer}）。请改用另一份备份。")
