"""`chuangwen tallies check` and `rebuild`: the counts on the boards against the rows they count."""

import argparse
from typing import Any

SHOWN = 20


def register(commands: Any) -> None:
    """Add the group `tallies`."""
    group = commands.add_parser("tallies", help="任务、测评和点位的计数").add_subparsers(
        required=True
    )
    check = group.add_parser("check", help="核对计数与任务、测评、点位；有出入则列出，退出码为 1")
    check.set_defaults(run=check_tallies)
    rebuild = group.add_parser(
        "rebuild", help="按现有任务、测评和点位重新计数；服务可以不停，写入会稍等"
    )
    rebuild.set_defaults(run=rebuild_all)


def check_tallies(arguments: argparse.Namespace) -> int:
    """Compare the counts of every district and print what differs."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.inspection.actions.recounting import find_round_drift  # noqa: PLC0415
    from chuangwen.people.models import Unit  # noqa: PLC0415
    from chuangwen.plan.actions.recounting import find_drift  # noqa: PLC0415
    from chuangwen.plan.enums import TallyKind  # noqa: PLC0415
    from chuangwen.sites.actions.recounting import (  # noqa: PLC0415
        find_outside_drift,
        find_site_drift,
    )
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    agrees = True
    for tenant in Tenant.objects.order_by("code"):
        with tenant_scope(tenant.pk):
            drift = find_drift()
            of_rounds = find_round_drift()
            of_sites = find_site_drift()
            outside = find_outside_drift()
            names = dict(Unit.objects.values_list("pk", "name"))
        agrees = agrees and not (drift or of_rounds or of_sites or outside)
        found = len(drift.buckets) + len(drift.tasks)
        print(f"{tenant.name}：{f'{found} 处有出入' if drift else '计数与任务相符'}")
        for (holder, kind, day), (stored, counted) in list(drift.buckets.items())[:SHOWN]:
            whose, what = names.get(holder, tenant.name), TallyKind(kind).label
            when = "" if day.year == 9999 else f" {day}"
            print(f"  {whose} {what}{when}：记为 {stored}，实为 {counted}")
        if drift.tasks:
            print(f"  {len(drift.tasks)} 项任务“可确认整体完成”的标记不对")
        for one in of_rounds:
            print(f"  测评轮次“{one.within}”：{len(one.numbers)} 个计数有出入")
        if of_sites:
            print(f"  地图网格中 {len(of_sites)} 格的点位数有出入")
        if outside:
            print(f"  {outside} 个点位“在边界外”的标记不对")
    if not agrees:
        print("请用 chuangwen tallies rebuild 重新计数，并报告此问题。")
    return 0 if agrees else 1


def rebuild_all(arguments: argparse.Namespace) -> int:
    """Count every district anew and print how many counts there are."""
    from chuangwen.commands import start_django  # noqa: PLC0415

    start_django()
    from chuangwen.inspection.actions.recounting import rebuild_round_tallies  # noqa: PLC0415
    from chuangwen.plan.actions.recounting import rebuild_tallies  # noqa: PLC0415
    from chuangwen.sites.actions.recounting import (  # noqa: PLC0415
        rebuild_outside,
        rebuild_site_tallies,
    )
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    rebuilds = (rebuild_tallies, rebuild_round_tallies, rebuild_site_tallies)
    for tenant in Tenant.objects.order_by("code"):
        with tenant_scope(tenant.pk):
            print(f"{tenant.name}：{sum(rebuild() for rebuild in rebuilds)} 个计数")
            if mended := rebuild_outside():
                print(f"  改正 {mended} 个点位“在边界外”的标记")
    return 0
