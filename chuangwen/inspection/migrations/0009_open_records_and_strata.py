"""Open records are found by the round that they name; lists of findings have indexes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspection", "0008_findings_in_cases")]

    operations = [
        migrations.AlterField(
            model_name="resulttally",
            name="dimension",
            field=models.CharField(
                choices=[
                    ("round", "全部"),
                    ("site_type", "点位类型"),
                    ("unit", "主管单位"),
                    ("area", "所属街道或社区"),
                    ("line", "测评项"),
                    ("inspector", "测评员"),
                    ("stratum", "层"),
                ],
                max_length=20,
                verbose_name="维度",
            ),
        ),
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
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                fields=["tenant", "proposed_due_on", "id"], name="inspection_finding_due"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["tenant", "category", "id"], name="inspection_finding_kind"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["round", "id"], name="inspection_finding_round"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                fields=["round", "proposed_due_on", "id"], name="inspection_finding_round_due"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                fields=["round", "category", "id"], name="inspection_finding_round_kin"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["area", "id"], name="inspection_finding_area"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["line", "id"], name="inspection_finding_last"),
        ),
        migrations.AddIndex(
            model_name="roundsite",
            index=models.Index(fields=["round", "turn", "id"], name="inspection_site_listed"),
        ),
    ]
