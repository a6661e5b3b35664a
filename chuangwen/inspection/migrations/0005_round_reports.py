"""Reports of rounds that were set as PDF."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chuangwen.kit.ids
import chuangwen.kit.samples


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_immutable"),
        ("inspection", "0004_opinions"),
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundReport",
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
                ("facts_digest", models.CharField(max_length=64, verbose_name="内容校验值")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队等待"),
                            ("making", "正在生成"),
                            ("ready", "已生成"),
                            ("failed", "没有生成"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("made_at", models.DateTimeField(null=True, verbose_name="生成时间")),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                ("missing", models.TextField(blank=True, verbose_name="字库中没有的字")),
                ("problem", models.TextField(blank=True, verbose_name="原因")),
                (
                    "is_sample",
                    models.BooleanField(
                        db_default=False,
                        default=chuangwen.kit.samples.is_sampling,
                        verbose_name="演示数据",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="inspection.round",
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
                "verbose_name": "测评报告",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "facts_digest"), name="inspection_report_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("file__isnull", False),
                                ("made_at__isnull", False),
                                ("state", "ready"),
                            ),
                            models.Q(
                                models.Q(("state", "ready"), _negated=True), ("file__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="inspection_report_file",
                    ),
                ],
            },
        ),
    ]
