"""A document as it was read, and what a person decided about each extracted item."""

from django.db import models

from chuangwen.files.models import StoredFile
from chuangwen.plan.enums import ImportState, ItemChange, ItemKind, ItemState, ReadingState
from chuangwen.tenancy.models import TenantModel


class SourceDocument(TenantModel):
    """The text of an imported file, kept for ever: every object points back into it."""

    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件的 SHA-256", max_length=64)
    format = models.CharField("格式", max_length=10)
    text = models.TextField("文字")
    original = models.ForeignKey(
        StoredFile,
        verbose_name="原文件",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField("导入时间", auto_now_add=True)

    class Meta:
        verbose_name = "原文"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "sha256"], name="plan_source_sha256")
        ]

    def __str__(self) -> str:
        return self.name


class PlanImport(TenantModel):
    """One reading of a document. Nothing applies until a person confirms it."""

    source = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="imports")
    campaign = models.ForeignKey("plan.Campaign", on_delete=models.PROTECT, related_name="imports")
    amends = models.ForeignKey(
        SourceDocument,
        verbose_name="修订的原文",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        "状态", max_length=20, choices=ImportState.choices, default=ImportState.REVIEW
    )
    schema_version = models.CharField("解析格式版本", max_length=10)
    account_id = models.UUIDField("导入账号", null=True)
    created_at = models.DateTimeField("导入时间", auto_now_add=True)
    compared_at = models.DateTimeField("比对时间", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "计划导入"
        indexes = [models.Index(fields=["tenant", "-created_at"], name="plan_import_newest")]

    def __str__(self) -> str:
        return self.source.name


class ImportItem(TenantModel):
    """One extracted item. `data` holds the normalised values that a reviewer may edit.

    `start` and `end` are code point offsets into the source text; an item that a person added
    without marking text has neither, nor has one that stands for what the document no longer says.
    `parsed` keeps the parser's values of an item that a person edited. `differences` maps a field
    of the existing object to [old, new], as text.
    """

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    kind = models.CharField("种类", max_length=20, choices=ItemKind.choices)
    position = models.PositiveIntegerField("次序")
    start = models.PositiveIntegerField("起", null=True)
    end = models.PositiveIntegerField("止", null=True)
    data = models.JSONField("内容", default=dict)
    state = models.CharField(
        "核对", max_length=20, choices=ItemState.choices, default=ItemState.PROPOSED
    )
    is_edited = models.BooleanField("人工改过", default=False)
    is_added = models.BooleanField("人工添加", default=False)
    change = models.CharField(
        "与已有内容相比", max_length=10, choices=ItemChange.choices, default=ItemChange.NEW
    )
    existing_id = models.UUIDField("已有的对象", null=True)
    differences = models.JSONField("改动", default=dict)
    fingerprint = models.CharField("读出内容的指纹", max_length=64, blank=True)
    parsed = models.JSONField("读出的内容", null=True)
    applied_id = models.UUIDField("生成的对象", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "提取项"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_import", "position"], name="plan_import_item_position"
            )
        ]
        indexes = [models.Index(fields=["plan_import", "kind"], name="plan_import_item_kind")]

    def __str__(self) -> str:
        return str(self.data.get("title") or self.data.get("name") or self.get_kind_display())


class ReviewStep(TenantModel):
    """One decision of a review with what it replaced, so that it can be undone."""

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField("序号")
    label = models.CharField("操作", max_length=200)
    before = models.JSONField("之前的内容", default=dict)
    taken_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "核对步骤"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan_import", "number"], name="plan_step_number")
        ]

    def __str__(self) -> str:
        return self.label


class DocumentReading(TenantModel):
    """A long file that is read in the background. Nothing is stored of it before all is read.

    `beat_at` and `attempts` tell a reading that was killed from one that is going on; `done` of
    `total` are pages while the text is read out, then characters.
    """

    campaign = models.ForeignKey("plan.Campaign", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节数")
    original = models.ForeignKey(
        StoredFile,
        verbose_name="原文件",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        "状态", max_length=20, choices=ReadingState.choices, default=ReadingState.WAITING
    )
    done = models.PositiveIntegerField("已读", default=0)
    total = models.PositiveIntegerField("共", default=0)
    problem = models.TextField("失败原因", blank=True)
    plan_import = models.ForeignKey(
        PlanImport, null=True, on_delete=models.CASCADE, related_name="+"
    )
    account_id = models.UUIDField("导入账号", null=True)
    asked_at = models.DateTimeField("提交时间", auto_now_add=True)
    taken_at = models.DateTimeField("开始时间", null=True)
    beat_at = models.DateTimeField("最近进展时间", null=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)

    class Meta:
        verbose_name = "文件读入"
        indexes = [models.Index(fields=["tenant", "state", "asked_at"], name="plan_reading_open")]

    def __str__(self) -> str:
        return self.name
