"""`chuangwen audit verify`: prove that nobody touched the log."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the group `audit`."""
    group = commands.add_parser("audit", help="审计日志").add_subparsers(required=True)
    verify = group.add_parser("verify", help="校验审计链；发现改、删、插、换、截则退出码为 1")
    verify.set_defaults(run=verify_chains)


def verify_chains(arguments: argparse.Namespace) -> int:
    """Check the chain of every tenant and print one verdict each."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.audit.queries import verify  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415

    whole = True
    for tenant in Tenant.objects.order_by("code"):
        verdict = verify(tenant_id=tenant.pk)
        whole = whole and verdict.whole
        print(f"{tenant.name}：{verdict.events} 条，{'完整' if verdict.whole else '有问题'}")
        for fault in verdict.faults:
            print(f"  {fault}")
    return 0 if whole else 1
