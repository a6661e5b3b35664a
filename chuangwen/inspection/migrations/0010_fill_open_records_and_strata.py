"""What 0009 made room for, of records and rounds that are there already."""

import re
import uuid

from django.db import migrations
from django.db.models import Count, OuterRef, Q, Subquery

AT_ONCE = 500
ROUND = re.compile(r'"round"\s*:\s*"([0-9a-fA-F-]{36})"')
STRATA = uuid.UUID("6f1d6c1c-7a60-4a5e-9a43-6a0c7f9f2f51")  # as in inspection.tallies
TALLIES, GUARD = "inspection_resulttally", "inspection_resulttally_no_insert"


def name_rounds(apps, schema_editor):
    """A confirmed record is of its visit's round; an open one says so itself."""
    record = apps.get_model("inspection", "FieldRecord")
    visit = apps.get_model("inspection", "Visit").objects.filter(record=OuterRef("pk"))
    committed = record.objects.filter(state="committed")
    committed.update(round_named=Subquery(visit.values("round_id")[:1]))
    for one in record.objects.exclude(state="committed").only("content").iterator(AT_ONCE):
        found = ROUND.search(one.content)
        if found:
            one.round_named = _key(found[1])
            one.save(update_fields=["round_named"])


def _key(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def count_strata(apps, schema_editor):
    """Add counts; those of closed rounds too, whose other counts stay as they were closed."""
    counts = _counted(apps)
    if not counts:
        return
    before, after = _without_guard(schema_editor)
    for statement in before:
        schema_editor.execute(statement)
    apps.get_model("inspection", "ResultTally").objects.bulk_create(counts, batch_size=AT_ONCE)
    for statement in after:
        schema_editor.execute(statement)


def _counted(apps):
    site = apps.get_model("inspection", "RoundSite").objects.filter(turn=1)
    tally = apps.get_model("inspection", "ResultTally")
    started = site.exclude(round__state="draft").exclude(stratum="")
    judged = Q(visits__state="counted", visits__passed__isnull=False)
    rows = started.order_by().values("tenant_id", "round_id", "stratum").annotate(
        drawn=Count("pk", distinct=True),
        tested=Count("visits", filter=judged),
        passed=Count("visits", filter=judged & Q(visits__passed=True)),
    )  # fmt: skip
    return [
        tally(
            dimension="stratum", holder_id=uuid.uuid5(STRATA, row.pop("stratum")), **row
        )
        for row in rows
    ]  # fmt: skip


def _without_guard(schema_editor):
    """Return the statements that let closed rounds be added to, and forbid it again."""
    if schema_editor.connection.vendor == "postgresql":
        settled = "SET CONSTRAINTS ALL IMMEDIATE"  # or the table cannot be altered
        table = f"ALTER TABLE {TALLIES}"
        return (settled, f"{table} DISABLE TRIGGER {GUARD}"), (
            settled,
            f"{table} ENABLE TRIGGER {GUARD}",
        )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [GUARD])
        (statement,) = cursor.fetchone()
    return (f"DROP TRIGGER {GUARD}",), (statement,)


class Migration(migrations.Migration):
    dependencies = [("inspection", "0009_open_records_and_strata")]
    operations = [
        migrations.RunPython(name_rounds, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(count_strata, migrations.RunPython.noop, elidable=True),
    ]
