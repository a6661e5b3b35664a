"""`chuangwen demo`: load the demonstration district."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the command `demo`."""
    parser = commands.add_parser("demo", help="载入演示区（攀枝花市东区）")
    parser.add_argument("--accounts", action="store_true", help="只列出演示账号")
    parser.set_defaults(run=load_demonstration)


def load_demonstration(arguments: argparse.Namespace) -> int:
    """Load, or say that it is there; never into an installation in real use."""
    from chuangwen.demonstration.accounts import describe  # noqa: PLC0415 - lazily, like Django

    if not arguments.accounts:
        _load()
    print(describe())
    return 0


def _load() -> None:
    from chuangwen.commands import start_django  # noqa: PLC0415

    start_django()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from chuangwen import demonstration  # noqa: PLC0415
    from chuangwen.kit.errors import ChuangwenError  # noqa: PLC0415

    if not settings.CHUANGWEN_DEMONSTRATION:
        raise ChuangwenError(
            "演示账号的口令是公开的，不能载入正式系统。"
            "如要演示，请设置 CHUANGWEN_DEMONSTRATION=1，并使用单独的数据目录。"
        )
    call_command("migrate", interactive=False, verbosity=0)  # an empty folder is enough to start
    loaded = demonstration.load()
    print(f"已载入演示区：{loaded.name}" if loaded.fresh else f"演示区已存在：{loaded.name}")
