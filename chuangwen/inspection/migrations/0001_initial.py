import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chuangwen.kit.ids
import chuangwen.kit.migrating
import chuangwen.kit.samples


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0002_immutable"),
        ("framework", "0004_checklists"),
        ("people", "0004_access"),
        ("sites", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        chuangwen.kit.migrating.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Round",
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
                        ("number", models.PositiveIntegerField(verbose_name="序号")),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mock", "模拟测评"),
                                    ("unannounced", "暗访"),
                                    ("tour", "拉练检查"),
                                    ("qualifying", "点位达标测评"),
                                    ("revisit", "复测"),
                                ],
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        (
                            "framework_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.frameworkversion",
                                verbose_name="测评体系版本",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="开始日期")),
                        ("ends_on", models.DateField(verbose_name="结束日期")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "准备中"),
                                    ("running", "进行中"),
                                    ("closed", "已结束"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "is_blind",
                            models.BooleanField(default=False, verbose_name="对被测单位保密"),
                        ),
                        (
                            "sampling",
                            models.CharField(
                                choices=[
                                    ("all", "全部点位"),
                                    ("stratified", "分层随机抽样"),
                                    ("by_hand", "人工选择"),
                                    ("failed", "上轮未达标点位"),
                                ],
                                default="all",
                                max_length=20,
                                verbose_name="抽样方法",
                            ),
                        ),
                        (
                            "seed",
                            models.CharField(blank=True, max_length=40, verbose_name="抽样种子"),
                        ),
                        (
                            "drawing",
                            models.JSONField(blank=True, default=dict, verbose_name="抽样记录"),
                        ),
                        (
                            "second_percent",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="双人复测比例（%）"
                            ),
                        ),
                        (
                            "earlier",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspection.round",
                                verbose_name="对照的上一轮",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="建立时间"),
                        ),
                        ("started_at", models.DateTimeField(null=True, verbose_name="启动时间")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                        (
                            "result_hash",
                            models.CharField(blank=True, max_length=64, verbose_name="结果校验值"),
                        ),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
                    ],
                    options={
                        "verbose_name": "测评轮次",
                        "ordering": ["-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "number"), name="inspection_round_number"
                            ),
                            models.UniqueConstraint(
                                fields=("tenant", "name"),
                                name="inspection_round_name",
                                violation_error_message="已有同名的测评轮次。请换一个名称。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                                name="inspection_round_dates",
                                violation_error_message="结束日期不能早于开始日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("second_percent__lte", 100)),
                                name="inspection_round_second",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("started_at__isnull", True),
                                        ("state", "draft"),
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("started_at__isnull", False),
                                        ("state", "running"),
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("started_at__isnull", False),
                                        ("state", "closed"),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspection_round_state",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Pair",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pairs",
                                to="inspection.round",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="组号")),
                    ],
                    options={
                        "verbose_name": "测评组",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "number"), name="inspection_pair_number"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PairMember",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="inspection.round",
                            ),
                        ),
                        (
                            "pair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="inspection.pair",
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
                    ],
                    options={
                        "verbose_name": "测评组成员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "account"),
                                name="inspection_member_once",
                                violation_error_message="这名测评员已在本轮的另一组。一人只能在一组。",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RoundSite",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sites",
                                to="inspection.round",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sites.site",
                            ),
                        ),
                        ("turn", models.PositiveSmallIntegerField(default=1, verbose_name="次")),
                        (
                            "pair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="sites",
                                to="inspection.pair",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="次序")),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.checklist",
                            ),
                        ),
                        (
                            "site_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.sitetype",
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
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "stratum",
                            models.CharField(blank=True, max_length=200, verbose_name="层"),
                        ),
                    ],
                    options={
                        "verbose_name": "本轮点位",
                        "ordering": ["pair__number", "position", "id"],
                        "indexes": [
                            models.Index(
                                fields=["round", "pair", "position"], name="inspection_site_walk"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "site", "turn"),
                                name="inspection_site_once",
                                violation_error_message="该点位已在本轮中。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("turn__in", (1, 2))),
                                name="inspection_site_turn",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FieldRecord",
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
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("device", models.CharField(max_length=40, verbose_name="设备")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("content", models.TextField(verbose_name="封存内容")),
                        ("blobs", models.JSONField(default=list, verbose_name="照片的 SHA-256")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "等待照片"),
                                    ("committed", "已确认"),
                                    ("quarantined", "待处理"),
                                    ("dismissed", "不采用"),
                                ],
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="原因")),
                        (
                            "received_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="收到时间"),
                        ),
                        ("committed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                    ],
                    options={
                        "verbose_name": "现场记录",
                        "ordering": ["received_at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "state", "received_at"],
                                name="inspection_record_state",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("committed_at__isnull", False), ("state", "committed")
                                    ),
                                    models.Q(
                                        models.Q(("state", "committed"), _negated=True),
                                        ("committed_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspection_record_committed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                            "record",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit",
                                to="inspection.fieldrecord",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="inspection.round",
                            ),
                        ),
                        (
                            "round_site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="inspection.roundsite",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sites.site",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("counted", "计入结果"),
                                    ("second", "第二次测评（比对用）"),
                                    ("extra", "重复测评（不计）"),
                                    ("unlisted", "点位之外发现"),
                                ],
                                max_length=20,
                                verbose_name="作用",
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=200, verbose_name="地点"),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="开始时间（手机）")),
                        ("sealed_at", models.DateTimeField(verbose_name="封存时间（手机）")),
                        (
                            "committed_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="确认时间"),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=7, max_digits=10, null=True, verbose_name="经度"
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=7, max_digits=9, null=True, verbose_name="纬度"
                            ),
                        ),
                        (
                            "accuracy_metres",
                            models.DecimalField(
                                decimal_places=1, max_digits=8, null=True, verbose_name="定位精度"
                            ),
                        ),
                        (
                            "distance_metres",
                            models.PositiveIntegerField(null=True, verbose_name="离点位距离"),
                        ),
                        (
                            "score",
                            models.DecimalField(
                                decimal_places=4, max_digits=7, null=True, verbose_name="得分"
                            ),
                        ),
                        ("passed", models.BooleanField(null=True, verbose_name="达标")),
                        (
                            "failed_lines",
                            models.PositiveSmallIntegerField(default=0, verbose_name="未达标项数"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="备注")),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "实地测评",
                        "ordering": ["-committed_at", "id"],
                        "indexes": [
                            models.Index(
                                fields=["round", "committed_at", "id"],
                                name="inspection_visit_latest",
                            ),
                            models.Index(
                                fields=["tenant", "site", "committed_at"],
                                name="inspection_visit_site",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("counted", "second"))),
                                fields=("round_site",),
                                name="inspection_visit_counted_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="inspection.visit",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.checkline",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("passed", "达标"),
                                    ("failed", "未达标"),
                                    ("not_applicable", "不适用"),
                                    ("recorded", "只记录"),
                                ],
                                max_length=20,
                                verbose_name="结果",
                            ),
                        ),
                        ("values", models.JSONField(default=dict, verbose_name="观察值")),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
                    ],
                    options={
                        "verbose_name": "测评项结果",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "line"), name="inspection_answer_once"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitPhoto",
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="inspection.visit",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.checkline",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                        ("taken_at", models.DateTimeField(verbose_name="拍摄时间（手机）")),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=7, max_digits=10, null=True, verbose_name="经度"
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=7, max_digits=9, null=True, verbose_name="纬度"
                            ),
                        ),
                        ("fingerprint", models.BigIntegerField(null=True, verbose_name="感知哈希")),
                    ],
                    options={
                        "verbose_name": "测评照片",
                        "ordering": ["position"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "fingerprint"], name="inspection_photo_like"
                            ),
                            models.Index(fields=["tenant", "file"], name="inspection_photo_same"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "position"), name="inspection_photo_position"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitFlag",
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="flags",
                                to="inspection.visit",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("far_away", "拍摄位置离点位较远"),
                                    ("no_position", "没有定位"),
                                    ("clock_drift", "手机时间不准"),
                                    ("same_photo", "照片与以前的相同"),
                                    ("like_photo", "照片与以前的相似"),
                                    ("two_visits", "同一点位重复测评"),
                                    ("very_quick", "测评用时过短"),
                                    ("old_checklist", "测评表不是本轮的版本"),
                                ],
                                max_length=20,
                                verbose_name="提示",
                            ),
                        ),
                        ("detail", models.TextField(verbose_name="说明")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待查看"), ("settled", "已查看")],
                                default="open",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("settled_note", models.TextField(blank=True, verbose_name="查看意见")),
                    ],
                    options={
                        "verbose_name": "测评提示",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "state", "id"], name="inspection_flag_open"
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="inspection.visit",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="inspection.round",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.checkline",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="sites.site",
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
                            "area",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="序号")),
                        (
                            "category",
                            models.CharField(blank=True, max_length=60, verbose_name="问题类别"),
                        ),
                        ("text", models.TextField(verbose_name="问题")),
                        ("place", models.CharField(max_length=200, verbose_name="地点")),
                        (
                            "clause",
                            models.CharField(blank=True, max_length=300, verbose_name="测评标准"),
                        ),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        (
                            "proposed_due_on",
                            models.DateField(null=True, verbose_name="建议整改时限"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待处理"), ("withdrawn", "已撤回")],
                                default="open",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "withdrawal_reason",
                            models.TextField(blank=True, verbose_name="撤回原因"),
                        ),
                        (
                            "is_sample",
                            models.BooleanField(
                                db_default=False,
                                default=chuangwen.kit.samples.is_sampling,
                                verbose_name="演示数据",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
                    ],
                    options={
                        "verbose_name": "发现问题",
                        "ordering": ["round", "number"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "unit", "state", "id"],
                                name="inspection_finding_unit",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "number"), name="inspection_finding_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("line__isnull", False)),
                                fields=("visit", "line"),
                                name="inspection_finding_line",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResultTally",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tallies",
                                to="inspection.round",
                            ),
                        ),
                        (
                            "dimension",
                            models.CharField(
                                choices=[
                                    ("round", "全部"),
                                    ("site_type", "点位类型"),
                                    ("unit", "主管单位"),
                                    ("area", "所属街道或社区"),
                                    ("line", "测评项"),
                                    ("inspector", "测评员"),
                                ],
                                max_length=20,
                                verbose_name="维度",
                            ),
                        ),
                        ("holder_id", models.UUIDField(verbose_name="对象")),
                        ("drawn", models.IntegerField(default=0, verbose_name="应测点位")),
                        ("tested", models.IntegerField(default=0, verbose_name="已测点位")),
                        ("passed", models.IntegerField(default=0, verbose_name="达标点位")),
                        ("lines", models.IntegerField(default=0, verbose_name="判定项数")),
                        ("failed_lines", models.IntegerField(default=0, verbose_name="未达标项数")),
                        ("findings", models.IntegerField(default=0, verbose_name="问题数")),
                    ],
                    options={
                        "verbose_name": "测评计数",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "dimension", "holder_id"),
                                name="inspection_tally_bucket",
                            )
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
