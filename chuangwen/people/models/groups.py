"""Collective owners: one name in a document that stands for many units."""

from django.db import models

from chuangwen.people.models.fields import NameKeyField
from chuangwen.people.naming import name_key
from chuangwen.tenancy.models import TenantModel


class UnitGroup(TenantModel):
    """A collective name, such as 区级各部门 or 各街道（镇）, and the kinds of units it means.

    Which units those are is asked for a day: see `queries.expand_group`.
    """

    name = models.CharField("集体称谓", max_length=100)
    key = NameKeyField("集体称谓（比较用）")
    aliases = models.JSONField("其他写法", default=list, blank=True)
    kinds = models.JSONField("包含的单位类别", default=list)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        verbose_name = "集体称谓"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="people_unit_group_name")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def keys(self) -> frozenset[str]:
        """Every spelling of the name in its comparable form."""
        return frozenset(name_key(name) for name in (self.name, *self.aliases))
