"""How this installation fares, for those who administrate it. Reads only."""

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Sum
from django.db.models.expressions import RawSQL

import chuangwen
from chuangwen.files.models import StoredFile
from chuangwen.kit import clock
from chuangwen.operations.marks import SECONDS_BETWEEN_MARKS, by_machine, latest
from chuangwen.operations.models import MarkKind

WORKER_IS_LATE = datetime.timedelta(seconds=SECONDS_BETWEEN_MARKS * 6)
BACKUP_IS_OLD = datetime.timedelta(days=2)
LITTLE_SPACE = 0.1  # of the disk


@dataclass(frozen=True)
class Fact:
    """One line: what, its value in words, and whether somebody should act."""

    label: str
    value: str
    warning: str = ""


def system_facts() -> list[Fact]:
    """Return the state of program, database, worker, files and backup."""
    return [
        Fact("版本", chuangwen.__version__),
        *_database(),
        _worker(),
        *_storage(),
        _backup(),
    ]


def configuration_warnings() -> list[str]:
    """Return what an inspector would object to, each with what to do."""
    said = []
    if settings.DEBUG:
        said.append("CHUANGWEN_DEBUG=1 会显示内部信息。请去掉后重新启动。")
    if not settings.SESSION_COOKIE_SECURE:
        said.append("没有启用 HTTPS，口令和会话以明文传送。请配置反向代理并设 CHUANGWEN_HTTPS=1。")
    if settings.CHUANGWEN_DEMONSTRATION:
        said.append("这是演示区，演示账号的口令是公开的。正式使用请去掉 CHUANGWEN_DEMONSTRATION。")
    if clock.is_fixed():
        said.append("系统的“今天”被固定。正式使用请去掉 CHUANGWEN_TODAY。")
    if "*" in settings.ALLOWED_HOSTS:
        said.append("CHUANGWEN_HOSTS=* 接受任何主机名。请写明实际的主机名。")
    if len(settings.SECRET_KEY) < 50:
        said.append("签名密钥不足 50 个字符。请去掉 CHUANGWEN_SECRET_KEY，让系统自行生成。")
    return said


def _database() -> list[Fact]:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        size = "(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)"
        database = f"SQLite（{Path(name).name}）"
    else:
        size, database = "pg_database_size(current_database())", f"PostgreSQL（{name}）"
    applied = MigrationRecorder(connection).migration_qs.order_by("-applied", "-pk")
    last = applied.annotate(size=RawSQL(size, [])).first()  # noqa: S611 - own words
    if last is None:  # no page is shown by an installation that was never migrated
        raise LookupError("no migration is recorded")
    return [
        Fact("数据库", f"{database}，{size_in_words(last.size)}"),
        Fact("最近的结构升级", f"{last.app}.{last.name}，{moment(last.applied)}"),
    ]


def _worker() -> Fact:
    seen = by_machine(MarkKind.WORKER)
    if not seen:
        return Fact("后台进程", "没有运行过", "提醒和邮件不会发出。请用 chuangwen serve 启动。")
    last = seen[0]
    when, alive = moment(last.happened_at), clock.now() - WORKER_IS_LATE
    running = sorted(mark.machine for mark in seen if mark.happened_at >= alive)
    if not running:
        said = f"最近一次在 {when}（{last.machine}）"
        return Fact("后台进程", said, "已停止。请检查服务是否在运行。")
    return Fact("后台进程", f"运行中：{'、'.join(running)}（{when}）")


def _storage() -> list[Fact]:
    held = StoredFile.objects.aggregate(number=Count("pk"), size=Sum("size", default=0))
    stored = Fact("本区文件", f"{held['number']} 个，{size_in_words(held['size'])}")
    data: Path = settings.CHUANGWEN_DATA
    disk = shutil.disk_usage(data if data.exists() else data.anchor)
    short = "" if disk.free > disk.total * LITTLE_SPACE else "不足一成。请清理或扩容。"
    free = f"{size_in_words(disk.free)}，共 {size_in_words(disk.total)}"
    return [stored, Fact("数据目录所在磁盘剩余", free, short)]


def _backup() -> Fact:
    made = latest(MarkKind.BACKUP)
    if made is None:
        return Fact("最近的备份", "没有记录", "请用 chuangwen backup 备份，并定时执行。")
    fresh = clock.now() - made.happened_at < BACKUP_IS_OLD
    old = "" if fresh else "已超过两天。请检查定时备份。"
    return Fact("最近的备份", f"{moment(made.happened_at)}（{made.machine}）", old)


def moment(when: datetime.datetime) -> str:
    """Return a moment as people in the district read it."""
    return when.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M")


def size_in_words(size: float) -> str:
    """Return a number of bytes in a unit that can be grasped."""
    for unit in ("字节", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "字节" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TB"
