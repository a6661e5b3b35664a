"""What the office has laid down for each kind of paper."""

from django.db import models

from chuangwen.documents.enums import PaperKind
from chuangwen.tenancy.models import TenantModel


class PaperTemplate(TenantModel):
    """Head, addressees and wording with which papers of a kind are begun; without a row, those
    that `wording` knows. Places like 〔期间〕 are filled in for each paper."""

    kind = models.CharField("种类", max_length=20, choices=PaperKind.choices)
    mark = models.CharField("发文机关标志", max_length=60)
    issuer = models.CharField("发文机关署名", max_length=60)
    series = models.CharField("机关代字", max_length=30)
    addressees = models.CharField("主送机关", max_length=500, blank=True)
    copies_to = models.CharField("抄送机关", max_length=500, blank=True)
    opening = models.TextField("开头", blank=True)
    demands = models.TextField("要求", blank=True)
    closing = models.TextField("结尾", blank=True)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "公文模板"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "kind"], name="documents_template_kind")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
