"""The index: the folded text of each object, and under which pairs of characters it is found."""

from typing import ClassVar

from django.db import models

from chuangwen.tenancy.models import TenantModel


class SearchText(TenantModel):
    """What is searched of one object; the key is the object's own."""

    kind = models.CharField("种类", max_length=20)
    title = models.CharField("名称", max_length=300)
    text = models.TextField("可查找的文字")

    class Meta:
        verbose_name = "查找文字"

    def __str__(self) -> str:
        return self.title


class Posting(models.Model):
    """An object has a pair of characters (see pairs.term).

    There are some sixty of these to a task, so the row is as narrow as can be: the term carries
    the tenant, and no foreign key is checked, for `chuangwen search rebuild` makes all anew.
    """

    pk = models.CompositePrimaryKey("term", "object_id")
    term = models.BigIntegerField("词")
    object_id = models.UUIDField("对象")

    objects: ClassVar[models.Manager["Posting"]] = models.Manager()

    class Meta:
        verbose_name = "查找索引"

    def __str__(self) -> str:
        return f"{self.term} {self.object_id}"
