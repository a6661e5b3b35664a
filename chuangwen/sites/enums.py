"""Kinds and states of the register, with their Chinese names."""

from django.db import models


class SiteState(models.TextChoices):
    """Whether a site is still assessed. A closed or merged one keeps its file (一点位一档)."""

    OPEN = "open", "在用"
    CLOSED = "closed", "已停用"
    MERGED = "merged", "已合并"


class Importance(models.IntegerChoices):
    """How much attention a site needs; the city decides."""

    ORDINARY = 1, "一般"
    IMPORTANT = 2, "重要"
    KEY = 3, "重点"


class SiteDutyKind(models.TextChoices):
    """Who answers for a site."""

    OWNER = "owner", "主管单位"
    SITE_HEAD = "site_head", "点位长"


class Datum(models.TextChoices):
    """In which system coordinates were entered. Stored are WGS-84 degrees."""

    WGS84 = "wgs84", "WGS-84（手机定位）"
    CGCS2000 = "cgcs2000", "CGCS2000（国家大地坐标，天地图）"
    GCJ02 = "gcj02", "GCJ-02（高德、腾讯地图）"


class ImportState(models.TextChoices):
    """A file on its way into the register: checked first, written when somebody has agreed."""

    WAITING = "waiting", "等待检查"
    CHECKING = "checking", "正在检查"
    CHECKED = "checked", "待确认"
    REFUSED = "refused", "有错误"
    CONFIRMED = "confirmed", "等待写入"
    WRITING = "writing", "正在写入"
    INDEXING = "indexing", "正在编入查找索引"
    DONE = "done", "已导入"
    FAILED = "failed", "失败"
    CANCELLED = "cancelled", "已取消"


class Difficulty(models.IntegerChoices):
    """点位建设难易程度, one of the two bases of 以奖代补 (行动计划 四（五））."""

    EASY = 1, "较易"
    MEDIUM = 2, "一般"
    HARD = 3, "较难"


class BoundaryState(models.TextChoices):
    """A file of boundaries: checked, in force, then replaced by another or taken away."""

    CHECKED = "checked", "待启用"
    IN_FORCE = "in_force", "使用中"
    REPLACED = "replaced", "已替换"
    REMOVED = "removed", "已撤下"
