"""Official papers, their templates, numbers and events."""

import django.db.models.deletion
from django.db import migrations, models

import chuangwen.kit.ids
import chuangwen.kit.samples


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0002_immutable"),
        ("people", "0004_access"),
        ("rectification", "0004_figures"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficialPaper",
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
                            ("bulletin", "通报"),
                            ("notice", "整改通知书"),
                            ("summary", "月度总结"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("review", "审核中"),
                            ("signed", "已签发"),
                            ("waiting", "已编号，等待制作"),
                            ("making", "正在制作"),
                            ("stopped", "制作没有成功"),
                            ("issued", "已印发"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("mark", models.CharField(max_length=60, verbose_name="发文机关标志")),
                ("issuer", models.CharField(max_length=60, verbose_name="发文机关署名")),
                ("series", models.CharField(max_length=30, verbose_name="机关代字")),
                (
                    "addressees",
                    models.CharField(blank=True, max_length=500, verbose_name="主送机关"),
                ),
                (
                    "copies_to",
                    models.CharField(blank=True, max_length=500, verbose_name="抄送机关"),
                ),
                ("opening", models.TextField(blank=True, verbose_name="开头")),
                ("demands", models.TextField(blank=True, verbose_name="要求")),
                ("closing", models.TextField(blank=True, verbose_name="结尾")),
                ("since", models.DateField(null=True, verbose_name="起")),
                ("until", models.DateField(null=True, verbose_name="止")),
                ("has_photos", models.BooleanField(default=True, verbose_name="附照片")),
                ("as_of", models.DateField(null=True, verbose_name="统计日")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="年")),
                ("serial", models.PositiveIntegerField(null=True, verbose_name="序号")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="发文字号")),
                ("issued_on", models.DateField(null=True, verbose_name="印发日期")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="验证码")),
                ("token", models.CharField(blank=True, max_length=60, verbose_name="查验地址")),
                (
                    "site_address",
                    models.CharField(blank=True, max_length=200, verbose_name="查验网站"),
                ),
                ("pages", models.PositiveIntegerField(default=0, verbose_name="页数")),
                ("missing", models.TextField(blank=True, verbose_name="字库中没有的字")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="制作次数")),
                ("beat_at", models.DateTimeField(null=True, verbose_name="制作进展时间")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已制作")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="共")),
                ("problem", models.TextField(blank=True, verbose_name="没有制成的原因")),
                ("account_id", models.UUIDField(null=True, verbose_name="起草账号")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="起草时间")),
                (
                    "is_sample",
                    models.BooleanField(
                        db_default=False,
                        default=chuangwen.kit.samples.is_sampling,
                        verbose_name="演示数据",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
                (
                    "docx",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="公文文件",
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="版式文件",
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
                        verbose_name="受文单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "公文",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PaperBody",
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
                ("blocks", models.JSONField(verbose_name="内容")),
                ("digest", models.CharField(max_length=64, verbose_name="内容校验值")),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body",
                        to="documents.officialpaper",
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
                "verbose_name": "公文内容",
            },
        ),
        migrations.CreateModel(
            name="PaperCase",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rectification.case",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="documents.officialpaper",
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
                "verbose_name": "公文所列问题",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PaperEvent",
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
                    "step",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("edit", "修改"),
                            ("submit", "送审"),
                            ("return", "退回修改"),
                            ("sign", "签发"),
                            ("issue", "编号印发"),
                            ("freeze", "制作完成"),
                            ("fail", "制作没有成功"),
                            ("retry", "重新制作"),
                            ("withdraw", "撤回"),
                            ("revoke", "声明作废"),
                        ],
                        max_length=20,
                        verbose_name="经过",
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("text", models.TextField(blank=True, verbose_name="说明")),
                ("account_id", models.UUIDField(null=True, verbose_name="操作账号")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="记录时间")),
                (
                    "is_sample",
                    models.BooleanField(
                        db_default=False,
                        default=chuangwen.kit.samples.is_sampling,
                        verbose_name="演示数据",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="documents.officialpaper",
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
                "verbose_name": "公文经过",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PaperNumber",
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
                ("series", models.CharField(max_length=30, verbose_name="机关代字")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="已用到")),
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
                "verbose_name": "发文字号",
            },
        ),
        migrations.CreateModel(
            name="PaperTemplate",
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
                            ("bulletin", "通报"),
                            ("notice", "整改通知书"),
                            ("summary", "月度总结"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("mark", models.CharField(max_length=60, verbose_name="发文机关标志")),
                ("issuer", models.CharField(max_length=60, verbose_name="发文机关署名")),
                ("series", models.CharField(max_length=30, verbose_name="机关代字")),
                (
                    "addressees",
                    models.CharField(blank=True, max_length=500, verbose_name="主送机关"),
                ),
                (
                    "copies_to",
                    models.CharField(blank=True, max_length=500, verbose_name="抄送机关"),
                ),
                ("opening", models.TextField(blank=True, verbose_name="开头")),
                ("demands", models.TextField(blank=True, verbose_name="要求")),
                ("closing", models.TextField(blank=True, verbose_name="结尾")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="修订号")),
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
                "verbose_name": "公文模板",
            },
        ),
        migrations.AddIndex(
            model_name="officialpaper",
            index=models.Index(fields=["tenant", "-created_at", "id"], name="documents_by_age"),
        ),
        migrations.AddIndex(
            model_name="officialpaper",
            index=models.Index(
                fields=["tenant", "state", "-created_at"], name="documents_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="officialpaper",
            index=models.Index(
                condition=models.Q(("unit__isnull", False)),
                fields=["tenant", "unit", "-created_at"],
                name="documents_by_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="officialpaper",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "making"])),
                fields=["beat_at"],
                name="documents_to_make",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialpaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), _negated=True),
                fields=("tenant", "number"),
                name="documents_paper_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialpaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("code",),
                name="documents_paper_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialpaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token", ""), _negated=True),
                fields=("token",),
                name="documents_paper_token",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "issued"), _negated=True),
                    models.Q(
                        ("docx__isnull", False),
                        ("issued_on__isnull", False),
                        ("pdf__isnull", False),
                        ("serial__isnull", False),
                        models.Q(("code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="documents_paper_frozen",
            ),
        ),
        migrations.AddConstraint(
            model_name="officialpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("since__isnull", True), ("until__isnull", True)),
                    ("until__gte", models.F("since")),
                    _connector="OR",
                ),
                name="documents_paper_period",
                violation_error_message="截止日期早于开始日期。请调换或重新选择。",
            ),
        ),
        migrations.AddIndex(
            model_name="papercase",
            index=models.Index(fields=["tenant", "case"], name="documents_of_case"),
        ),
        migrations.AddConstraint(
            model_name="papercase",
            constraint=models.UniqueConstraint(
                fields=("paper", "case"), name="documents_case_once"
            ),
        ),
        migrations.AddIndex(
            model_name="paperevent",
            index=models.Index(fields=["paper", "id"], name="documents_event_order"),
        ),
        migrations.AddConstraint(
            model_name="paperevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("step", "revoke")),
                fields=("paper",),
                name="documents_revoked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="papernumber",
            constraint=models.UniqueConstraint(
                fields=("tenant", "series", "year"), name="documents_number_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="papertemplate",
            constraint=models.UniqueConstraint(
                fields=("tenant", "kind"), name="documents_template_kind"
            ),
        ),
    ]
