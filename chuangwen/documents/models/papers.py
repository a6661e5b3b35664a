"""Official papers: what the office wrote, what was counted, and the files that were issued."""

from django.db import models
from django.db.models import Q

from chuangwen.documents.enums import PaperKind, PaperState
from chuangwen.files.models import StoredFile
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Unit
from chuangwen.rectification.models import Case
from chuangwen.tenancy.models import TenantModel


class OfficialPaper(TenantModel):
    """One paper. Its words can be changed while it is a draft; when it is sent to review, what was
    counted is put down beside it (`PaperBody`), so that what is signed is what is issued.

    `as_of`: the day on which it was counted. `code` is printed on it for people to type, `token`
    stands in its QR code. An issued row and its files are never changed: triggers refuse it.
    """

    kind = models.CharField("种类", max_length=20, choices=PaperKind.choices)
    state = models.CharField(
        "状态", max_length=20, choices=PaperState.choices, default=PaperState.DRAFT
    )
    title = models.CharField("标题", max_length=200)
    mark = models.CharField("发文机关标志", max_length=60)
    issuer = models.CharField("发文机关署名", max_length=60)
    series = models.CharField("机关代字", max_length=30)
    addressees = models.CharField("主送机关", max_length=500, blank=True)
    copies_to = models.CharField("抄送机关", max_length=500, blank=True)
    opening = models.TextField("开头", blank=True)
    demands = models.TextField("要求", blank=True)
    closing = models.TextField("结尾", blank=True)
    since = models.DateField("起", null=True)
    until = models.DateField("止", null=True)
    unit = models.ForeignKey(
        Unit, verbose_name="受文单位", null=True, on_delete=models.PROTECT, related_name="+"
    )
    has_photos = models.BooleanField("附照片", default=True)
    as_of = models.DateField("统计日", null=True)
    year = models.PositiveSmallIntegerField("年", null=True)
    serial = models.PositiveIntegerField("序号", null=True)
    number = models.CharField("发文字号", max_length=60, blank=True)
    issued_on = models.DateField("印发日期", null=True)
    code = models.CharField("验证码", max_length=20, blank=True)
    token = models.CharField("查验地址", max_length=60, blank=True)
    site_address = models.CharField("查验网站", max_length=200, blank=True)
    docx = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="公文文件"
    )
    pdf = models.ForeignKey(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="版式文件"
    )
    pages = models.PositiveIntegerField("页数", default=0)
    missing = models.TextField("字库中没有的字", blank=True)
    attempts = models.PositiveSmallIntegerField("制作次数", default=0)
    beat_at = models.DateTimeField("制作进展时间", null=True)
    done = models.PositiveIntegerField("已制作", default=0)
    total = models.PositiveIntegerField("共", default=0)
    problem = models.TextField("没有制成的原因", blank=True)
    account_id = models.UUIDField("起草账号", null=True)
    created_at = models.DateTimeField("起草时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "公文"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"], condition=~Q(number=""), name="documents_paper_number"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="documents_paper_code"
            ),
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="documents_paper_token"
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.ISSUED)
                | Q(
                    docx__isnull=False,
                    pdf__isnull=False,
                    serial__isnull=False,
                    issued_on__isnull=False,
                )
                & ~Q(code=""),
                name="documents_paper_frozen",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True, until__isnull=True)
                | Q(until__gte=models.F("since")),
                name="documents_paper_period",
                violation_error_message="截止日期早于开始日期。请调换或重新选择。",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-created_at", "id"], name="documents_by_age"),
            models.Index(fields=["tenant", "state", "-created_at"], name="documents_by_state"),
            models.Index(
                fields=["tenant", "unit", "-created_at"],
                condition=Q(unit__isnull=False),
                name="documents_by_unit",
            ),
            models.Index(
                fields=["beat_at"],
                condition=Q(state__in=[PaperState.WAITING, PaperState.MAKING]),
                name="documents_to_make",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def counted(self) -> "PaperBody | None":
        """What was counted, if it is put down."""
        try:
            return self.body
        except PaperBody.DoesNotExist:
            return None


class PaperBody(TenantModel):
    """What was counted when a paper was sent to review: its tables, sentences and photos as plain
    data, and their digest. A paper that is returned loses it, for it is counted anew."""

    paper = models.OneToOneField(OfficialPaper, on_delete=models.PROTECT, related_name="body")
    blocks = models.JSONField("内容")
    digest = models.CharField("内容校验值", max_length=64)

    class Meta:
        verbose_name = "公文内容"

    def __str__(self) -> str:
        return self.digest[:12]


class PaperCase(TenantModel):
    """A problem that a paper was drafted about: of a 整改通知书 those that were ticked."""

    paper = models.ForeignKey(OfficialPaper, on_delete=models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "公文所列问题"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "case"], name="documents_case_once")
        ]
        indexes = [models.Index(fields=["tenant", "case"], name="documents_of_case")]

    def __str__(self) -> str:
        return str(self.case)


class PaperNumber(TenantModel):
    """The last number given in a series (机关代字) and year; its row is the lock."""

    series = models.CharField("机关代字", max_length=30)
    year = models.PositiveSmallIntegerField("年")
    last = models.PositiveIntegerField("已用到", default=0)

    class Meta:
        verbose_name = "发文字号"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "series", "year"], name="documents_number_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}"
