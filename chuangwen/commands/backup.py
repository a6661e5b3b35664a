"""`chuangwen backup` and `chuangwen restore`."""

import argparse
from pathlib import Path
from typing import Any


def register(commands: Any) -> None:
    """Add the commands `backup` and `restore`."""
    backup = commands.add_parser("backup", help="备份数据库与文件库；服务可照常运行")
    backup.add_argument("target", type=Path, help="要写的文件，如 备份-20260101.tar.gz")
    backup.set_defaults(run=make)
    restore = commands.add_parser("restore", help="恢复备份；须先停止服务")
    restore.add_argument("archive", type=Path, help="备份文件")
    restore.add_argument("--replace", action="store_true", help="替换现有数据")
    restore.set_defaults(run=bring_back)


def make(arguments: argparse.Namespace) -> int:
    """Write the backup and say what is in it."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.kit import environment  # noqa: PLC0415
    from chuangwen.operations.backup import make_backup  # noqa: PLC0415

    summary = make_backup(arguments.target)
    print(f"已备份到 {arguments.target}：数据库和 {summary.files} 个文件，{summary.size} 字节。")
    print("其中含密钥和个人信息，请与数据同等保管。")
    if environment.SECRET_KEY.value():
        print("密钥来自 CHUANGWEN_SECRET_KEY，不在备份中，请另行保管。")
    if environment.S3_BUCKET.value():
        print("文件存放在 S3 兼容存储中，不在本备份内。请用该存储自身的备份。")
    return 0


def bring_back(arguments: argparse.Namespace) -> int:
    """Restore, and say what to do next."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.operations.restore import restore_backup  # noqa: PLC0415

    restored = restore_backup(arguments.archive, replace=arguments.replace)
    created, version = restored.manifest.created, restored.manifest.version
    print(f"已恢复 {created}（版本 {version}）的备份。")
    if restored.kept:
        print(f"原有数据保留在 {restored.kept}，确认无误后可删除。")
    if restored.absent:
        print(
            f"备份时已有 {len(restored.absent)} 个文件缺失或损坏，如 {restored.absent[0]}。"
            "请运行 chuangwen files verify 查看名称，从更早的备份补回或重新上传。"
        )
    if restored.other_key:
        print("当前的 CHUANGWEN_SECRET_KEY 与备份时不同：请换回原密钥，否则审计链封印无法校验。")
    print("下一步：chuangwen audit verify，然后 chuangwen serve --migrate。")
    return 0
