"""Kinds and states of rounds, visits and findings, with their Chinese names."""

from django.db import models

# Judged by the rules of framework, and a word of this room too.
from chuangwen.framework.enums import Outcome as Outcome  # noqa: PLC0414


class RoundKind(models.TextChoices):
    """Why a round is held (行动计划 四（五）、五；2021年工作安排 三（三）)."""

    MOCK = "mock", "模拟测评"
    UNANNOUNCED = "unannounced", "暗访"
    TOUR = "tour", "拉练检查"
    QUALIFYING = "qualifying", "点位达标测评"
    REVISIT = "revisit", "复测"


class RoundState(models.TextChoices):
    """A draft is being drawn up; a running round is walked; a closed one never changes again."""

    DRAFT = "draft", "准备中"
    RUNNING = "running", "进行中"
    CLOSED = "closed", "已结束"


class Sampling(models.TextChoices):
    """How the sites of a round are chosen."""

    ALL = "all", "全部点位"
    STRATIFIED = "stratified", "分层随机抽样"
    BY_HAND = "by_hand", "人工选择"
    FAILED = "failed", "上轮未达标点位"


class VisitState(models.TextChoices):
    """What counts: at most one visit of each turn of a site; the others are kept and flagged.

    A visit in which nothing was judged (the place was locked) never takes the place of one to come.
    """

    COUNTED = "counted", "计入结果"
    SECOND = "second", "第二次测评（比对用）"
    EXTRA = "extra", "重复测评（不计）"
    UNDECIDED = "undecided", "没有判定任何一项（不计）"
    UNLISTED = "unlisted", "点位之外发现"


class RecordState(models.TextChoices):
    """What became of the bytes that a phone sent. Nothing that arrived is thrown away."""

    WAITING = "waiting", "等待照片"
    COMMITTED = "committed", "已确认"
    QUARANTINED = "quarantined", "待处理"
    DISMISSED = "dismissed", "不采用"


class FlagKind(models.TextChoices):
    """What a reviewer should look at. A flag never changes a result by itself."""

    FAR_AWAY = "far_away", "拍摄位置离点位较远"
    NO_POSITION = "no_position", "没有定位"
    CLOCK_DRIFT = "clock_drift", "手机时间不准"
    SAME_PHOTO = "same_photo", "照片与以前的相同"
    LIKE_PHOTO = "like_photo", "照片与以前的相似"
    TWO_VISITS = "two_visits", "同一点位重复测评"
    VERY_QUICK = "very_quick", "测评用时过短"
    NO_PHOTO = "no_photo", "缺少要求的照片"
    OLD_CHECKLIST = "old_checklist", "测评表不是本轮的版本"
    NOTHING_JUDGED = "nothing_judged", "没有判定任何一项"


class FlagState(models.TextChoices):
    """Whether a reviewer has looked."""

    OPEN = "open", "待查看"
    SETTLED = "settled", "已查看"


class FindingState(models.TextChoices):
    """A finding waits here until the rectification ledger takes it as a case."""

    OPEN = "open", "待处理"
    IN_CASE = "in_case", "已转整改"
    WITHDRAWN = "withdrawn", "已撤回"


class ReportState(models.TextChoices):
    """A report is set as PDF by the worker."""

    WAITING = "waiting", "排队等待"
    MAKING = "making", "正在生成"
    READY = "ready", "已生成"
    FAILED = "failed", "没有生成"


class Dimension(models.TextChoices):
    """By what results are added up."""

    ROUND = "round", "全部"
    SITE_TYPE = "site_type", "点位类型"
    UNIT = "unit", "主管单位"
    AREA = "area", "所属街道或社区"
    LINE = "line", "测评项"
    INSPECTOR = "inspector", "测评员"
    STRATUM = "stratum", "层"
