"""Migrations wait for the single steps of others, never for those that sum several up.

An installation of before the squashing has only the steps; `makemigrations` writes the other name.
"""

from django.db.migrations.loader import MigrationLoader


def test_no_migration_depends_on_a_squashed_one():
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    squashed = {key for key, migration in found.items() if migration.replaces}
    waiting = {
        key: sorted(squashed.intersection(migration.dependencies))
        for key, migration in found.items()
        if not migration.replaces
    }
    assert {key: names for key, names in waiting.items() if names} == {}
