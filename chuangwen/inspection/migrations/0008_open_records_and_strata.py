"""Open records are found by the round that they name; lists of findings have indexes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspection", "0007_undecided_visits")]

    operations = [
        migrations.AddField(
            model_name="fieldrecord",
            name="round_named",
            field=models.UUIDField(null=True, verbose_name="写明的轮次"),
        ),
        migrations.AddIndex(
            model_name="fieldrecord",
            index=models.Index(
                fields=["tenant", "round_named", "state"],
                condition=models.Q(state__in=("waiting", "quarantined")),
                name="inspection_record_open",
            ),
        ),
    ]
