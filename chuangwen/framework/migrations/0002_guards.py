"""Triggers on both databases: published versions never change, reported values are never overwritten."""

from django.db import migrations

VERSIONS = "framework_frameworkversion"
PUBLISHED = "published framework versions are immutable"
REPORTED = "reported indicator values are only superseded"

# Table -> expression for the version that row {row} belongs to.
PARTS = {
    "framework_node": "{row}.framework_version_id",
    "framework_standard": "{row}.framework_version_id",
    "framework_standardmethod": "(SELECT framework_version_id FROM framework_standard WHERE id = {row}.standard_id)",
    "framework_standardindicator": "(SELECT framework_version_id FROM framework_standard WHERE id = {row}.standard_id)",
}
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
WRITTEN = [
    "tenant_id",
    "indicator_id",
    "unit_id",
    "period",
    "period_ends_on",
    "number",
    "answer",
    "document",
    "document_name",
    "note",
    "reported_by",
    "reported_at",
]


def in_published(table, row):
    return (  # only constants of this file enter the statement
        f"EXISTS (SELECT 1 FROM {VERSIONS} WHERE state = 'published'"  # noqa: S608
        f" AND id = {PARTS[table].format(row=row)})"
    )


def overwritten(distinct):
    changes = [f"NEW.{column} {distinct} OLD.{column}" for column in WRITTEN]
    changes.append(
        f"(OLD.superseded_by_id IS NOT NULL AND NEW.superseded_by_id {distinct} OLD.superseded_by_id)"
    )
    changes.append("(OLD.state <> 'reported' AND NEW.state <> OLD.state)")
    return " OR ".join(changes)


def guards(distinct):
    """Yield (trigger name, table, event, condition, refusal)."""
    for table in PARTS:
        for event, rows in ROWS.items():
            condition = " OR ".join(in_published(table, row) for row in rows)
            yield f"{table}_no_{event.lower()}", table, event, condition, PUBLISHED
    for event in ("UPDATE", "DELETE"):
        yield (
            f"{VERSIONS}_no_{event.lower()}",
            VERSIONS,
            event,
            "OLD.state = 'published'",
            PUBLISHED,
        )
    values = "framework_indicatorvalue"
    yield f"{values}_no_update", values, "UPDATE", overwritten(distinct), REPORTED
    yield f"{values}_no_delete", values, "DELETE", "1 = 1", REPORTED


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, table, event, condition, refusal in guards("IS NOT"):
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        return
    for name, table, event, condition, refusal in guards("IS DISTINCT FROM"):
        result = "OLD" if event == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END IF;"
            f" RETURN {result}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def unprotect(apps, schema_editor):
    for name, table, *_ in guards("IS NOT"):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("framework", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
