"""`chuangwen remind`: the day's reminders now; the worker does the same every morning."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the command `remind`."""
    parser = commands.add_parser("remind", help="发出今天的时限提醒（后台任务每天自动做一次）")
    parser.set_defaults(run=remind)


def remind(arguments: argparse.Namespace) -> int:
    """Remind in every district; repeating it tells nobody twice."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.kit import clock  # noqa: PLC0415
    from chuangwen.kit.calendar import caveat  # noqa: PLC0415
    from chuangwen.people.actors import system_actor  # noqa: PLC0415
    from chuangwen.plan.actions.reminding import remind_of_deadlines  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    day = clock.today()
    for tenant in Tenant.objects.order_by("code"):
        with tenant_scope(tenant.pk):
            done = remind_of_deadlines(day=day, by=system_actor(tenant.pk))
        said = (
            f"发出 {done.reminders} 条提醒（接 {done.since} 之后）"
            if done
            else "当日提醒已发出，或另一进程正在处理"
        )
        print(f"{tenant.name} {day}：{said}")
    if note := caveat(day, day):
        print(note)
    return 0
