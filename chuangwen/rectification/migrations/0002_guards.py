"""Triggers on both databases: what happened to a case is added to, never changed or removed."""

from django.db import migrations

TABLES = ("rectification_caseevent", "rectification_eventunit")
EVENTS = ("UPDATE", "DELETE")
REFUSAL = "events of a case are never changed"


def protect(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(
            "CREATE FUNCTION rectification_events_stay() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END $$"
        )
    for table in TABLES:
        for event in EVENTS:
            body = (
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                if is_sqlite
                else "FOR EACH ROW EXECUTE FUNCTION rectification_events_stay()"
            )
            name = f"{table}_no_{event.lower()}"
            schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {body}")


def unprotect(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table in TABLES:
        for event in EVENTS:
            on = "" if is_sqlite else f" ON {table}"
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event.lower()}{on}")
    if not is_sqlite:
        schema_editor.execute("DROP FUNCTION rectification_events_stay()")


class Migration(migrations.Migration):
    dependencies = [("rectification", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
