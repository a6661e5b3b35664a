"""Counts of tasks and of days beside those of parts, and what the lists of open parts stand on."""

import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import chuangwen.kit.ids


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_access"),
        ("plan", "0009_background_reading"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
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
                ("holder_id", models.UUIDField(verbose_name="单位，或区县本身")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "待填措施"),
                            ("submitted", "待审核"),
                            ("returned", "已退回"),
                            ("confirmed", "实施中"),
                            ("done", "本部分完成"),
                            ("closed", "已办结"),
                            ("withdrawn", "已撤回"),
                            ("open_month", "未办结，按时限所在月"),
                            ("open_day", "未办结，按时限"),
                            ("undispatched", "待下达任务"),
                            ("ready", "可确认整体完成的任务"),
                        ],
                        max_length=20,
                        verbose_name="所计",
                    ),
                ),
                (
                    "day",
                    models.DateField(
                        default=datetime.date(9999, 12, 1), verbose_name="日期或月份的第一天"
                    ),
                ),
                ("number", models.IntegerField(default=0, verbose_name="数量")),
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
                "verbose_name": "任务计数",
                "indexes": [
                    models.Index(
                        fields=["tenant", "kind", "day", "holder_id", "number"],
                        name="plan_tally_kind",
                    )
                ],
            },
        ),
        migrations.DeleteModel(name="PartTally"),
        # Only now is the name of the constraint free.
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("tenant", "holder_id", "kind", "day"), name="plan_tally_bucket"
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="is_ready",
            field=models.BooleanField(default=False, verbose_name="可确认整体完成"),
        ),
        migrations.AddField(
            model_name="taskpart",
            name="open_due",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        state__in=("assigned", "submitted", "returned", "confirmed"),
                        then=django.db.models.functions.comparison.Coalesce(
                            "due_on", models.Value(datetime.date(9999, 12, 1))
                        ),
                    ),
                    default=models.Value(datetime.date(9999, 12, 31)),
                ),
                output_field=models.DateField(),
            ),
        ),
        migrations.AddField(
            model_name="taskpart",
            name="queue_place",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(state="submitted", then=models.Value(1)),
                    models.When(state="done", then=models.Value(2)),
                    default=models.Value(9),
                ),
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["tenant", "is_ready", "position", "id"], name="plan_task_ready"
            ),
        ),
        migrations.AddIndex(
            model_name="taskpart",
            index=models.Index(fields=["tenant", "open_due", "id"], name="plan_part_open_due"),
        ),
        migrations.AddIndex(
            model_name="taskpart",
            index=models.Index(
                fields=["tenant", "unit", "open_due", "id"], name="plan_part_unit_open"
            ),
        ),
        migrations.AddIndex(
            model_name="taskpart",
            index=models.Index(
                fields=["tenant", "queue_place", "task", "id"], name="plan_part_queue"
            ),
        ),
        migrations.AddIndex(
            model_name="taskpart",
            index=models.Index(fields=["tenant", "task", "id"], name="plan_part_task"),
        ),
    ]
