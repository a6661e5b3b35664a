"""What was done to papers: rows that are added, and never changed or removed."""

from django.db import models

from chuangwen.documents.enums import PaperStep
from chuangwen.documents.models.papers import OfficialPaper
from chuangwen.kit.samples import is_sampling
from chuangwen.tenancy.models import TenantModel


class PaperEvent(TenantModel):
    """One step of a paper, by whom and why. An issued paper is declared void by such a row alone:
    its own row stays as it was issued."""

    paper = models.ForeignKey(OfficialPaper, on_delete=models.PROTECT, related_name="events")
    step = models.CharField("经过", max_length=20, choices=PaperStep.choices)
    day = models.DateField("日期")
    text = models.TextField("说明", blank=True)
    account_id = models.UUIDField("操作账号", null=True)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    is_sample = models.BooleanField("演示数据", default=is_sampling, db_default=False)

    class Meta:
        verbose_name = "公文经过"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper"],
                condition=models.Q(step=PaperStep.REVOKE),
                name="documents_revoked_once",
            )
        ]
        indexes = [models.Index(fields=["paper", "id"], name="documents_event_order")]

    def __str__(self) -> str:
        return str(self.get_step_display())
