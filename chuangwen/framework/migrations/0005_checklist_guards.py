"""Triggers on both databases: the checklists of published versions never change."""

from django.db import migrations

VERSIONS = "framework_frameworkversion"
PUBLISHED = "published framework versions are immutable"

# Table -> expression for the version that row {row} belongs to.
PARTS = {
    "framework_checklist": "{row}.framework_version_id",
    "framework_linegroup": "(SELECT framework_version_id FROM framework_checklist WHERE id = {row}.checklist_id)",
    "framework_checkline": "(SELECT framework_version_id FROM framework_checklist WHERE id = {row}.checklist_id)",
}
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


def in_published(table, row):
    return (  # only constants of this file enter the statement
        f"EXISTS (SELECT 1 FROM {VERSIONS} WHERE state = 'published'"  # noqa: S608
        f" AND id = {PARTS[table].format(row=row)})"
    )


def guards():
    """Yield (trigger name, table, event, condition)."""
    for table in PARTS:
        for event, rows in ROWS.items():
            condition = " OR ".join(in_published(table, row) for row in rows)
            yield f"{table}_no_{event.lower()}", table, event, condition


def protect(apps, schema_editor):
    for name, table, event, condition in guards():
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{PUBLISHED}'); END"
            )
            continue
        result = "OLD" if event == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION '{PUBLISHED}' USING ERRCODE = 'check_violation'; END IF;"
            f" RETURN {result}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def unprotect(apps, schema_editor):
    for name, table, *_ in guards():
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("framework", "0004_checklists")]
    operations = [migrations.RunPython(protect, unprotect)]
