"""All of this room's tables in one step, for a new installation; an older one goes on step by step."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import chuangwen.kit.ids
import chuangwen.kit.samples
from chuangwen.kit.migrating import CreateTogether

GUARDS = import_module("chuangwen.framework.migrations.0002_guards")


class Migration(migrations.Migration):
    replaces = [
        ("framework", "0001_initial"),
        ("framework", "0002_guards"),
        ("framework", "0003_samples"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0004_access"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Indicator",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("numeric", "数值"),
                                    ("relative", "相对值"),
                                    ("qualitative", "定性"),
                                ],
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "operator",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (">=", "≥"),
                                    (">", ">"),
                                    ("<=", "≤"),
                                    ("<", "<"),
                                    ("=", "="),
                                ],
                                max_length=2,
                                verbose_name="比较",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="目标值",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(blank=True, max_length=20, verbose_name="计量单位"),
                        ),
                        (
                            "scope",
                            models.CharField(blank=True, max_length=200, verbose_name="范围"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="原文")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="来源"),
                        ),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
                        (
                            "alternative_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alternatives",
                                to="framework.indicator",
                                verbose_name="可替代的指标",
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
                        "verbose_name": "指标",
                        "ordering": ["position", "id"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "position", "id"],
                                name="framework_indicator_order",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "name"),
                                name="framework_indicator_name",
                                violation_error_message="已有同名指标。请使用现有指标，或在名称中写明区别。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "numeric"),
                                        ("value__isnull", False),
                                        models.Q(("operator", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("kind", "relative"),
                                        ("value__isnull", True),
                                        models.Q(("operator", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("kind", "qualitative"),
                                        ("operator", ""),
                                        ("value__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="framework_indicator_kind",
                                violation_error_message="数值指标须有比较符和目标值；相对指标只有比较符；定性指标两者都没有。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorValue",
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
                        ("period", models.CharField(max_length=10, verbose_name="期间")),
                        ("period_ends_on", models.DateField(verbose_name="期末")),
                        (
                            "number",
                            models.DecimalField(
                                decimal_places=4, max_digits=18, null=True, verbose_name="数值"
                            ),
                        ),
                        ("answer", models.BooleanField(null=True, verbose_name="是否做到")),
                        ("document", models.TextField(verbose_name="来源文件")),
                        (
                            "document_name",
                            models.CharField(blank=True, max_length=200, verbose_name="附件名称"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reported", "待审核"),
                                    ("accepted", "已接收"),
                                    ("returned", "已退回"),
                                ],
                                default="reported",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("return_reason", models.TextField(blank=True, verbose_name="退回原因")),
                        ("reported_by", models.UUIDField(null=True, verbose_name="填报账号")),
                        (
                            "reported_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="填报时间"),
                        ),
                        ("reviewed_by", models.UUIDField(null=True, verbose_name="审核账号")),
                        ("reviewed_at", models.DateTimeField(null=True, verbose_name="审核时间")),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="values",
                                to="framework.indicator",
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded",
                                to="framework.indicatorvalue",
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
                        "verbose_name": "指标值",
                        "ordering": ["-period_ends_on", "-reported_at"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "indicator", "unit", "-period_ends_on"],
                                name="framework_value_latest",
                            ),
                            models.Index(
                                fields=["tenant", "state", "id"], name="framework_value_queue"
                            ),
                            models.Index(
                                fields=["tenant", "unit", "state"], name="framework_value_unit"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_by__isnull", True)),
                                fields=("indicator", "unit", "period", "state"),
                                name="framework_value_open",
                                violation_error_message="该单位本期已填报。请用“更正”，原值会保留。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer__isnull", False), ("number__isnull", True)),
                                    models.Q(("answer__isnull", True), ("number__isnull", False)),
                                    _connector="OR",
                                ),
                                name="framework_value_one_form",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("return_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="framework_value_reason",
                                violation_error_message="退回须写明原因。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Framework",
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
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("official", "正式文本"),
                                    ("local", "本地细则"),
                                    ("reference", "参考模板（非官方）"),
                                ],
                                max_length=20,
                                verbose_name="性质",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="建立时间"),
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
                        "verbose_name": "测评体系",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "name"),
                                name="framework_name",
                                violation_error_message="已有同名测评体系。请改用其他名称，或在原体系中建立新版本。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FrameworkVersion",
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
                        ("number", models.PositiveIntegerField(verbose_name="版本号")),
                        ("label", models.CharField(max_length=60, verbose_name="版本名称")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "草稿"), ("published", "已发布")],
                                default="draft",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="来源"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="建立时间"),
                        ),
                        ("published_at", models.DateTimeField(null=True, verbose_name="发布时间")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.frameworkversion",
                                verbose_name="由来版本",
                            ),
                        ),
                        (
                            "framework",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="framework.framework",
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
                        "verbose_name": "测评体系版本",
                        "ordering": ["framework", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("framework", "number"), name="framework_version_no"
                            ),
                            models.UniqueConstraint(
                                fields=("framework", "label"),
                                name="framework_version_label",
                                violation_error_message="该体系已有同名版本。请换一个版本名称。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("state", "draft")),
                                    models.Q(
                                        ("published_at__isnull", False), ("state", "published")
                                    ),
                                    _connector="OR",
                                ),
                                name="framework_version_published",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Node",
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
                            "level",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "Ⅰ测评项目"), (2, "Ⅱ指标"), (3, "Ⅲ测评内容")],
                                verbose_name="层级",
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="编号")),
                        ("title", models.CharField(max_length=300, verbose_name="名称")),
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
                        (
                            "framework_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="nodes",
                                to="framework.frameworkversion",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="framework.node",
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
                        "verbose_name": "测评体系条目",
                        "ordering": ["level", "position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("framework_version", "code"),
                                name="framework_node_code",
                                violation_error_message="本版本已有相同编号的条目。请换一个编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("level", 1), ("parent__isnull", True)),
                                    models.Q(("level__in", [2, 3]), ("parent__isnull", False)),
                                    _connector="OR",
                                ),
                                name="framework_node_level",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferenceSeries",
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
                                    ("national_average", "全国同类平均"),
                                    ("provincial_average", "全省同类平均"),
                                    ("previous_year", "上年"),
                                    ("assigned", "上级下达指标"),
                                ],
                                max_length=30,
                                verbose_name="参照",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="references",
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
                    ],
                    options={
                        "verbose_name": "参照序列",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "kind"),
                                name="framework_series_kind",
                                violation_error_message="该指标已有这种参照。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferenceValue",
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
                        ("period", models.CharField(max_length=10, verbose_name="期间")),
                        (
                            "value",
                            models.DecimalField(
                                decimal_places=4, max_digits=18, verbose_name="数值"
                            ),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="来源")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
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
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="framework.referenceseries",
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded",
                                to="framework.referencevalue",
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
                        "verbose_name": "参照值",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("superseded_by__isnull", True)),
                                fields=("series", "period"),
                                name="framework_reference_period",
                                violation_error_message="该期间已有参照值。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Standard",
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
                        ("code", models.CharField(max_length=40, verbose_name="编号")),
                        ("text", models.TextField(verbose_name="标准")),
                        (
                            "weight",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=9,
                                null=True,
                                verbose_name="权重",
                            ),
                        ),
                        (
                            "window_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="材料时限（月）"
                            ),
                        ),
                        (
                            "owner_hints",
                            models.JSONField(blank=True, default=list, verbose_name="责任单位提示"),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=300, verbose_name="来源"),
                        ),
                        ("position", models.PositiveIntegerField(verbose_name="次序")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
                        (
                            "framework_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standards",
                                to="framework.frameworkversion",
                            ),
                        ),
                        (
                            "node",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standards",
                                to="framework.node",
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
                        "verbose_name": "测评标准",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("framework_version", "code"),
                                name="framework_standard_code",
                                violation_error_message="本版本已有相同编号的标准。请换一个编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weight__isnull", True), ("weight__gte", 0), _connector="OR"
                                ),
                                name="framework_standard_weight",
                                violation_error_message="权重不能为负数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("window_months__isnull", True),
                                    ("window_months__gte", 1),
                                    _connector="OR",
                                ),
                                name="framework_standard_window",
                                violation_error_message="材料时限至少为 1 个月；不限请留空。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandardIndicator",
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
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standard_links",
                                to="framework.indicator",
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicator_links",
                                to="framework.standard",
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
                        "verbose_name": "标准对应的指标",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("standard", "indicator"), name="framework_link_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandardMethod",
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
                            "method",
                            models.CharField(
                                choices=[
                                    ("documents", "材料审核"),
                                    ("field_visit", "实地考察"),
                                    ("survey", "问卷调查"),
                                    ("department_opinion", "部门意见"),
                                ],
                                max_length=30,
                                verbose_name="测评方法",
                            ),
                        ),
                        (
                            "weight",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=9,
                                null=True,
                                verbose_name="权重",
                            ),
                        ),
                        ("requirement", models.TextField(blank=True, verbose_name="要求")),
                        (
                            "standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="methods",
                                to="framework.standard",
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
                        "verbose_name": "测评方法",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("standard", "method"),
                                name="framework_method_once",
                                violation_error_message="该标准已有这种测评方法。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("weight__isnull", True), ("weight__gte", 0), _connector="OR"
                                ),
                                name="framework_method_weight",
                                violation_error_message="权重不能为负数。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VersionMapping",
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
                            "relation",
                            models.CharField(
                                choices=[
                                    ("same", "未变"),
                                    ("changed", "修改"),
                                    ("split", "拆分"),
                                    ("merged", "合并"),
                                    ("dropped", "取消"),
                                ],
                                max_length=20,
                                verbose_name="关系",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
                        (
                            "new_standard",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="predecessors",
                                to="framework.standard",
                            ),
                        ),
                        (
                            "new_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mappings",
                                to="framework.frameworkversion",
                            ),
                        ),
                        (
                            "old_standard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successors",
                                to="framework.standard",
                            ),
                        ),
                        (
                            "old_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="framework.frameworkversion",
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
                        "verbose_name": "版本对照",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("old_standard", "new_standard"),
                                name="framework_mapping_pair",
                                violation_error_message="这两条标准已有对照关系。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("relation", "dropped")),
                                fields=("old_standard", "new_version"),
                                name="framework_mapping_dropped_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("new_standard__isnull", True), ("relation", "dropped")
                                    ),
                                    models.Q(
                                        models.Q(("relation", "dropped"), _negated=True),
                                        ("new_standard__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="framework_mapping_dropped",
                                violation_error_message="“取消”的标准没有对应的新标准，其他关系必须指明新标准。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorClause",
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
                        ("source", models.CharField(max_length=300, verbose_name="条款")),
                        ("text", models.TextField(verbose_name="原文")),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clauses",
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
                    ],
                    options={
                        "verbose_name": "指标依据",
                        "ordering": ["position", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("indicator", "source"),
                                name="framework_clause_source",
                                violation_error_message="该指标已记录这一条款。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorReporter",
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
                        ("valid_from", models.DateField(verbose_name="起")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reporters",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "填报单位",
                        "indexes": [
                            models.Index(fields=["tenant", "unit"], name="framework_reporter_unit")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("indicator", "unit"),
                                name="framework_reporter_open",
                                violation_error_message="该单位已是此指标的填报单位。",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(GUARDS.protect, GUARDS.unprotect),
    ]
