"""`chuangwen inspection replay`: reckon closed rounds again from what was observed."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the group `inspection`."""
    group = commands.add_parser("inspection", help="实地测评").add_subparsers(required=True)
    replay = group.add_parser(
        "replay", help="由观察值重新判定已结束的轮次，与结束时的校验值比较；不符则退出码为 1"
    )
    replay.add_argument("--round", type=int, metavar="序号", help="只核对这一轮")
    replay.set_defaults(run=replay_rounds)


def replay_rounds(arguments: argparse.Namespace) -> int:
    """Replay the closed rounds of every district and print one verdict each."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.inspection.actions.closing import replay_round  # noqa: PLC0415
    from chuangwen.inspection.enums import RoundState  # noqa: PLC0415
    from chuangwen.inspection.models import Round  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    agrees = True
    for tenant in Tenant.objects.order_by("code"):
        with tenant_scope(tenant.pk):
            closed = Round.objects.filter(state=RoundState.CLOSED).order_by("number")
            if arguments.round is not None:
                closed = closed.filter(number=arguments.round)
            for within in closed:
                replay = replay_round(within)
                agrees = agrees and replay.agrees
                verdict = "与结束时一致" if replay.agrees else "与结束时不一致"
                counts = f"，{replay.differing_counts} 个计数有出入"
                extra = counts if replay.differing_counts else ""
                print(f"{tenant.name}：第 {within.number} 轮“{within.name}”{verdict}{extra}")
    return 0 if agrees else 1
