"""What a district has laid down about comparing units."""

from django.db import models
from django.db.models import Q

from chuangwen.tenancy.models import TenantModel

USUAL_FEWEST = 5


class RankingRule(TenantModel):
    """From how many cases on a unit is ranked; one row a district, the usual number without it."""

    fewest = models.PositiveSmallIntegerField("排名所需的应结案数", default=USUAL_FEWEST)
    version = models.PositiveIntegerField("修订号", default=1)

    class Meta:
        verbose_name = "排名规则"
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="rectification_ranking_once"),
            models.CheckConstraint(
                condition=Q(fewest__gte=1),
                name="rectification_ranking_fewest",
                violation_error_message="排名所需的应结案数至少为 1。",
            ),
        ]

    def __str__(self) -> str:
        return f"应结案少于 {self.fewest} 个的单位不排名"
