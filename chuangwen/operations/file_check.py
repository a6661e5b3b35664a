"""Whether a backup holds the bytes of every file that its database names, under the right hash."""

import contextlib
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from chuangwen.files.stores import FOLDER
from chuangwen.files.stores.base import key_of

TABLE = "files_storedfile"
Row = tuple[uuid.UUID, str]


def absent_files(rows: Iterable[Row], members: dict[str, str]) -> list[str]:
    """Return the hashes of files that are missing in the archive, or whose bytes are others.

    `members` are the digests that were taken while unpacking. Files in S3 are no part of a backup.
    """
    if settings.CHUANGWEN_S3_BUCKET:
        return []
    wanted = ((sha256, f"data/{FOLDER}/{key_of(tenant, sha256)}") for tenant, sha256 in rows)
    return sorted(sha256 for sha256, member in wanted if members.get(member) != sha256)


def rows_in_sqlite(copy: Path) -> list[Row]:
    """Return tenant and hash of every stored file; none from before there were any."""
    with contextlib.closing(sqlite3.connect(copy)) as database:
        known = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [TABLE]).fetchone()
        if not known:
            return []
        found = database.execute(f"SELECT tenant_id, sha256 FROM {TABLE}")  # noqa: S608 - constant
        return [(uuid.UUID(tenant), sha256) for tenant, sha256 in found]


def rows_in_script(script: Path) -> Iterator[Row]:
    """Yield the same from the SQL that pg_restore writes: a COPY block with one row a line."""
    columns: list[str] = []
    with script.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith(f"COPY public.{TABLE} ("):
                columns = line[line.index("(") + 1 : line.index(")")].split(", ")
            elif columns and line.startswith("\\."):
                return
            elif columns:
                row = dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))
                yield uuid.UUID(row["tenant_id"]), row["sha256"]
