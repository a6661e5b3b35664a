"""What is made of a file, and how far that is."""

from django.db import models


class Purpose(models.TextChoices):
    """What a derivative of an image is for."""

    DISPLAY = "display", "浏览图"
    THUMBNAIL = "thumbnail", "缩略图"


class DerivativeState(models.TextChoices):
    """A derivative is made by the worker after the upload."""

    WAITING = "waiting", "排队等待"
    READY = "ready", "已生成"
    FAILED = "failed", "无法生成"
