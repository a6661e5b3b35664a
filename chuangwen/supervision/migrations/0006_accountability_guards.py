"""Triggers on both databases: a step of a matter of 问责 is added, never changed or removed."""

from django.db import migrations

TABLES = ("supervision_accountabilityevent",)
EVENTS = ("UPDATE", "DELETE")
REFUSAL = "the course of a matter is never changed"


def protect(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(
            "CREATE FUNCTION supervision_matters_stay() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END $$"
        )
    for table in TABLES:
        for event in EVENTS:
            body = (
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                if is_sqlite
                else "FOR EACH ROW EXECUTE FUNCTION supervision_matters_stay()"
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
        schema_editor.execute("DROP FUNCTION supervision_matters_stay()")


class Migration(migrations.Migration):
    dependencies = [("supervision", "0005_accountability")]
    operations = [migrations.RunPython(protect, unprotect)]
