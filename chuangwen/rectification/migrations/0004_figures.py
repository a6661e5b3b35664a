"""What the figures ask for: indexes by day, and from how many cases on units are ranked."""

import django.db.models.deletion
from django.db import migrations, models

import chuangwen.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("rectification", "0003_proposals"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RankingRule",
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
                (
                    "fewest",
                    models.PositiveSmallIntegerField(default=5, verbose_name="排名所需的应结案数"),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
            ],
            options={
                "verbose_name": "排名规则",
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["tenant", "found_on"], name="rectification_by_finding"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False)),
                fields=["tenant", "due_on"],
                name="rectification_by_due",
            ),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(
                condition=models.Q(("step", "file")),
                fields=["tenant", "day", "case"],
                name="rectification_filed_on",
            ),
        ),
        migrations.AddField(
            model_name="rankingrule",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
                verbose_name="城市或区县",
            ),
        ),
        migrations.AddConstraint(
            model_name="rankingrule",
            constraint=models.UniqueConstraint(
                fields=("tenant",), name="rectification_ranking_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rankingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("fewest__gte", 1)),
                name="rectification_ranking_fewest",
                violation_error_message="排名所需的应结案数至少为 1。",
            ),
        ),
    ]
