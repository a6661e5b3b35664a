"""All of this room's tables in one step, for a new installation; an older one goes on step by step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chuangwen.kit.ids
import chuangwen.people.models.fields
from chuangwen.kit.migrating import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_names_and_groups"),
        ("people", "0003_ancestry_pair_as_key"),
        ("people", "0004_access"),
    ]

    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
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
                            "username",
                            models.CharField(max_length=60, unique=True, verbose_name="登录名"),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=20, verbose_name="手机号"),
                        ),
                        (
                            "email",
                            models.EmailField(blank=True, max_length=254, verbose_name="邮箱"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        (
                            "must_change_password",
                            models.BooleanField(default=True, verbose_name="下次登录须改口令"),
                        ),
                        (
                            "password_changed_at",
                            models.DateTimeField(null=True, verbose_name="口令更改时间"),
                        ),
                        (
                            "totp_secret",
                            models.CharField(
                                blank=True, max_length=255, verbose_name="动态口令密钥（加密）"
                            ),
                        ),
                        (
                            "totp_last_step",
                            models.PositiveBigIntegerField(
                                default=0, verbose_name="最近用过的动态口令时段"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="创建时间"),
                        ),
                        (
                            "tenant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tenancy.tenant",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "账号",
                    },
                ),
                migrations.CreateModel(
                    name="LoginAttempt",
                    fields=[
                        ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        (
                            "failures",
                            models.PositiveIntegerField(default=0, verbose_name="失败次数"),
                        ),
                        ("last_failed_at", models.DateTimeField(verbose_name="最近失败时间")),
                        ("blocked_until", models.DateTimeField(null=True, verbose_name="锁定至")),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="login_attempts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "登录失败",
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40,
                                primary_key=True,
                                serialize=False,
                                verbose_name="session key",
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        (
                            "expire_date",
                            models.DateTimeField(db_index=True, verbose_name="expire date"),
                        ),
                        (
                            "device",
                            models.CharField(blank=True, max_length=60, verbose_name="设备"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="登录时间")),
                        (
                            "account",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "会话",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
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
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        (
                            "key",
                            chuangwen.people.models.fields.NameKeyField(
                                default="",
                                editable=False,
                                max_length=100,
                                verbose_name="名称（比较用）",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("party", "党委部门"),
                                    ("government", "政府部门"),
                                    ("agency", "派出机构"),
                                    ("mass_organisation", "群团"),
                                    ("street", "街道镇"),
                                    ("community", "社区"),
                                    ("enterprise", "企业/园区"),
                                    ("superior", "上级"),
                                    ("coordination", "议事协调机构"),
                                    ("institution", "事业单位"),
                                    ("judicial", "法院检察院"),
                                    ("other", "其他"),
                                ],
                                max_length=20,
                                verbose_name="类别",
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=40, verbose_name="编码")),
                        (
                            "valid_from",
                            models.DateField(blank=True, null=True, verbose_name="启用日期"),
                        ),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="停用日期"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_units",
                                to="people.unit",
                                verbose_name="并入",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="people.unit",
                                verbose_name="上级单位",
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
                        "verbose_name": "单位",
                        "ordering": ["kind", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("tenant", "key"),
                                name="people_unit_name",
                                violation_error_message="已有同名单位。请改用现有单位，或先停用它。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                fields=("tenant", "code"),
                                name="people_unit_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_from__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="people_unit_dates",
                                violation_error_message="停用日期不能早于启用日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("office", "创文办工作人员"),
                                    ("leader", "指挥部领导"),
                                    ("clerk", "单位联络员"),
                                    ("head", "单位负责人"),
                                    ("inspector", "测评员、督查员"),
                                    ("system_administrator", "系统管理员"),
                                    ("audit_administrator", "审计管理员"),
                                    ("security_administrator", "安全管理员"),
                                ],
                                max_length=30,
                                verbose_name="角色",
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="起")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
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
                                related_name="memberships",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "任职",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("account", "unit", "role"),
                                name="people_membership_open",
                                violation_error_message="该账号在此单位已有同样的角色。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitAlias",
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
                        ("name", models.CharField(max_length=100, verbose_name="别名")),
                        (
                            "key",
                            chuangwen.people.models.fields.NameKeyField(
                                default="",
                                editable=False,
                                max_length=100,
                                verbose_name="别名（比较用）",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="来源"),
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位别名",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "key"), name="people_unit_alias_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitAncestry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "ancestor",
                                "descendant",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("depth", models.PositiveSmallIntegerField(verbose_name="层差")),
                        (
                            "ancestor",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "descendant",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.unit",
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
                        "verbose_name": "单位层级",
                        "indexes": [
                            models.Index(
                                fields=["descendant", "ancestor"], name="people_ancestry_up"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitGroup",
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
                        ("name", models.CharField(max_length=100, verbose_name="集体称谓")),
                        (
                            "key",
                            chuangwen.people.models.fields.NameKeyField(
                                default="",
                                editable=False,
                                max_length=100,
                                verbose_name="集体称谓（比较用）",
                            ),
                        ),
                        (
                            "aliases",
                            models.JSONField(blank=True, default=list, verbose_name="其他写法"),
                        ),
                        ("kinds", models.JSONField(default=list, verbose_name="包含的单位类别")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
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
                        "verbose_name": "集体称谓",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "key"), name="people_unit_group_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecoveryCode",
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
                        ("code_hash", models.CharField(max_length=64)),
                        ("used_at", models.DateTimeField(null=True, verbose_name="使用时间")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recovery_codes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "恢复码",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "code_hash"), name="people_recovery_code_once"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
