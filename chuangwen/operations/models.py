"""What happened last to this installation, wherever it happened: machines share the database."""

from django.db import models


class MarkKind(models.TextChoices):
    """What is marked."""

    WORKER = "worker", "后台进程运行"
    BACKUP = "backup", "备份完成"


class Mark(models.Model):
    """When something last happened on one machine. Of the installation, hence of no district."""

    kind = models.CharField("种类", max_length=10, choices=MarkKind.choices)
    machine = models.CharField("机器", max_length=100)
    happened_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "运行标记"
        constraints = [
            models.UniqueConstraint(fields=["kind", "machine"], name="operations_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.machine}"
