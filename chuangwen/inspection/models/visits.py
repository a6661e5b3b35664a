"""Visits as phones sent them: sealed, append-only."""

import base64
import contextlib

from django.db import models
from django.db.models import Q

from chuangwen.files.models import StoredFile
from chuangwen.framework.models import CheckLine
from chuangwen.inspection.enums import FlagKind, FlagState, Outcome, RecordState, VisitState
from chuangwen.inspection.models.rounds import Round, RoundSite
from chuangwen.kit.samples import is_sampling
from chuangwen.people.models import Account
from chuangwen.sites.models import Site
from chuangwen.tenancy.models import TenantModel

AS_BASE64 = "base64:"  # bytes that are no text, or none that PostgreSQL keeps
BANDS = ("band_1", "band_2", "band_3", "band_4")


class FieldRecord(TenantModel):
    """The sealed bytes of a visit under the number that the phone gave it (its primary key).

    Written once. What cannot be taken (a stranger's site, ended rights, an unreadable record) is
    quarantined with the reason, and a person decides. `round_named` is the round as the bytes say:
    there need not be one.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    device = models.CharField("设备", max_length=40)
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.TextField("封存内容")
    blobs = models.JSONField("照片的 SHA-256", default=list)
    round_named = models.UUIDField("写明的轮次", null=True)
    state = models.CharField("状态", max_length=20, choices=RecordState.choices)
    reason = models.TextField("原因", blank=True)
    lost = models.JSONField("手机上已丢失的照片", default=list, blank=True)
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    committed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "现场记录"
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RecordState.COMMITTED, committed_at__isnull=False)
                | (~Q(state=RecordState.COMMITTED) & Q(committed_at__isnull=True)),
                name="inspection_record_committed",
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "received_at"], name="inspection_record_state"),
            models.Index(
                fields=["tenant", "round_named", "state"],
                condition=Q(state__in=(RecordState.WAITING, RecordState.QUARANTINED)),
                name="inspection_record_open",
            ),
        ]

    def __str__(self) -> str:
        return f"现场记录 {self.pk.hex[-8:]}"

    @property
    def sealed_bytes(self) -> bytes:
        """The bytes as the phone sealed them."""
        if self.content.startswith(AS_BASE64):
            return base64.b64decode(self.content.removeprefix(AS_BASE64))
        return self.content.encode()

    @staticmethod
    def as_text(sealed: bytes) -> str:
        """Return what `content` holds for these bytes: themselves, where they are such a text."""
        with contextlib.suppress(UnicodeDecodeError):
            text = sealed.decode()
            if "\0" not in text and not text.startswith(AS_BASE64):
                return text
        return AS_BASE64 + base64.b64encode(sealed).decode()


class HeldPhoto(TenantModel):
    """A photo that a quarantined record names, kept from the sweep until a person decides."""

    record = models.ForeignKey(FieldRecord, on_delete=models.CASCADE, related_name="held_photos")
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "待处理记录的照片"
        constraints = [
            models.UniqueConstraint(fields=["record", "sha256"], name="inspection_held_once")
        ]
        indexes = [
            models.Index(
                fields=["tenant", "sha256"],
                condition=Q(file__isnull=True),
                name="inspection_held_missing",
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Visit(TenantModel):
    """One 实地测评. Its primary key is the number that the phone gave it.

    `passed` is None for a place outside the register and where nothing could be judged. Distance is
    in metres between the phone and the site when it was sealed; tracks are not collected.
    """

    record = models.OneToOneField(FieldRecord, on_delete=models.PROTECT, related_name="visit")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="visits")
    round_site = models.ForeignKey(
        RoundSite, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("作用", max_length=20, choices=VisitState.choices)
    place = models.CharField("地点", max_length=200, blank=True)
    started_at = models.DateTimeField("开始时间（手机）")
    sealed_at = models.DateTimeField("封存时间（手机）")
    committed_at = models.DateTimeField("确认时间", auto_now_add=True)
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=7, null=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=7, null=True)
    accuracy_metres = models.DecimalField("定位精度", max_digits=8, decimal_places=1, null=True)
    distance_metres = models.PositiveIntegerField("离点位距离", null=True)
    score = models.DecimalField("得分", max_digits=7, decimal_places=4, null=True)
    passed = models.BooleanField("达标", null=True)
    failed_lines = models.PositiveSmallIntegerField("未达标项数", default=0)
    note = models.TextField("备注", blank=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "实地测评"
        ordering = ["-committed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round_site"],
                condition=Q(state__in=(VisitState.COUNTED, VisitState.SECOND)),
                name="inspection_visit_counted_once",
            )
        ]
        indexes = [
            models.Index(fields=["round", "committed_at", "id"], name="inspection_visit_latest"),
            models.Index(fields=["tenant", "site", "committed_at"], name="inspection_visit_site"),
            models.Index(fields=["tenant", "committed_at", "id"], name="inspection_visit_all"),
        ]

    def __str__(self) -> str:
        return f"实地测评 {self.pk.hex[-8:]}"


class Answer(TenantModel):
    """What was recorded on one line, and how it was judged by the line's rule.

    `values`: the observed numbers by name (found, measure, part, whole, seen, bad), as decimal
    strings; `note` explains, and gives the reason of 不适用.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers")
    line = models.ForeignKey(CheckLine, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices)
    values = models.JSONField("观察值", default=dict)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = "测评项结果"
        constraints = [
            models.UniqueConstraint(fields=["visit", "line"], name="inspection_answer_once")
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class VisitPhoto(TenantModel):
    """A photo taken in the app at a visit; time and place are the device's, not the picture's.

    The worker fills `fingerprint` (64 bits of what it shows) and its four bands of 16 bits, by
    which pictures that look alike are found without comparing with every photo.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    line = models.ForeignKey(CheckLine, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("次序")
    taken_at = models.DateTimeField("拍摄时间（手机）")
    longitude = models.DecimalField("经度", max_digits=10, decimal_places=7, null=True)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=7, null=True)
    fingerprint = models.BigIntegerField("感知哈希", null=True)
    band_1 = models.PositiveIntegerField("感知哈希一段", null=True)
    band_2 = models.PositiveIntegerField("感知哈希二段", null=True)
    band_3 = models.PositiveIntegerField("感知哈希三段", null=True)
    band_4 = models.PositiveIntegerField("感知哈希四段", null=True)

    class Meta:
        verbose_name = "测评照片"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="inspection_photo_position")
        ]
        indexes = [
            models.Index(fields=["tenant", "file"], name="inspection_photo_same"),
            *(
                models.Index(
                    fields=["tenant", band],
                    condition=Q(fingerprint__isnull=False),
                    name=f"inspection_photo_{band}",
                )
                for band in BANDS
            ),
        ]

    def __str__(self) -> str:
        return f"照片 {self.position + 1}"


class VisitFlag(TenantModel):
    """Something about a visit that a reviewer should see; it never changes the result."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField("提示", max_length=20, choices=FlagKind.choices)
    detail = models.TextField("说明")
    state = models.CharField(
        "状态", max_length=20, choices=FlagState.choices, default=FlagState.OPEN
    )
    settled_note = models.TextField("查看意见", blank=True)

    class Meta:
        verbose_name = "测评提示"
        indexes = [models.Index(fields=["tenant", "state", "id"], name="inspection_flag_open")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
