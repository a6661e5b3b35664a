"""`chuangwen worker`: background jobs and the schedule; `serve` starts it."""

import argparse
import logging
from typing import Any

JOB_LOGS = ("django_tasks", "django_tasks_db")


def register(commands: Any) -> None:
    """Add the command `worker`."""
    parser = commands.add_parser(
        "worker", help="后台任务、读入长文件、时限提醒和邮件（serve 自带）"
    )
    parser.add_argument("--every-job", action="store_true", help="每件任务的开始和完成都写进日志")
    parser.set_defaults(run=run_worker)


def run_worker(arguments: argparse.Namespace) -> int:
    """Work until a signal."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    from chuangwen.operations.reader import Reader  # noqa: PLC0415
    from chuangwen.operations.schedule import Ticker  # noqa: PLC0415

    if not arguments.every_job:
        log_failures_only()
    beside = (Ticker(), Reader())
    for thread in beside:
        thread.start()
    try:
        call_command("db_worker", reload=False)
    finally:
        for thread in beside:
            thread.stop()
    return 0


def log_failures_only() -> None:
    """Keep two lines a job out of the terminal, where the address and the accounts stand."""
    for name in JOB_LOGS:
        logging.getLogger(name).addFilter(_is_trouble)


def _is_trouble(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
