import django.db.models.deletion
from django.db import migrations, models

import chuangwen.kit.ids
import chuangwen.kit.migrating
import chuangwen.kit.samples


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("framework", "0004_checklists"),
        ("people", "0004_access"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        chuangwen.kit.migrating.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name="Site",
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
                        ("code", models.CharField(max_length=40, verbose_name="点位编号")),
                        ("name", models.CharField(max_length=100, verbose_name="名称")),
                        (
                            "site_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="framework.sitetype",
                                verbose_name="点位类型",
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                                verbose_name="所属街道或社区",
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=200, verbose_name="地址"),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=7,
                                max_digits=10,
                                null=True,
                                verbose_name="经度",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=7,
                                max_digits=9,
                                null=True,
                                verbose_name="纬度",
                            ),
                        ),
                        (
                            "datum",
                            models.CharField(
                                choices=[
                                    ("wgs84", "WGS-84（手机定位）"),
                                    ("cgcs2000", "CGCS2000（国家大地坐标，天地图）"),
                                    ("gcj02", "GCJ-02（高德、腾讯地图）"),
                                ],
                                default="wgs84",
                                max_length=20,
                                verbose_name="坐标系",
                            ),
                        ),
                        (
                            "geometry",
                            models.JSONField(blank=True, null=True, verbose_name="线或面"),
                        ),
                        (
                            "length_metres",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=10,
                                null=True,
                                verbose_name="长度（米）",
                            ),
                        ),
                        (
                            "area_square_metres",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=12,
                                null=True,
                                verbose_name="面积（平方米）",
                            ),
                        ),
                        (
                            "telephone",
                            models.CharField(blank=True, max_length=40, verbose_name="电话"),
                        ),
                        (
                            "importance",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "一般"), (2, "重要"), (3, "重点")],
                                default=1,
                                verbose_name="重要程度",
                            ),
                        ),
                        (
                            "is_demonstration",
                            models.BooleanField(default=False, verbose_name="示范点位"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="备注")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "在用"),
                                    ("closed", "已停用"),
                                    ("merged", "已合并"),
                                ],
                                default="open",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="停用日期"),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_sites",
                                to="sites.site",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="建档时间"),
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
                        "verbose_name": "点位",
                        "ordering": ["code"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "state", "site_type", "code"],
                                name="sites_by_type",
                            ),
                            models.Index(fields=["tenant", "area", "code"], name="sites_by_area"),
                            models.Index(
                                fields=["tenant", "longitude", "latitude"], name="sites_by_place"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("tenant", "code"),
                                name="sites_site_code",
                                violation_error_message="已有相同编号的点位。请换一个编号，或修改现有点位。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("latitude__isnull", True), ("longitude__isnull", True)
                                    ),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="sites_site_point",
                                violation_error_message="经度和纬度须同时填写：经度 -180 到 180，纬度 -90 到 90。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                                    models.Q(
                                        models.Q(("state", "merged"), _negated=True),
                                        ("merged_into__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="sites_site_merged",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="sites_site_closed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteDuty",
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
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="duties",
                                to="sites.site",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("owner", "主管单位"), ("site_head", "点位长")],
                                max_length=20,
                                verbose_name="责任",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "holder",
                            models.CharField(blank=True, max_length=60, verbose_name="姓名和职务"),
                        ),
                        ("valid_from", models.DateField(verbose_name="起")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "source",
                            models.CharField(blank=True, max_length=200, verbose_name="依据"),
                        ),
                    ],
                    options={
                        "verbose_name": "点位责任",
                        "ordering": ["kind", "-valid_from", "id"],
                        "indexes": [
                            models.Index(
                                fields=["tenant", "unit", "valid_until", "site"],
                                name="sites_duty_unit",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_until__isnull", True)),
                                fields=("site", "kind"),
                                name="sites_duty_one_in_force",
                                violation_error_message="该点位已有在任的同类责任。请先结束，再指定新的。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="sites_duty_dates",
                                violation_error_message="止期不能早于起期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SiteWork",
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
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="works",
                                to="sites.site",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="建设内容")),
                        ("done_on", models.DateField(verbose_name="日期")),
                        (
                            "difficulty",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "较易"), (2, "一般"), (3, "较难")],
                                verbose_name="难易程度",
                            ),
                        ),
                        (
                            "money",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="投入资金（元）",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="说明")),
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
                    ],
                    options={
                        "verbose_name": "点位建设",
                        "ordering": ["-done_on", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("money__isnull", True), ("money__gte", 0), _connector="OR"
                                ),
                                name="sites_work_money",
                                violation_error_message="投入资金不能为负数。",
                            )
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
