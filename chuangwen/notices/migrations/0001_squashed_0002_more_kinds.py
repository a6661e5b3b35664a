"""All of this room's tables in one step, for a new installation; an older one goes on step by step."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chuangwen.kit.clock
import chuangwen.kit.ids
import chuangwen.notices.models.reminders
from chuangwen.kit.migrating import CreateTogether


class Migration(migrations.Migration):
    replaces = [("notices", "0001_initial"), ("notices", "0002_more_kinds")]

    initial = True

    dependencies = [
        ("people", "0001_squashed_0004_access"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="CalendarAddress",
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
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=chuangwen.kit.clock.now, verbose_name="生成时间"
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
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
                    ],
                    options={
                        "verbose_name": "日历订阅地址",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account",), name="notices_address_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                                    ("task_dispatched", "任务下达"),
                                    ("measures_submitted", "措施待审核"),
                                    ("measures_returned", "措施退回"),
                                    ("measures_confirmed", "措施通过"),
                                    ("part_done", "单位报完成"),
                                    ("part_reworked", "退回继续办理"),
                                    ("task_completed", "任务办结"),
                                    ("task_cancelled", "任务作废"),
                                    ("deadline_moved", "时限调整"),
                                    ("question_asked", "责任疑问"),
                                    ("question_answered", "疑问答复"),
                                    ("reporter_assigned", "指标填报"),
                                    ("value_returned", "指标值退回"),
                                    ("value_accepted", "指标值接收"),
                                    ("due_soon", "临近时限"),
                                    ("due_today", "今天到期"),
                                    ("overdue", "超期"),
                                    ("overdue_digest", "时限日报"),
                                    ("urged", "催办"),
                                ],
                                max_length=30,
                                verbose_name="种类",
                            ),
                        ),
                        ("subject", models.CharField(max_length=200, verbose_name="标题")),
                        ("body", models.TextField(blank=True, verbose_name="内容")),
                        ("key", models.CharField(max_length=120, verbose_name="事由")),
                        (
                            "about_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("part", "单位任务"),
                                    ("task", "任务"),
                                    ("action", "提升行动"),
                                    ("indicator", "指标"),
                                    ("indicators", "指标清单"),
                                    ("late_parts", "超期任务"),
                                ],
                                max_length=20,
                                verbose_name="关于",
                            ),
                        ),
                        ("about_id", models.UUIDField(null=True, verbose_name="对象编号")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=chuangwen.kit.clock.now, verbose_name="时间"
                            ),
                        ),
                        ("read_at", models.DateTimeField(null=True, verbose_name="阅读时间")),
                        (
                            "routed",
                            models.BooleanField(default=False, verbose_name="其他渠道已处理"),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
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
                    ],
                    options={
                        "verbose_name": "通知",
                        "indexes": [
                            models.Index(fields=["recipient", "-id"], name="notices_list"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["recipient", "-id"],
                                name="notices_unread",
                            ),
                            models.Index(
                                condition=models.Q(("routed", False)),
                                fields=["tenant", "id"],
                                name="notices_unrouted",
                            ),
                            models.Index(
                                fields=["tenant", "about_id", "kind"], name="notices_about"
                            ),
                            models.Index(fields=["tenant", "created_at"], name="notices_age"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "recipient", "key"), name="notices_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
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
                            "channel",
                            models.CharField(
                                choices=[("email", "邮件")], max_length=10, verbose_name="渠道"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "待发送"),
                                    ("sent", "已发送"),
                                    ("failed", "发送失败"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="已尝试次数"),
                        ),
                        (
                            "next_at",
                            models.DateTimeField(
                                default=chuangwen.kit.clock.now, verbose_name="下次发送"
                            ),
                        ),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="发送时间")),
                        (
                            "error",
                            models.CharField(blank=True, max_length=300, verbose_name="最近的错误"),
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
                            "notice",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="notices.notice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发送",
                        "indexes": [
                            models.Index(
                                fields=["tenant", "state", "next_at"], name="notices_delivery_due"
                            ),
                            models.Index(
                                fields=["tenant", "state", "-id"], name="notices_delivery_list"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("notice", "channel"), name="notices_delivery_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmailChoice",
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
                                    ("task_dispatched", "任务下达"),
                                    ("measures_submitted", "措施待审核"),
                                    ("measures_returned", "措施退回"),
                                    ("measures_confirmed", "措施通过"),
                                    ("part_done", "单位报完成"),
                                    ("part_reworked", "退回继续办理"),
                                    ("task_completed", "任务办结"),
                                    ("task_cancelled", "任务作废"),
                                    ("deadline_moved", "时限调整"),
                                    ("question_asked", "责任疑问"),
                                    ("question_answered", "疑问答复"),
                                    ("reporter_assigned", "指标填报"),
                                    ("value_returned", "指标值退回"),
                                    ("value_accepted", "指标值接收"),
                                    ("due_soon", "临近时限"),
                                    ("due_today", "今天到期"),
                                    ("overdue", "超期"),
                                    ("overdue_digest", "时限日报"),
                                    ("urged", "催办"),
                                ],
                                max_length=30,
                                verbose_name="种类",
                            ),
                        ),
                        ("wanted", models.BooleanField(verbose_name="发邮件")),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
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
                    ],
                    options={
                        "verbose_name": "邮件选择",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "kind"), name="notices_choice_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderPolicy",
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
                            "before",
                            models.JSONField(
                                default=chuangwen.notices.models.reminders.five_and_one,
                                verbose_name="时限前",
                            ),
                        ),
                        ("on_day", models.BooleanField(default=True, verbose_name="时限当天")),
                        (
                            "after",
                            models.JSONField(
                                default=chuangwen.notices.models.reminders.one_and_three,
                                verbose_name="时限后",
                            ),
                        ),
                        (
                            "then_every",
                            models.PositiveSmallIntegerField(default=5, verbose_name="此后每"),
                        ),
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
                        "verbose_name": "提醒规则",
                        "constraints": [
                            models.UniqueConstraint(fields=("tenant",), name="notices_policy_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRun",
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
                        ("claimed_until", models.DateTimeField(verbose_name="处理期限")),
                        (
                            "started_at",
                            models.DateTimeField(
                                default=chuangwen.kit.clock.now, verbose_name="开始时间"
                            ),
                        ),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                        (
                            "reminders",
                            models.PositiveIntegerField(default=0, verbose_name="提醒条数"),
                        ),
                        (
                            "is_certain",
                            models.BooleanField(default=True, verbose_name="放假安排已公布"),
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
                        "verbose_name": "每日提醒",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "day"), name="notices_run_day"
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
