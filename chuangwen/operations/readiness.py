"""Is this installation fit to be served? Asked before a port is opened."""

import ipaddress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chuangwen.kit.errors import ChuangwenError
from chuangwen.web import vite


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach `host`."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_insecure(host: str) -> None:
    """Raise ChuangwenError for settings that must not be reachable from other machines."""
    if settings.DEBUG and not is_loopback(host):
        raise ChuangwenError(
            f"CHUANGWEN_DEBUG=1 会向访问者显示内部信息，不能在 {host} 上提供服务。"
            "请去掉它，或改用 --host 127.0.0.1。"
        )
    if "*" in settings.ALLOWED_HOSTS and not settings.CHUANGWEN_DEMONSTRATION:
        raise ChuangwenError(
            "CHUANGWEN_HOSTS=* 会接受任何主机名。请写明实际的主机名，如 cw.example.gov.cn。"
        )


def refuse_unbuilt() -> None:
    """Raise ChuangwenError when pages would come without styles; debugging may go on bare."""
    if not vite.is_built() and not settings.DEBUG:
        raise ChuangwenError(f"前端尚未构建：没有 {vite.MANIFEST}。{vite.REMEDY}")


def ensure_migrated(*, migrate: bool) -> None:
    """Bring the schema up to date, or raise ChuangwenError that says how."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    if not pending:
        return
    if not migrate:
        raise ChuangwenError(
            f"数据库结构需要升级（{len(pending)} 项）。请先用 chuangwen backup 备份，"
            "再运行 chuangwen serve --migrate，或 chuangwen manage migrate。"
        )
    call_command("migrate", interactive=False, verbosity=1)
    connection.close()
