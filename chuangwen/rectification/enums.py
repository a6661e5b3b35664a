"""Sources, stages and steps of a case, with their Chinese names."""

from django.db import models

# The names under which files are at a case, and at one of its events.
CASE_KIND, EVENT_KIND = "rectification.case", "rectification.event"


class Source(models.TextChoices):
    """Where a problem was seen (行动计划 五（二）3: 综合督查体系 names five of them)."""

    INSPECTION = "inspection", "实地测评"
    UNANNOUNCED = "unannounced", "暗访"
    TOUR = "tour", "拉练检查"
    CITY_OFFICE = "city_office", "市创文办日常督查"
    CONGRESS = "congress", "人大专项监督检查"
    CONSULTATIVE = "consultative", "政协定期视察检查"
    SOCIETY = "society", "社会监督"
    MEDIA = "media", "新闻媒体监督"
    CITIZEN = "citizen", "群众反映"
    OPINION = "opinion", "网络舆情"
    HOTLINE = "hotline", "12345热线、数字城管"
    LEADER = "leader", "领导交办"
    SELF = "self", "单位自查"


class CaseState(models.TextChoices):
    """The stages of GB/T 30428.1 from 信息收集 to 核查结案, and the ways out of them.

    缓办 is no stage: a suspended case keeps the one it is in.
    """

    REPORTED = "reported", "待立案"
    DECLINED = "declined", "不予立案"
    FILED = "filed", "待派遣"
    DISPATCHED = "dispatched", "待接收"
    HANDLING = "handling", "整改中"
    REWORK = "rework", "返工中"
    SUBMITTED = "submitted", "待核查"
    VERIFIED = "verified", "待销号"
    CLOSED = "closed", "已销号"
    CANCELLED = "cancelled", "已作废"
    MERGED = "merged", "已并案"


class ShareKind(models.TextChoices):
    """What a unit is in a case; every case that was dispatched has one that leads."""

    LEAD = "lead", "牵头整改"
    SUPPORTING = "supporting", "配合整改"


class ShareState(models.TextChoices):
    """How far one unit is with its share of a case."""

    ASSIGNED = "assigned", "待接收"
    ACCEPTED = "accepted", "整改中"
    REFUSED = "refused", "已退回"
    DONE = "done", "已整改"
    REWORK = "rework", "返工中"
    WITHDRAWN = "withdrawn", "已改派"


class Step(models.TextChoices):
    """Everything that can happen to a case; each is one event, and only events move a case."""

    REPORT = "report", "登记"
    FILE = "file", "立案"
    DECLINE = "decline", "不予立案"
    RECONSIDER = "reconsider", "重新受理"
    DISPATCH = "dispatch", "派遣"
    REASSIGN = "reassign", "改派"
    ACCEPT = "accept", "接收"
    REFUSE = "refuse", "退回"
    FINISH = "finish", "报送整改结果"
    RECALL = "recall", "撤回报送"
    PASS = "pass", "核查通过"
    FAIL = "fail", "核查不通过（返工）"
    RECHECK = "recheck", "退回重新核查"
    CLOSE = "close", "销号"
    REOPEN = "reopen", "反弹重开"
    ASK_EXTENSION = "ask_extension", "申请延期"
    EXTEND = "extend", "同意延期"
    DENY_EXTENSION = "deny_extension", "不同意延期"
    SUSPEND = "suspend", "缓办"
    RESUME = "resume", "恢复办理"
    CANCEL = "cancel", "作废"
    MERGE = "merge", "并案"
    TAKE_IN = "take_in", "并入他案"
    HAND_OVER = "hand_over", "随单位合并移交"


class CategoryKind(models.TextChoices):
    """The two great classes of GB/T 30428.2: things that are there, and things that happen."""

    COMPONENT = "component", "部件"
    EVENT = "event", "事件"


class OriginKind(models.TextChoices):
    """The record above from which a case was opened; its key is kept beside it, with no foreign
    key, for a lower room does not know the rooms above."""

    FINDING = "finding", "测评发现的问题"
