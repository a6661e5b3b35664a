"""States and kinds of the plan room, with their Chinese names."""

from django.db import models


class ImportState(models.TextChoices):
    """A document on its way to becoming part of the campaign."""

    REVIEW = "review", "待核对"
    CONFIRMED = "confirmed", "已确认"
    DISCARDED = "discarded", "已放弃"


class ItemKind(models.TextChoices):
    """What an extracted item is."""

    DOCUMENT = "document", "文件"
    UNIT = "unit", "单位"
    AREA = "area", "目标领域"
    ACTION = "action", "提升行动"
    KEY_WORK = "key_work", "重点工作"
    PHASE = "phase", "年度和阶段"
    TARGET = "target", "目标值"
    TASK = "task", "任务"
    DUTY = "duty", "责任单位"
    INDICATOR = "indicator", "指标"
    MECHANISM = "mechanism", "工作机制"
    ANOMALY = "anomaly", "疑点"


class ItemState(models.TextChoices):
    """What the reviewer decided about an item."""

    PROPOSED = "proposed", "待核对"
    ACCEPTED = "accepted", "已接受"
    DROPPED = "dropped", "已舍弃"


class ItemChange(models.TextChoices):
    """How an item compares with what the campaign has from earlier documents."""

    NEW = "new", "新增"
    SAME = "same", "未变"
    CHANGED = "changed", "改动"
    GONE = "gone", "缺少"


class ReadingState(models.TextChoices):
    """A long file on its way to its review, read in the background."""

    WAITING = "waiting", "排队等待"
    READING = "reading", "正在读出文字"
    PARSING = "parsing", "正在分析内容"
    DONE = "done", "读入完成"
    FAILED = "failed", "读入失败"
    CANCELLED = "cancelled", "已取消"


class DutyKind(models.TextChoices):
    """Kinds of responsibility (glossary: 责任)."""

    LEAD = "lead", "牵头单位"
    RESPONSIBLE = "responsible", "责任单位"
    SUPPORTING = "supporting", "配合单位"
    SITE_OWNER = "site_owner", "点位长"
    SPONSOR = "sponsor", "包保单位"


class PhaseKind(models.TextChoices):
    """A whole year of the plan, or a stage within one."""

    YEAR = "year", "年度"
    STAGE = "stage", "阶段"


class TaskState(models.TextChoices):
    """A task as a whole; only 创文办 confirms it complete."""

    PROPOSED = "proposed", "待下达"
    DISPATCHED = "dispatched", "已下达"
    COMPLETED = "completed", "已完成"
    CANCELLED = "cancelled", "已作废"


class PartState(models.TextChoices):
    """One unit's part of a task, from the 施工图 to its completion."""

    ASSIGNED = "assigned", "待填措施"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "已退回"
    CONFIRMED = "confirmed", "实施中"
    DONE = "done", "本部分完成"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class TallyKind(models.TextChoices):
    """What is counted: parts by state, open parts by deadline, tasks that wait for 创文办."""

    ASSIGNED = PartState.ASSIGNED.value, PartState.ASSIGNED.label
    SUBMITTED = PartState.SUBMITTED.value, PartState.SUBMITTED.label
    RETURNED = PartState.RETURNED.value, PartState.RETURNED.label
    CONFIRMED = PartState.CONFIRMED.value, PartState.CONFIRMED.label
    DONE = PartState.DONE.value, PartState.DONE.label
    CLOSED = PartState.CLOSED.value, PartState.CLOSED.label
    WITHDRAWN = PartState.WITHDRAWN.value, PartState.WITHDRAWN.label
    OPEN_MONTH = "open_month", "未办结，按时限所在月"
    OPEN_DAY = "open_day", "未办结，按时限"
    UNDISPATCHED = "undispatched", "待下达任务"
    READY = "ready", "可确认整体完成的任务"


class QuestionState(models.TextChoices):
    """A question about an unclear duty (P 五(一)1: 区创文办总体协调解决)."""

    ASKED = "asked", "待答复"
    ANSWERED = "answered", "已明确"
