"""Triggers on both databases: nothing of a closed round is ever changed, added or removed."""

from django.db import migrations

CLOSED = "a closed round is immutable"
ROUNDS = "inspection_round"

# Table -> expression for the round that row {row} belongs to.
OF_VISIT = "(SELECT round_id FROM inspection_visit WHERE id = {row}.visit_id)"
PARTS = {
    "inspection_pair": "{row}.round_id",
    "inspection_pairmember": "{row}.round_id",
    "inspection_roundsite": "{row}.round_id",
    "inspection_visit": "{row}.round_id",
    "inspection_finding": "{row}.round_id",
    "inspection_resulttally": "{row}.round_id",
    "inspection_visitphoto": OF_VISIT,
}
# Of these rows only some columns are frozen: a finding goes on its way to the one who mends it, and
# the worker looks for like photos when it comes to it.
FROZEN = {
    "inspection_finding": [
        "tenant_id", "visit_id", "round_id", "line_id", "site_id", "area_id", "number",
        "category", "text", "place", "clause", "found_on",
    ],
    "inspection_visitphoto": [
        "tenant_id", "visit_id", "line_id", "file_id", "position", "taken_at",
        "longitude", "latitude",
    ],
}  # fmt: skip
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
ANSWERS = "inspection_answer"


def is_closed(expression):
    return (  # only constants of this file enter the statement
        f"EXISTS (SELECT 1 FROM {ROUNDS} WHERE state = 'closed' AND id = {expression})"  # noqa: S608
    )


def guards(distinct):
    """Yield (trigger name, table, event, condition)."""
    for table, of in PARTS.items():
        for event, rows in ROWS.items():
            condition = " OR ".join(is_closed(of.format(row=row)) for row in rows)
            if event == "UPDATE" and table in FROZEN:
                changed = " OR ".join(
                    f"NEW.{column} {distinct} OLD.{column}" for column in FROZEN[table]
                )
                condition = f"({changed}) AND ({condition})"
            yield f"{table}_no_{event.lower()}", table, event, condition
    for event in ("UPDATE", "DELETE"):
        yield f"{ROUNDS}_no_{event.lower()}", ROUNDS, event, "OLD.state = 'closed'"


def answer_guards():
    """Yield (trigger name, event, rows) of the answers: forty for each visit, so PostgreSQL looks
    once for each statement and not for each row."""
    for event, rows in ROWS.items():
        yield f"{ANSWERS}_no_{event.lower()}", event, rows


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        _protect_sqlite(schema_editor)
    else:
        _protect_postgresql(schema_editor)


def _protect_sqlite(schema_editor):
    found = list(guards("IS NOT"))
    for name, event, rows in answer_guards():
        condition = " OR ".join(is_closed(OF_VISIT.format(row=row)) for row in rows)
        found.append((name, ANSWERS, event, condition))
    for name, table, event, condition in found:
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}"
            f" BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
        )


def _protect_postgresql(schema_editor):
    refuse = f"RAISE EXCEPTION '{CLOSED}' USING ERRCODE = 'check_violation'"
    for name, table, event, condition in guards("IS DISTINCT FROM"):
        result = "OLD" if event == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {condition} THEN {refuse}; END IF; RETURN {result}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    for name, event, rows in answer_guards():
        tables = " ".join(f"{row} TABLE AS {row.lower()}_answers" for row in rows)
        some = " OR ".join(
            f"EXISTS (SELECT 1 FROM {row.lower()}_answers a"  # noqa: S608 - own names
            f" JOIN inspection_visit v ON v.id = a.visit_id JOIN {ROUNDS} r ON r.id = v.round_id"
            f" WHERE r.state = 'closed')"
            for row in rows
        )
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {some} THEN {refuse}; END IF; RETURN NULL; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON {ANSWERS} REFERENCING {tables}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def unprotect(apps, schema_editor):
    named = [(name, table) for name, table, *_ in guards("IS NOT")]
    named += [(name, ANSWERS) for name, *_ in answer_guards()]
    for name, table in named:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("inspection", "0002_held_photos")]
    operations = [migrations.RunPython(protect, unprotect)]
