"""Triggers on both databases: an issued paper stays as it was issued, what was counted for one that
was sent to review stays as it was counted, and what was done to papers is only added to."""

from django.db import migrations

PAPER, BODY, CASES, PAST = (
    "documents_officialpaper", "documents_paperbody", "documents_papercase", "documents_paperevent",
)  # fmt: skip
IS_DRAFT = "(SELECT state FROM documents_officialpaper WHERE id = {row}.paper_id) = 'draft'"
# What is refused: table, statement, the row that is looked at, and when.
GUARDS = (
    (PAPER, "UPDATE", "OLD.state = 'issued'", "an issued paper is never changed"),
    (PAPER, "DELETE", "OLD.number <> ''", "a numbered paper is never removed"),
    (BODY, "UPDATE", "1 = 1", "what was counted for a paper is never changed"),
    (BODY, "DELETE", f"NOT ({IS_DRAFT.format(row='OLD')})", "what is under review is not removed"),
    (CASES, "UPDATE", "1 = 1", "the cases of a paper are never changed"),
    (CASES, "DELETE", f"NOT ({IS_DRAFT.format(row='OLD')})", "the cases of a paper stay"),
    (CASES, "INSERT", f"NOT ({IS_DRAFT.format(row='NEW')})", "the cases of a paper stay"),
    (PAST, "UPDATE", "1 = 1", "events of a paper are never changed"),
    (PAST, "DELETE", "1 = 1", "events of a paper are never removed"),
)


def protect(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, statement, when, refusal in GUARDS:
        name = f"{table}_no_{statement.lower()}"
        if is_sqlite:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {statement} ON {table} WHEN {when}"
                f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
            continue
        row = "OLD" if statement == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {when} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation';"
            f" END IF; RETURN {row}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {statement} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def unprotect(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, statement, _, _ in GUARDS:
        name = f"{table}_no_{statement.lower()}"
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if is_sqlite else f" ON {table}"))
        if not is_sqlite:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_papers")]
    operations = [migrations.RunPython(protect, unprotect)]
