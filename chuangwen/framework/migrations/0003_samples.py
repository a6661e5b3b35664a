"""Marks of sample activity. SQLite rebuilds a table to add such a column, and so would lose the
triggers of migration 0002; a plain ADD COLUMN with a constant default keeps them."""

from django.db import migrations, models

import chuangwen.kit.samples

MODELS = ("indicatorreporter", "indicatorvalue", "referencevalue")


def add_columns(apps, schema_editor):
    false = "false" if schema_editor.connection.vendor == "postgresql" else "0"
    for model in MODELS:
        table = schema_editor.quote_name(f"framework_{model}")
        schema_editor.execute(
            f"ALTER TABLE {table} ADD COLUMN is_sample bool DEFAULT {false} NOT NULL"
        )


def drop_columns(apps, schema_editor):
    for model in MODELS:
        table = schema_editor.quote_name(f"framework_{model}")
        schema_editor.execute(f"ALTER TABLE {table} DROP COLUMN is_sample")


class Migration(migrations.Migration):
    dependencies = [("framework", "0002_guards")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(add_columns, drop_columns)],
            state_operations=[
                migrations.AddField(
                    model_name=model,
                    name="is_sample",
                    field=models.BooleanField(
                        db_default=False,
                        default=chuangwen.kit.samples.is_sampling,
                        verbose_name="演示数据",
                    ),
                )
                for model in MODELS
            ],
        )
    ]
