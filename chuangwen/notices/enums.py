"""Kinds and states of notices, with their Chinese names."""

from django.db import models


class NoticeKind(models.TextChoices):
    """What a notice is for; people choose by kind what they also get by e-mail."""

    TASK_DISPATCHED = "task_dispatched", "任务下达"
    MEASURES_SUBMITTED = "measures_submitted", "措施待审核"
    MEASURES_RETURNED = "measures_returned", "措施退回"
    MEASURES_CONFIRMED = "measures_confirmed", "措施通过"
    PART_DONE = "part_done", "单位报完成"
    PART_REWORKED = "part_reworked", "退回继续办理"
    TASK_COMPLETED = "task_completed", "任务办结"
    TASK_CANCELLED = "task_cancelled", "任务作废"
    DEADLINE_MOVED = "deadline_moved", "时限调整"
    QUESTION_ASKED = "question_asked", "责任疑问"
    QUESTION_ANSWERED = "question_answered", "疑问答复"
    REPORTER_ASSIGNED = "reporter_assigned", "指标填报"
    VALUE_RETURNED = "value_returned", "指标值退回"
    VALUE_ACCEPTED = "value_accepted", "指标值接收"
    SITES_ASSIGNED = "sites_assigned", "指定主管点位"
    ROUND_STARTED = "round_started", "测评轮次启动"
    ROUND_CHANGED = "round_changed", "测评点位变动"
    ROUND_CLOSED = "round_closed", "测评轮次结束"
    CASE_DISPATCHED = "case_dispatched", "问题派遣"
    CASE_REASSIGNED = "case_reassigned", "问题改派"
    CASE_REFUSED = "case_refused", "问题退回"
    CASE_SUBMITTED = "case_submitted", "整改待核查"
    CASE_FAILED = "case_failed", "返工"
    CASE_EXTENSION_ASKED = "case_extension_asked", "申请延期"
    CASE_EXTENSION_DECIDED = "case_extension_decided", "延期答复"
    CASE_SUSPENDED = "case_suspended", "缓办、恢复办理"
    CASE_CLOSED = "case_closed", "问题销号"
    CASE_REOPENED = "case_reopened", "反弹重开"
    CASE_ENDED = "case_ended", "问题不予立案、作废、并案"
    ESCALATED = "escalated", "逐级督促"
    MEETING_CALLED = "meeting_called", "会议通知"
    MEETING_SETTLED = "meeting_settled", "会议议定事项"
    SUPERVISION_SERVED = "supervision_served", "督办单下达"
    SUPERVISION_ANSWERED = "supervision_answered", "督办单签收、答复"
    SUPERVISION_DECIDED = "supervision_decided", "督办单审阅、办结、撤回"
    PAPER_TO_SIGN = "paper_to_sign", "公文待签发"
    PAPER_RETURNED = "paper_returned", "公文退回修改"
    PAPER_ISSUED = "paper_issued", "公文印发"
    DUE_SOON = "due_soon", "临近时限"
    DUE_TODAY = "due_today", "今天到期"
    OVERDUE = "overdue", "超期"
    OVERDUE_DIGEST = "overdue_digest", "时限日报"
    URGED = "urged", "催办"


# By e-mail unless the person says otherwise: what somebody has to act on.
MAILED_BY_DEFAULT = frozenset(
    {
        NoticeKind.TASK_DISPATCHED,
        NoticeKind.REPORTER_ASSIGNED,
        NoticeKind.MEASURES_RETURNED,
        NoticeKind.PART_REWORKED,
        NoticeKind.DEADLINE_MOVED,
        NoticeKind.VALUE_RETURNED,
        NoticeKind.QUESTION_ANSWERED,
        NoticeKind.SITES_ASSIGNED,
        NoticeKind.ROUND_STARTED,
        NoticeKind.CASE_DISPATCHED,
        NoticeKind.CASE_REASSIGNED,
        NoticeKind.CASE_REFUSED,
        NoticeKind.CASE_FAILED,
        NoticeKind.CASE_EXTENSION_ASKED,
        NoticeKind.CASE_EXTENSION_DECIDED,
        NoticeKind.ROUND_CHANGED,
        NoticeKind.ESCALATED,
        NoticeKind.SUPERVISION_SERVED,
        NoticeKind.MEETING_CALLED,
        NoticeKind.MEETING_SETTLED,
        NoticeKind.SUPERVISION_DECIDED,
        NoticeKind.PAPER_TO_SIGN,
        NoticeKind.PAPER_RETURNED,
        NoticeKind.PAPER_ISSUED,
        NoticeKind.DUE_SOON,
        NoticeKind.DUE_TODAY,
        NoticeKind.OVERDUE,
        NoticeKind.OVERDUE_DIGEST,
        NoticeKind.URGED,
    }
)


class AboutKind(models.TextChoices):
    """What a notice leads to; the web knows the address of each (`links.py`)."""

    PART = "part", "单位任务"
    TASK = "task", "任务"
    ACTION = "action", "提升行动"
    INDICATOR = "indicator", "指标"
    INDICATORS = "indicators", "指标清单"
    LATE_PARTS = "late_parts", "超期任务"
    ROUND = "round", "测评轮次"
    SITE = "site", "点位"
    UNIT_SITES = "unit_sites", "单位的点位"
    CASE = "case", "问题"
    CASES = "cases", "问题清单"
    STANDINGS = "standings", "逐级督促"
    SUPERVISION_NOTICE = "supervision_notice", "督办单"
    MEETING = "meeting", "会议"
    PAPER = "paper", "公文"


class Channel(models.TextChoices):
    """Ways to reach somebody besides their page of notices."""

    EMAIL = "email", "邮件"


class DeliveryState(models.TextChoices):
    """One message on its way through a channel."""

    WAITING = "waiting", "待发送"
    SENT = "sent", "已发送"
    FAILED = "failed", "发送失败"
