"""A new installation gets its tables in one step, an older one step by step: both end alike."""

import re
import sqlite3

from tests.ops.installation import Installation

STEP_BY_STEP = """
from chuangwen.commands import start_django; start_django()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
squashed = {key for key, one in executor.loader.disk_migrations.items() if one.replaces}
last = [key for key in executor.loader.graph.leaf_nodes() if key not in squashed]
executor.migrate(last)
print(len(squashed))
"""


def schema(installation: Installation) -> dict[tuple[str, str], object]:
    """Tables as what their columns and conditions are, in whatever order; the rest as it stands."""
    found: dict[tuple[str, str], object] = {}
    with sqlite3.connect(installation.data / "chuangwen.sqlite3") as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        for kind, name, statement in rows:
            plain = re.sub(r"\s+", " ", statement).replace('"', "")
            if kind == "table" and "(" in plain:
                body = plain.partition("(")[2].rpartition(")")
                parts = re.split(r",(?![^()]*\))", body[0])
                found[kind, name] = (sorted(part.strip() for part in parts), body[2])
            else:
                found[kind, name] = plain
    return found


def test_one_step_and_many_give_the_same_schema(tmp_path):
    new, old = Installation(tmp_path / "new"), Installation(tmp_path / "old")
    new.run("manage", "migrate", "--no-input", "-v0")
    old.data.mkdir()
    result = old.python(STEP_BY_STEP)
    assert (result.returncode, result.stdout.strip()) == (0, "6"), result.stderr
    assert schema(old) == schema(new)
    assert "No planned migration operations" in old.run("manage", "migrate", "--plan")
    assert "No migrations to apply" in old.run("manage", "migrate", "--no-input")
