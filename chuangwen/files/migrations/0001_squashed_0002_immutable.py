"""All of this room's tables in one step, for a new installation; an older one goes on step by step."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import chuangwen.kit.ids
from chuangwen.kit.migrating import CreateTogether

GUARDS = import_module("chuangwen.files.migrations.0002_immutable")


class Migration(migrations.Migration):
    replaces = [("files", "0001_initial"), ("files", "0002_immutable")]

    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="StoredFile",
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
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                        ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                        (
                            "stored_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="存入时间"),
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
                        "verbose_name": "文件",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "sha256"), name="files_stored_sha256"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)), name="files_stored_not_empty"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Derivative",
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
                            "purpose",
                            models.CharField(
                                choices=[("display", "浏览图"), ("thumbnail", "缩略图")],
                                max_length=20,
                                verbose_name="用途",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "排队等待"),
                                    ("ready", "已生成"),
                                    ("failed", "无法生成"),
                                ],
                                default="waiting",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "problem",
                            models.CharField(blank=True, max_length=200, verbose_name="原因"),
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
                        (
                            "result",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="made_for",
                                to="files.storedfile",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="derivatives",
                                to="files.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "派生图",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("source", "purpose"), name="files_derivative_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result__isnull", False), ("state", "ready")),
                                    models.Q(
                                        models.Q(("state", "ready"), _negated=True),
                                        ("result__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="files_derivative_result",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                        ("owner_kind", models.CharField(max_length=40, verbose_name="所属种类")),
                        ("owner_id", models.UUIDField(verbose_name="所属对象")),
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("added_by", models.UUIDField(null=True, verbose_name="添加账号")),
                        (
                            "added_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="添加时间"),
                        ),
                        ("removed_by", models.UUIDField(null=True, verbose_name="移除账号")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="移除时间")),
                        ("removal_reason", models.TextField(blank=True, verbose_name="移除原因")),
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
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="files.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "附件",
                        "ordering": ["owner_id", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "owner_kind", "owner_id", "position"),
                                name="files_attachment_position",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removal_reason", ""), ("removed_at__isnull", True)),
                                    models.Q(
                                        ("removed_at__isnull", False),
                                        models.Q(("removal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="files_attachment_reason",
                                violation_error_message="移除附件须写明原因。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
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
                        ("name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("account_id", models.UUIDField(null=True, verbose_name="上传账号")),
                        (
                            "uploaded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="上传时间"),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uploads",
                                to="files.storedfile",
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
                        "verbose_name": "待用的上传",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "account_id"], name="files_upload_account"
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(GUARDS.protect, GUARDS.unprotect),
    ]
