"""A file on its way into the register of sites."""

from django.db import models

from chuangwen.files.models import StoredFile
from chuangwen.sites.enums import Datum, ImportState
from chuangwen.tenancy.models import TenantModel


class SiteImport(TenantModel):
    """A register file: checked without writing, then written whole when somebody has agreed.

    `digest` is of all changes as they were shown, so that what is written is what was agreed to;
    `differences` holds the first of them for the page. `beat_at` and `attempts` tell work that was
    killed from work that goes on.
    """

    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节数")
    original = models.ForeignKey(
        StoredFile,
        verbose_name="原文件",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    datum = models.CharField("坐标系", max_length=20, choices=Datum.choices)
    state = models.CharField(
        "状态", max_length=20, choices=ImportState.choices, default=ImportState.WAITING
    )
    done = models.PositiveIntegerField("已处理", default=0)
    total = models.PositiveIntegerField("共", default=0)
    made_count = models.PositiveIntegerField("新建", default=0)
    edited_count = models.PositiveIntegerField("修改", default=0)
    unchanged_count = models.PositiveIntegerField("未变", default=0)
    digest = models.CharField("改动的哈希", max_length=64, blank=True)
    differences = models.JSONField("改动", default=dict)
    problems = models.JSONField("错误", default=list)
    problem = models.TextField("失败原因", blank=True)
    account_id = models.UUIDField("导入账号", null=True)
    asked_at = models.DateTimeField("提交时间", auto_now_add=True)
    beat_at = models.DateTimeField("最近进展时间", null=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)

    class Meta:
        verbose_name = "点位导入"
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["tenant", "state", "asked_at"], name="sites_import_open")]

    def __str__(self) -> str:
        return self.name
