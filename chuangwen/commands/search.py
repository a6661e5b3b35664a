"""`chuangwen search rebuild`: make the index of words anew, for every district."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the group `search`."""
    group = commands.add_parser("search", help="查找索引").add_subparsers(required=True)
    rebuild = group.add_parser("rebuild", help="按现有内容重建查找索引；服务可以不停")
    rebuild.set_defaults(run=rebuild_index)


def rebuild_index(arguments: argparse.Namespace) -> int:
    """Rebuild and print how much of each kind can be found."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.search.actions import rebuild  # noqa: PLC0415
    from chuangwen.search.sources import all_sources  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    labels = {source.kind: source.model._meta.verbose_name for source in all_sources()}
    for tenant in Tenant.objects.order_by("code"):
        with tenant_scope(tenant.pk):
            numbers = rebuild()
        counted = "，".join(f"{labels[kind]} {number}" for kind, number in numbers.items())
        print(f"{tenant.name}：{counted}")
    return 0
