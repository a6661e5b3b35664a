"""Triggers that refuse to change what a stored file is, on both databases.

Deleting stays possible: the sweep deletes what nothing refers to, and foreign keys hold the rest.
"""

from django.db import migrations

REFUSAL = "stored files are immutable"
COLUMNS = "id, tenant_id, sha256, size, media_type"

SQLITE = [
    f"""CREATE TRIGGER files_stored_immutable BEFORE UPDATE OF {COLUMNS} ON files_storedfile
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
]
POSTGRESQL = [
    f"""CREATE FUNCTION files_stored_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    f"""CREATE TRIGGER files_stored_immutable BEFORE UPDATE OF {COLUMNS} ON files_storedfile
    FOR EACH ROW EXECUTE FUNCTION files_stored_refuse()""",
]


def protect(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER files_stored_immutable")
    else:
        schema_editor.execute("DROP TRIGGER files_stored_immutable ON files_storedfile")
        schema_editor.execute("DROP FUNCTION files_stored_refuse()")


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
