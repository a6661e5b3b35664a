"""`chuangwen worker`: background jobs and the schedule; `serve` starts it."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the command `worker`."""
    parser = commands.add_parser(
        "worker", help="后台任务、读入长文件、时限提醒和邮件（serve 自带）"
    )
    parser.set_defaults(run=run_worker)


def run_worker(arguments: argparse.Namespace) -> int:
    """Work until a signal."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    from chuangwen.operations.reader import Reader  # noqa: PLC0415
    from chuangwen.operations.schedule import Ticker  # noqa: PLC0415

    beside = (Ticker(), Reader())
    for thread in beside:
        thread.start()
    try:
        call_command("db_worker", reload=False)
    finally:
        for thread in beside:
            thread.stop()
    return 0
