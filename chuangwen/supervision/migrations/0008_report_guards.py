"""Triggers on both databases: a report of what a meeting settled is added, never changed or removed."""

from django.db import migrations

TABLES = ("supervision_decisionreport",)
EVENTS = ("UPDATE", "DELETE")
REFUSAL = "reports of decisions are never changed"


def protect(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if not is_sqlite:
        schema_editor.execute(
            "CREATE FUNCTION supervision_reports_stay() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; END $$"
        )
    for table in TABLES:
        for event in EVENTS:
            body = (
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                if is_sqlite
                else "FOR EACH ROW EXECUTE FUNCTION supervision_reports_stay()"
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
        schema_editor.execute("DROP FUNCTION supervision_reports_stay()")


class Migration(migrations.Migration):
    dependencies = [("supervision", "0007_meetings")]
    operations = [migrations.RunPython(protect, unprotect)]
