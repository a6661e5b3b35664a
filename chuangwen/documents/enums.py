"""Kinds, states and steps of official papers, with their Chinese names."""

from django.db import models


class PaperKind(models.TextChoices):
    """What a paper is; further kinds only need their wording and their builder in `reports`."""

    BULLETIN = "bulletin", "通报"
    NOTICE = "notice", "整改通知书"
    SUMMARY = "summary", "月度总结"


class PaperState(models.TextChoices):
    """How far a paper is. From `WAITING` on it has its number and its date; the worker then sets
    and freezes its pages."""

    DRAFT = "draft", "起草中"
    REVIEW = "review", "审核中"
    SIGNED = "signed", "已签发"
    WAITING = "waiting", "已编号，等待制作"
    MAKING = "making", "正在制作"
    STOPPED = "stopped", "制作没有成功"
    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤回"


class PaperStep(models.TextChoices):
    """What is done to a paper; each is one event."""

    DRAFT = "draft", "起草"
    EDIT = "edit", "修改"
    SUBMIT = "submit", "送审"
    RETURN = "return", "退回修改"
    SIGN = "sign", "签发"
    ISSUE = "issue", "编号印发"
    FREEZE = "freeze", "制作完成"
    FAIL = "fail", "制作没有成功"
    RETRY = "retry", "重新制作"
    WITHDRAW = "withdraw", "撤回"
    REVOKE = "revoke", "声明作废"
