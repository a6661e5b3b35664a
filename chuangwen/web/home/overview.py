"""The state of the installation: each of the three administrators sees the own part only."""

import datetime
from typing import Any

from django.db.models import Subquery
from django.http import HttpResponse
from django.shortcuts import render

from chuangwen.audit.models import AuditEvent, AuditHead
from chuangwen.kit import clock
from chuangwen.notices.enums import DeliveryState
from chuangwen.notices.queries.mail import delivery_numbers
from chuangwen.operations.overview import Fact, configuration_warnings, moment, system_facts
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import (
    administrators_without_second_factor,
    blocked_accounts,
    manageable_accounts,
)
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.home.numbers import count_all

CHECKED = "audit.verified"
MAY = (Permission.MANAGE_ACCOUNTS, Permission.MANAGE_SECURITY, Permission.VIEW_AUDIT)


@page(may=MAY)
def show_overview(request: ActorRequest) -> HttpResponse:
    """Show version, database, worker, mail, files, backup; failed sign-ins; the audit chain."""
    actor = request.actor
    context: dict[str, Any] = {"parts": []}
    if actor.may(Permission.MANAGE_ACCOUNTS):
        context["warnings"] = configuration_warnings()
        context["parts"].append(("系统", [*system_facts(), *_mail(actor)]))
    if actor.may(Permission.MANAGE_SECURITY):
        context["parts"].append(("登录安全", _security(actor)))
    if actor.may(Permission.VIEW_AUDIT):
        context["parts"].append(("审计", _audit(actor)))
    return render(request, "home/overview.html", context)


def _mail(actor: Actor) -> list[Fact]:
    numbers = delivery_numbers(actor)
    failed = numbers.get(DeliveryState.FAILED, 0)
    return [
        Fact("待发送的邮件", f"{numbers.get(DeliveryState.WAITING, 0)} 封"),
        Fact("发送失败的邮件", f"{failed} 封", "请在“邮件发送”中查看原因。" if failed else ""),
    ]


def _security(actor: Actor) -> list[Fact]:
    yesterday = clock.now() - datetime.timedelta(days=1)
    failures = blocked_accounts(actor)
    recent = failures.filter(last_failed_at__gt=yesterday)
    numbers = count_all(
        actor,
        failed=manageable_accounts(actor).filter(pk__in=recent.order_by().values("account")),
        blocked=failures.filter(blocked_until__gt=clock.now()),
        weak=administrators_without_second_factor(actor),
    )
    blocked, weak = numbers["blocked"], numbers["weak"]
    return [
        Fact("24 小时内登录失败的账号", f"{numbers['failed']} 个"),
        Fact("正在锁定", f"{blocked} 处", "请在“登录失败”中查看。" if blocked else ""),
        Fact("未绑定动态口令的管理员", f"{weak} 人", "请提醒其绑定。" if weak else ""),
    ]


def _audit(actor: Actor) -> list[Fact]:
    last = AuditEvent.objects.filter(verb=CHECKED).order_by("-sequence")
    head = AuditHead.objects.filter(pk=actor.tenant_id).annotate(
        checked_at=Subquery(last.values("occurred_at")[:1]),
        found=Subquery(last.values("changes")[:1]),
    )
    number, checked_at, found = head.values_list("sequence", "checked_at", "found").get()
    if checked_at is None:
        verified = Fact("最近的校验", "没有校验过", "请在“审计”中校验审计链。")
    else:
        whole = not found.get("faults")
        said = "完整" if whole else "不完整"
        words = f"{moment(checked_at)}，{said}（{found.get('events')} 条）"
        verified = Fact("最近的校验", words, "" if whole else "请立即查明并报告。")
    return [Fact("审计记录", f"{number} 条"), verified]
