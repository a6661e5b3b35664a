"""SQLite rebuilds a table to alter it and silently drops its triggers: none may be lost.

The guards of the audit chain, of stored files and of published versions are such triggers. A
migration that fails here alters a guarded table: add the column by a plain ADD COLUMN (see
framework 0003), or set the triggers up again in the same migration.
"""

import inspect
import re
import sys
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader

CREATES = re.compile(r"CREATE (?:OR REPLACE )?TRIGGER (\w+)")


def made_by_migrations() -> set[str]:
    """Return the names of the triggers that our migrations make on this kind of database."""
    said: list[str] = []
    recorder = SimpleNamespace(connection=connection, execute=said.append)
    for (app, _), migration in MigrationLoader(None).disk_migrations.items():
        if type(migration).__module__.startswith(f"chuangwen.{app}."):
            for step in migration.operations:
                if isinstance(step, RunPython) and sets_up_triggers(step):
                    step.code(None, recorder)
    return {name for statement in said for name in CREATES.findall(statement)}


def sets_up_triggers(step: RunPython) -> bool:
    """Tell them from migrations that move data: by house rule they are called `protect`."""
    return step.code.__name__ == "protect"


def in_database() -> set[str]:
    statement = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_after_all_migrations_every_trigger_still_stands():
    expected = made_by_migrations()
    assert len(expected) > 15
    guarded = " ".join(expected)
    for table in ("audit_event", "files_stored", "framework_node", "framework_indicatorvalue"):
        assert table in guarded
    assert expected - in_database() == set()


def test_no_migration_makes_a_trigger_by_another_name():
    """Or the test above would not know of it."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        module = type(migration).__module__
        # A squashed one takes its triggers from those that it replaces.
        if module.startswith(f"chuangwen.{app}.") and not migration.replaces:
            makes = "CREATE TRIGGER" in inspect.getsource(sys.modules[module])
            steps = [one for one in migration.operations if isinstance(one, RunPython)]
            assert makes == any(map(sets_up_triggers, steps)), f"{app}.{name}"
