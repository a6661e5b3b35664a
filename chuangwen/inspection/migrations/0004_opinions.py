"""Two visits of one site compared; guarded like everything of a closed round."""

import django.db.models.deletion
from django.db import migrations, models

import chuangwen.kit.ids

TABLE, CLOSED = "inspection_opinion", "a closed round is immutable"
ROWS = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}


def conditions():
    for event, row in ROWS.items():
        yield (  # only constants of this file enter the statement
            event,
            f"EXISTS (SELECT 1 FROM inspection_round WHERE state = 'closed' AND id = {row}.round_id)",  # noqa: S608
        )


def protect(apps, schema_editor):
    for event, condition in conditions():
        name = f"{TABLE}_no_{event.lower()}"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END"
            )
            continue
        result = "OLD" if event == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition}"
            f" THEN RAISE EXCEPTION '{CLOSED}' USING ERRCODE = 'check_violation'; END IF;"
            f" RETURN {result}; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def unprotect(apps, schema_editor):
    for event in ROWS:
        name = f"{TABLE}_no_{event.lower()}"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {TABLE}")
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0003_guards"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chuangwen.kit.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("both_passed", models.PositiveIntegerField(verbose_name="两次都达标")),
                ("first_failed", models.PositiveIntegerField(verbose_name="只有第一次未达标")),
                ("second_failed", models.PositiveIntegerField(verbose_name="只有第二次未达标")),
                ("both_failed", models.PositiveIntegerField(verbose_name="两次都未达标")),
                ("same_result", models.BooleanField(verbose_name="点位结论一致")),
                (
                    "first",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspection.visit",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="inspection.round",
                    ),
                ),
                (
                    "second",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspection.visit",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                        verbose_name="城市或区县",
                    ),
                ),
            ],
            options={
                "verbose_name": "两次测评比对",
                "indexes": [
                    models.Index(fields=["round", "first"], name="inspection_opinion_round")
                ],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
