"""How many sites lie in each cell of the grid, so that a map need not count them."""

from django.db import models

from chuangwen.sites.enums import SiteState
from chuangwen.tenancy.models import TenantModel

BAND = -1


class SiteTally(TenantModel):
    """The sites of a state in a cell: their number, and the sums of their degrees for the middle.

    A cell of a level is 2^-level degrees wide and high; `column` and `row` count from nought. The
    column BAND holds whole rows of the finest level, by which the southernmost site is found.
    The sums are in ten-millionths of a degree, whole numbers that never drift.
    """

    state = models.CharField("状态", max_length=20, choices=SiteState.choices)
    level = models.PositiveSmallIntegerField("层")
    column = models.IntegerField("列")
    row = models.IntegerField("行")
    number = models.IntegerField("点位数")
    east_sum = models.BigIntegerField("经度之和")
    north_sum = models.BigIntegerField("纬度之和")

    class Meta:
        verbose_name = "点位计数"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "state", "level", "column", "row"], name="sites_tally_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.level}/{self.column}/{self.row}"
