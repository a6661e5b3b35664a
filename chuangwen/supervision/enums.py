"""Rungs of the ladder, and the life of a 督办单, with their Chinese names."""

from django.db import models

# The name under which files are at a step of a 督办单.
ANSWER_KIND = "supervision.answer"


class Measure(models.TextChoices):
    """What reaching a rung amounts to. The system tells people and keeps the list; whoever issues
    a 通报, holds a 约谈 or proposes 问责 is a person."""

    REMIND = "remind", "提醒"
    URGE = "urge", "催办"
    BULLETIN = "bulletin", "列入通报"
    TALK = "talk", "约谈"
    ACCOUNTABILITY = "accountability", "问责建议"


class Audience(models.TextChoices):
    """Who is told at a rung."""

    CLERK = "clerk", "联络员"
    HEAD = "head", "负责人"
    LEADER = "leader", "分管领导"
    OFFICE = "office", "创文办"


class NoticeState(models.TextChoices):
    """How far a 督办单 is."""

    DRAFT = "draft", "草稿"
    SERVED = "served", "待签收"
    RECEIPTED = "receipted", "待答复"
    ANSWERED = "answered", "已答复待审"
    RETURNED = "returned", "退回重新答复"
    ACCEPTED = "accepted", "答复通过"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class NoticeStep(models.TextChoices):
    """Everything that can happen to a 督办单; each is one row of its course."""

    DRAFT = "draft", "起草"
    EDIT = "edit", "修改"
    SERVE = "serve", "下达"
    RECEIPT = "receipt", "签收"
    ANSWER = "answer", "答复"
    ACCEPT = "accept", "答复通过"
    RETURN = "return", "退回重新答复"
    CLOSE = "close", "办结"
    WITHDRAW = "withdraw", "撤回"
    HAND_OVER = "hand_over", "随单位合并移交"


class AccountabilityState(models.TextChoices):
    """How far a matter of 问责 is."""

    PROPOSED = "proposed", "待决定"
    DROPPED = "dropped", "不予问责"
    DECIDED = "decided", "已决定"
    APPEALED = "appealed", "申诉中"
    UPHELD = "upheld", "维持原决定"
    CHANGED = "changed", "已变更决定"
    REVOKED = "revoked", "已撤销决定"
    CARRIED_OUT = "carried_out", "已执行"


class AccountabilityStep(models.TextChoices):
    """Everything that can happen to a matter."""

    PROPOSE = "propose", "提出建议"
    DECIDE = "decide", "作出决定"
    DROP = "drop", "不予问责"
    APPEAL = "appeal", "提出申诉"
    UPHOLD = "uphold", "维持原决定"
    CHANGE = "change", "变更决定"
    REVOKE = "revoke", "撤销决定"
    CARRY_OUT = "carry_out", "执行"


class MeetingKind(models.TextChoices):
    """The meetings that the notice names."""

    LAUNCH = "launch", "启动会"
    MOBILISATION = "mobilisation", "动员大会"
    PROGRESS = "progress", "推进会"
    DISPATCH = "dispatch", "调度会"
    HEADQUARTERS = "headquarters", "指挥部会议"
    OFFICE = "office", "指挥部办公室会议"
    OATH = "oath", "誓师大会"
    OTHER = "other", "其他会议"


class MeetingState(models.TextChoices):
    """Whether a meeting is still to come."""

    PLANNED = "planned", "待召开"
    HELD = "held", "已召开"
    CANCELLED = "cancelled", "已取消"


class Presence(models.TextChoices):
    """Whether a unit came."""

    EXPECTED = "expected", "应到"
    PRESENT = "present", "到会"
    EXCUSED = "excused", "请假"
    ABSENT = "absent", "缺席"


class DecisionState(models.TextChoices):
    """Whether what was settled is done."""

    OPEN = "open", "落实中"
    DONE = "done", "已完成"
