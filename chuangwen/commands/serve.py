"""`chuangwen serve`: the web server and the worker, as one service."""

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the command `serve`."""
    parser = commands.add_parser("serve", help="启动服务（网页与后台任务）")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000；0 为任选空闲端口")
    parser.add_argument("--workers", type=int, default=1, help="网页进程数，默认 1")
    parser.add_argument("--no-worker", action="store_true", help="不启动后台任务进程")
    parser.add_argument("--migrate", action="store_true", help="启动前升级数据库结构")
    parser.set_defaults(run=run_service)


def run_service(arguments: argparse.Namespace) -> int:
    """Check that the installation is fit, then serve until stopped."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django
    from chuangwen.operations import serving  # noqa: PLC0415

    if arguments.workers < 1:
        raise SystemExit(f"--workers 的值“{arguments.workers}”无效。请写 1 或更大的数。")
    port = serving.claim_port(arguments.host, arguments.port)
    start_django()
    from django.conf import settings  # noqa: PLC0415

    from chuangwen.operations import readiness, running  # noqa: PLC0415 - needs Django

    readiness.refuse_insecure(arguments.host)
    readiness.refuse_unbuilt()
    service = serving.Service(arguments.host, port, arguments.workers, not arguments.no_worker)
    shown = f"[{arguments.host}]" if ":" in arguments.host else arguments.host

    def ready() -> None:
        print(f"创文已启动：http://{shown}:{port}/  （Ctrl-C 停止）", flush=True)

    with running.service_runs(settings.CHUANGWEN_DATA):
        readiness.ensure_migrated(migrate=arguments.migrate)
        return serving.serve(service, ready=ready)
