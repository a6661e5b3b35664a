"""All of this room's tables in one step, for a new installation; an older one goes on step by step."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import chuangwen.kit.ids
from chuangwen.kit.migrating import CreateTogether

GUARDS = import_module("chuangwen.audit.migrations.0002_append_only")


class Migration(migrations.Migration):
    replaces = [("audit", "0001_initial"), ("audit", "0002_append_only")]

    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="AuditHead",
                    fields=[
                        (
                            "tenant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="tenancy.tenant",
                            ),
                        ),
                        ("sequence", models.PositiveBigIntegerField(default=0)),
                        ("hash", models.CharField(max_length=64)),
                        ("seal", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "审计链末端",
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
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
                        ("sequence", models.PositiveBigIntegerField(verbose_name="序号")),
                        ("occurred_at", models.DateTimeField(verbose_name="时间")),
                        ("account_id", models.UUIDField(null=True, verbose_name="操作账号")),
                        ("verb", models.CharField(max_length=80, verbose_name="动作")),
                        ("object_type", models.CharField(max_length=60, verbose_name="对象类型")),
                        ("object_id", models.UUIDField(null=True, verbose_name="对象编号")),
                        (
                            "label",
                            models.CharField(blank=True, max_length=200, verbose_name="对象名称"),
                        ),
                        ("changes", models.JSONField(default=dict, verbose_name="变更")),
                        (
                            "previous_hash",
                            models.CharField(max_length=64, verbose_name="前一条的哈希"),
                        ),
                        ("hash", models.CharField(max_length=64, verbose_name="哈希")),
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
                        "verbose_name": "审计事件",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "object_id", "sequence"],
                                name="audit_event_object",
                            ),
                            models.Index(
                                fields=["tenant", "account_id", "sequence"],
                                name="audit_event_account",
                            ),
                            models.Index(
                                fields=["tenant", "verb", "sequence"], name="audit_event_verb"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "sequence"), name="audit_event_sequence"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(GUARDS.protect, GUARDS.unprotect),
    ]
