"""All of this room's tables in one step, for a new installation; an older one goes on step by step."""

import datetime

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import chuangwen.kit.ids
import chuangwen.kit.samples
from chuangwen.kit.migrating import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("plan", "0001_initial"),
        ("plan", "0002_tallies"),
        ("plan", "0003_differences_indicators_readings"),
        ("plan", "0004_samples_and_readings"),
        ("plan", "0005_original_file"),
        ("plan", "0006_measure_deadlines"),
        ("plan", "0007_order_of_deadlines"),
        ("plan", "0008_task_title_index"),
        ("plan", "0009_background_reading"),
        ("plan", "0010_tallies"),
        ("plan", "0011_count_what_is_there"),
    ]

    initial = True

    dependencies = [
        ("files", "0001_squashed_0002_immutable"),
        ("framework", "0001_squashed_0003_samples"),
        ("people", "0001_squashed_0004_access"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Campaign",
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
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        ("starts_on", models.DateField(verbose_name="开始")),
                        ("ends_on", models.DateField(verbose_name="结束")),
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
                        "verbose_name": "创建周期",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "name"), name="plan_campaign_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SourceDocument",
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
                        ("sha256", models.CharField(max_length=64, verbose_name="文件的 SHA-256")),
                        ("format", models.CharField(max_length=10, verbose_name="格式")),
                        ("text", models.TextField(verbose_name="文字")),
                        (
                            "added_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="导入时间"),
                        ),
                        (
                            "original",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="原文件",
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
                        "verbose_name": "原文",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "sha256"), name="plan_source_sha256"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Action",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("retired_on", models.DateField(null=True, verbose_name="不再要求自")),
                        ("number", models.CharField(max_length=20, verbose_name="序号")),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        ("goal", models.CharField(blank=True, max_length=300, verbose_name="目标")),
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
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "提升行动",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "title"), name="plan_action_title"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalArea",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("retired_on", models.DateField(null=True, verbose_name="不再要求自")),
                        ("number", models.CharField(max_length=20, verbose_name="序号")),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        ("goal", models.TextField(blank=True, verbose_name="目标")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
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
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "目标领域",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "title"), name="plan_area_title"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlanImport",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("review", "待核对"),
                                    ("confirmed", "已确认"),
                                    ("discarded", "已放弃"),
                                ],
                                default="review",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "schema_version",
                            models.CharField(max_length=10, verbose_name="解析格式版本"),
                        ),
                        ("account_id", models.UUIDField(null=True, verbose_name="导入账号")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="导入时间"),
                        ),
                        ("compared_at", models.DateTimeField(null=True, verbose_name="比对时间")),
                        ("confirmed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="plan.campaign",
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
                        (
                            "amends",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                                verbose_name="修订的原文",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="plan.sourcedocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "计划导入",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "-created_at"], name="plan_import_newest"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportItem",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("document", "文件"),
                                    ("unit", "单位"),
                                    ("area", "目标领域"),
                                    ("action", "提升行动"),
                                    ("key_work", "重点工作"),
                                    ("phase", "年度和阶段"),
                                    ("target", "目标值"),
                                    ("task", "任务"),
                                    ("duty", "责任单位"),
                                    ("indicator", "指标"),
                                    ("mechanism", "工作机制"),
                                    ("anomaly", "疑点"),
                                ],
                                max_length=20,
                                verbose_name="种类",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        ("start", models.PositiveIntegerField(null=True, verbose_name="起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="止")),
                        ("data", models.JSONField(default=dict, verbose_name="内容")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待核对"),
                                    ("accepted", "已接受"),
                                    ("dropped", "已舍弃"),
                                ],
                                default="proposed",
                                max_length=20,
                                verbose_name="核对",
                            ),
                        ),
                        ("is_edited", models.BooleanField(default=False, verbose_name="人工改过")),
                        ("is_added", models.BooleanField(default=False, verbose_name="人工添加")),
                        (
                            "change",
                            models.CharField(
                                choices=[
                                    ("new", "新增"),
                                    ("same", "未变"),
                                    ("changed", "改动"),
                                    ("gone", "缺少"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="与已有内容相比",
                            ),
                        ),
                        ("existing_id", models.UUIDField(null=True, verbose_name="已有的对象")),
                        ("differences", models.JSONField(default=dict, verbose_name="改动")),
                        (
                            "fingerprint",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="读出内容的指纹"
                            ),
                        ),
                        ("parsed", models.JSONField(null=True, verbose_name="读出的内容")),
                        ("applied_id", models.UUIDField(null=True, verbose_name="生成的对象")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="plan.importitem",
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
                        (
                            "plan_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="plan.planimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "提取项",
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(
                                fields=["plan_import", "kind"], name="plan_import_item_kind"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan_import", "position"), name="plan_import_item_position"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentReading",
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
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "排队等待"),
                                    ("reading", "正在读出文字"),
                                    ("parsing", "正在分析内容"),
                                    ("done", "读入完成"),
                                    ("failed", "读入失败"),
                                    ("cancelled", "已取消"),
                                ],
                                default="waiting",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="已读")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="共")),
                        ("problem", models.TextField(blank=True, verbose_name="失败原因")),
                        ("account_id", models.UUIDField(null=True, verbose_name="导入账号")),
                        (
                            "asked_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="提交时间"),
                        ),
                        ("taken_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                        ("beat_at", models.DateTimeField(null=True, verbose_name="最近进展时间")),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="次数"),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
                            ),
                        ),
                        (
                            "original",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                                verbose_name="原文件",
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
                        (
                            "plan_import",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="plan.planimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文件读入",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "state", "asked_at"], name="plan_reading_open"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewStep",
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
                        ("number", models.PositiveIntegerField(verbose_name="序号")),
                        ("label", models.CharField(max_length=200, verbose_name="操作")),
                        ("before", models.JSONField(default=dict, verbose_name="之前的内容")),
                        ("taken_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                        (
                            "plan_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="plan.planimport",
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
                        "verbose_name": "核对步骤",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("plan_import", "number"), name="plan_step_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Phase",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("retired_on", models.DateField(null=True, verbose_name="不再要求自")),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("year", "年度"), ("stage", "阶段")],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "theme",
                            models.CharField(blank=True, max_length=200, verbose_name="主题"),
                        ),
                        ("starts_on", models.DateField(null=True, verbose_name="开始")),
                        ("ends_on", models.DateField(null=True, verbose_name="结束")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
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
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年度和阶段",
                        "ordering": ["starts_on", "-ends_on", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "name"), name="plan_phase_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mechanism",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("retired_on", models.DateField(null=True, verbose_name="不再要求自")),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        (
                            "frequency",
                            models.CharField(blank=True, max_length=50, verbose_name="频次"),
                        ),
                        (
                            "actors",
                            models.CharField(blank=True, max_length=300, verbose_name="由谁"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="原文")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
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
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作机制",
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(
                                fields=["campaign", "name"], name="plan_mechanism_campaign"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeyWork",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("retired_on", models.DateField(null=True, verbose_name="不再要求自")),
                        ("number", models.CharField(max_length=20, verbose_name="序号")),
                        ("title", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
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
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "重点工作",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "title"), name="plan_key_work_title"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorDemand",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("retired_on", models.DateField(null=True, verbose_name="不再要求自")),
                        (
                            "operator",
                            models.CharField(blank=True, max_length=2, verbose_name="比较"),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=4, max_digits=18, null=True, verbose_name="目标值"
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(blank=True, max_length=20, verbose_name="计量单位"),
                        ),
                        (
                            "clause",
                            models.CharField(blank=True, max_length=300, verbose_name="条款"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="原文")),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicator_demands",
                                to="plan.action",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicator_demands",
                                to="plan.goalarea",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.indicator",
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
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "指标要求",
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(
                                fields=["indicator", "position"], name="plan_demand_indicator"
                            ),
                            models.Index(
                                fields=["campaign", "position"], name="plan_demand_campaign"
                            ),
                        ],
                    },
                ),
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
                                default=datetime.date(9999, 12, 1),
                                verbose_name="日期或月份的第一天",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "holder_id", "kind", "day"),
                                name="plan_tally_bucket",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("retired_on", models.DateField(null=True, verbose_name="不再要求自")),
                        ("name", models.CharField(max_length=200, verbose_name="名称")),
                        (
                            "operator",
                            models.CharField(blank=True, max_length=2, verbose_name="比较"),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=4, max_digits=18, null=True, verbose_name="目标值"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=20, verbose_name="单位")),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="年度")),
                        ("text", models.TextField(verbose_name="原文")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
                            ),
                        ),
                        (
                            "phase",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="plan.phase",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
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
                        "verbose_name": "目标值",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        (
                            "number",
                            models.CharField(blank=True, max_length=20, verbose_name="序号"),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="任务")),
                        ("text", models.TextField(blank=True, verbose_name="内容")),
                        ("due_on", models.DateField(null=True, verbose_name="完成时限")),
                        (
                            "due_order",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    "due_on", models.Value(datetime.date(9999, 12, 1))
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待下达"),
                                    ("dispatched", "已下达"),
                                    ("completed", "已完成"),
                                    ("cancelled", "已作废"),
                                ],
                                default="proposed",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "is_ready",
                            models.BooleanField(default=False, verbose_name="可确认整体完成"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="plan.action",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="plan.goalarea",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
                            ),
                        ),
                        (
                            "key_work",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="plan.keywork",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
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
                        "verbose_name": "任务",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "state", "due_order", "id"],
                                name="plan_task_state_due",
                            ),
                            models.Index(
                                fields=["tenant", "action", "position", "id"],
                                name="plan_task_action",
                            ),
                            models.Index(fields=["tenant", "title", "id"], name="plan_task_title"),
                            models.Index(
                                fields=["tenant", "area", "position", "id"], name="plan_task_area"
                            ),
                            models.Index(
                                fields=["tenant", "key_work", "position", "id"],
                                name="plan_task_work",
                            ),
                            models.Index(
                                fields=["tenant", "position", "id"], name="plan_task_position"
                            ),
                            models.Index(
                                fields=["tenant", "due_order", "id"], name="plan_task_due"
                            ),
                            models.Index(
                                fields=["tenant", "is_ready", "position", "id"],
                                name="plan_task_ready",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyQuestion",
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
                        ("text", models.TextField(verbose_name="疑问")),
                        ("answer", models.TextField(blank=True, verbose_name="答复")),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "待答复"), ("answered", "已明确")],
                                default="asked",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="提出时间"),
                        ),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
                            ),
                        ),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="plan.action",
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
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="plan.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "责任疑问",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "state", "asked_at"], name="plan_question_open"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
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
                        ("start", models.PositiveIntegerField(null=True, verbose_name="原文起")),
                        ("end", models.PositiveIntegerField(null=True, verbose_name="原文止")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("lead", "牵头单位"),
                                    ("responsible", "责任单位"),
                                    ("supporting", "配合单位"),
                                    ("site_owner", "点位长"),
                                    ("sponsor", "包保单位"),
                                ],
                                max_length=20,
                                verbose_name="责任",
                            ),
                        ),
                        ("written_name", models.CharField(max_length=100, verbose_name="文中写法")),
                        (
                            "is_collective",
                            models.BooleanField(default=False, verbose_name="集体称谓"),
                        ),
                        ("expanded_on", models.DateField(null=True, verbose_name="展开日期")),
                        ("valid_from", models.DateField(null=True, verbose_name="起")),
                        ("valid_until", models.DateField(null=True, verbose_name="止")),
                        (
                            "action",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="duties",
                                to="plan.action",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.campaign",
                            ),
                        ),
                        (
                            "expanded_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="expansions",
                                to="plan.duty",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.indicator",
                                verbose_name="指标",
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
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="plan.sourcedocument",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="duties",
                                to="plan.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "责任",
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(fields=["tenant", "unit", "kind"], name="plan_duty_unit")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("action__isnull", False),
                                        ("indicator__isnull", True),
                                        ("task__isnull", True),
                                    ),
                                    models.Q(
                                        ("action__isnull", True),
                                        ("indicator__isnull", True),
                                        ("task__isnull", False),
                                    ),
                                    models.Q(
                                        ("action__isnull", True),
                                        ("indicator__isnull", False),
                                        ("task__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="plan_duty_one_subject",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("action__isnull", False),
                                    ("unit__isnull", False),
                                    ("valid_until__isnull", True),
                                ),
                                fields=("action", "unit", "kind"),
                                name="plan_duty_action_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("task__isnull", False),
                                    ("unit__isnull", False),
                                    ("valid_until__isnull", True),
                                ),
                                fields=("task", "unit", "kind"),
                                name="plan_duty_task_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("indicator__isnull", False),
                                    ("unit__isnull", False),
                                    ("valid_until__isnull", True),
                                ),
                                fields=("indicator", "unit", "kind"),
                                name="plan_duty_indicator_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskPart",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("lead", "牵头单位"),
                                    ("responsible", "责任单位"),
                                    ("supporting", "配合单位"),
                                    ("site_owner", "点位长"),
                                    ("sponsor", "包保单位"),
                                ],
                                max_length=20,
                                verbose_name="责任",
                            ),
                        ),
                        ("due_on", models.DateField(null=True, verbose_name="完成时限")),
                        (
                            "due_order",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    "due_on", models.Value(datetime.date(9999, 12, 1))
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                        (
                            "open_due",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(
                                        state__in=(
                                            "assigned",
                                            "submitted",
                                            "returned",
                                            "confirmed",
                                        ),
                                        then=django.db.models.functions.comparison.Coalesce(
                                            "due_on", models.Value(datetime.date(9999, 12, 1))
                                        ),
                                    ),
                                    default=models.Value(datetime.date(9999, 12, 31)),
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                        (
                            "queue_place",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(state="submitted", then=models.Value(1)),
                                    models.When(state="done", then=models.Value(2)),
                                    default=models.Value(9),
                                ),
                                output_field=models.PositiveSmallIntegerField(),
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("assigned", "待填措施"),
                                    ("submitted", "待审核"),
                                    ("returned", "已退回"),
                                    ("confirmed", "实施中"),
                                    ("done", "本部分完成"),
                                    ("closed", "已办结"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="assigned",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("return_reason", models.TextField(blank=True, verbose_name="退回原因")),
                        (
                            "dispatched_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="下达时间"),
                        ),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="plan.task",
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
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位任务",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "unit", "state", "due_order", "id"],
                                name="plan_part_unit_state",
                            ),
                            models.Index(
                                fields=["tenant", "state", "due_order", "id"],
                                name="plan_part_state_due",
                            ),
                            models.Index(
                                fields=["tenant", "due_order", "id"], name="plan_part_due"
                            ),
                            models.Index(
                                fields=["tenant", "unit", "due_order", "id"],
                                name="plan_part_unit_due",
                            ),
                            models.Index(
                                fields=["tenant", "open_due", "id"], name="plan_part_open_due"
                            ),
                            models.Index(
                                fields=["tenant", "unit", "open_due", "id"],
                                name="plan_part_unit_open",
                            ),
                            models.Index(
                                fields=["tenant", "queue_place", "task", "id"],
                                name="plan_part_queue",
                            ),
                            models.Index(fields=["tenant", "task", "id"], name="plan_part_task"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("task", "unit"), name="plan_part_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressEntry",
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
                        ("day", models.DateField(verbose_name="日期")),
                        ("text", models.TextField(verbose_name="进展")),
                        ("account_id", models.UUIDField(null=True, verbose_name="填报账号")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="记录时间"),
                        ),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
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
                        (
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="progress",
                                to="plan.taskpart",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "进展",
                        "ordering": ["-day", "-recorded_at"],
                        "indexes": [
                            models.Index(fields=["part", "-day"], name="plan_progress_part")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        ("text", models.TextField(verbose_name="措施")),
                        ("due_on", models.DateField(verbose_name="完成时限")),
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
                            "part",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="measures",
                                to="plan.taskpart",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "措施",
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(fields=["tenant", "due_on", "id"], name="plan_measure_due")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("part", "position"), name="plan_measure_position"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
