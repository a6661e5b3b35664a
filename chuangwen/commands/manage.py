"""`chuangwen manage …`: Django's own commands, such as migrate."""

import argparse
import os
from typing import Any


def register(commands: Any) -> None:
    """Add the command `manage`."""
    parser = commands.add_parser(
        "manage", help="数据库等维护命令，如 migrate、check、shell", add_help=False
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run_management)


def run_management(arguments: argparse.Namespace) -> int:
    """Hand over to Django; it exits by itself on errors."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chuangwen.settings")
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    settings.CHUANGWEN_DATA.mkdir(parents=True, exist_ok=True)
    execute_from_command_line(["chuangwen manage", *(arguments.rest or ["help"])])
    return 0
