"""The side navigation: what there is, and who sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; any of `may` shows it, empty means everybody signed in.

    `covers` are addresses below another entry's that are pages of this one all the same.
    """

    label: str
    url_name: str
    icon: str
    may: tuple[Permission, ...] = ()
    covers: tuple[str, ...] = ()


ACCOUNTS = (Permission.MANAGE_ACCOUNTS, Permission.MANAGE_SECURITY)
READ = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "工作",
        (
            Entry("首页", "home", "home"),
            Entry("单位任务", "plan-parts", "list-check", READ),
            Entry("日历", "plan-calendar", "calendar-event", READ),
            Entry("通知", "notices", "bell"),
            Entry("超期催办", "plan-urge", "clock", (Permission.DISPATCH_TASKS,)),
        ),
    ),
    (
        "计划",
        (
            Entry("行动计划", "plan", "list-tree", READ),
            Entry("任务", "plan-tasks", "list-details", READ),
            Entry("年度和阶段", "plan-timeline", "timeline", READ),
            Entry("责任疑问", "plan-questions", "message-question", READ),
            Entry("工作机制", "plan-mechanisms", "history", READ),
            Entry("导入与核对", "plan-imports", "file-import", (Permission.MANAGE_PLAN,)),
        ),
    ),
    (
        "测评",
        (
            Entry("点位", "sites", "map-pin", READ),
            Entry("指标", "indicators", "target-arrow", READ),
            Entry("指标值审核", "indicator-waiting", "check", (Permission.REVIEW_INDICATORS,)),
            Entry("现场测评", "field", "device-mobile", (Permission.INSPECT,)),
            Entry("测评体系", "framework", "scale", READ),
            Entry("现场记录", "field-records", "file-import", (Permission.REVIEW_RECORDS,)),
            Entry("测评提示", "visit-flags", "message-question", (Permission.REVIEW_RECORDS,)),
            Entry("测评轮次", "rounds", "clipboard-check", READ),
            Entry("发现问题", "findings", "flag", READ),
        ),
    ),
    (
        "整改",
        (
            Entry("问题整改", "cases", "list-check", READ),
            Entry("整改统计", "case-figures", "chart-bar", (Permission.VIEW_DISTRICT,)),
            Entry("逐级督促", "standings", "history", READ),
            Entry("督办单", "supervision-notices", "send", READ),
            Entry("公文", "papers", "file-text", READ),
            Entry("会议", "meetings", "calendar-event", READ),
            Entry("问责台账", "accountabilities", "lock", (Permission.HANDLE_ACCOUNTABILITY,)),
            Entry("问题类别", "case-categories", "books", (Permission.MANAGE_CASES,)),
        ),
    ),
    (
        "管理",
        (
            Entry(
                "单位",
                "units",
                "building-community",
                (*READ, Permission.MANAGE_UNITS),
                covers=("/plan/units/",),
            ),
            Entry("账号", "accounts", "users", ACCOUNTS),
            Entry("运行状况", "overview", "settings", (*ACCOUNTS, Permission.VIEW_AUDIT)),
            Entry("邮件发送", "deliveries", "send", (Permission.MANAGE_ACCOUNTS,)),
            Entry("角色与权限", "roles", "shield-check", (*ACCOUNTS, Permission.VIEW_AUDIT)),
            Entry("登录失败", "login-failures", "lock", (Permission.MANAGE_SECURITY,)),
            Entry("审计", "audit", "history", (Permission.VIEW_AUDIT,)),
        ),
    ),
)


def navigation_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Return the groups with at least one visible entry, the current one marked."""
    groups: list[dict[str, Any]] = []
    for label, entries in GROUPS:
        items = [_item(entry) for entry in entries if _visible(entry, actor)]
        if items:
            groups.append({"label": label, "items": items})
    _mark_current([item for group in groups for item in group["items"]], path)
    return groups


def _visible(entry: Entry, actor: Actor) -> bool:
    check: Callable[[Permission], bool] = actor.may
    return not entry.may or any(check(permission) for permission in entry.may)


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": reverse(entry.url_name),
        "icon": entry.icon,
        "active": False,
        "covers": (reverse(entry.url_name), *entry.covers),
    }


def _mark_current(items: list[dict[str, Any]], path: str) -> None:
    """Mark the entry that covers the longest beginning of the page's address."""
    leading = [
        (len(beginning), item)
        for item in items
        for beginning in item["covers"]
        if path.startswith(beginning) and (beginning != "/" or path == "/")
    ]
    if leading:
        max(leading, key=lambda pair: pair[0])[1]["active"] = True
