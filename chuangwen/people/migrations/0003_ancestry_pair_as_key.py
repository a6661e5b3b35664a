"""The pair becomes the key of the ancestry table; it is filled again from the units' parents."""

import django.db.models.deletion
from django.db import migrations, models


def fill_from_parents(apps, schema_editor):
    unit_model = apps.get_model("people", "Unit")
    ancestry_model = apps.get_model("people", "UnitAncestry")
    units = {unit.pk: unit for unit in unit_model.objects.only("parent_id", "tenant_id")}
    pairs = []
    for unit in units.values():
        above, depth = unit, 0
        while above is not None:
            pairs.append(
                ancestry_model(
                    tenant_id=unit.tenant_id,
                    ancestor_id=above.pk,
                    descendant_id=unit.pk,
                    depth=depth,
                )
            )
            above, depth = units.get(above.parent_id), depth + 1
    ancestry_model.objects.bulk_create(pairs, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_names_and_groups")]

    operations = [
        migrations.DeleteModel(name="UnitAncestry"),
        migrations.CreateModel(
            name="UnitAncestry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "ancestor",
                        "descendant",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField(verbose_name="层差")),
                (
                    "ancestor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
                (
                    "descendant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.unit",
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
                "verbose_name": "单位层级",
                "indexes": [
                    models.Index(fields=["descendant", "ancestor"], name="people_ancestry_up")
                ],
            },
        ),
        migrations.RunPython(fill_from_parents, migrations.RunPython.noop),
    ]
