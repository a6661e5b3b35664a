"""`chuangwen files verify` and `chuangwen files sweep`."""

import argparse
import datetime
from typing import Any


def register(commands: Any) -> None:
    """Add the group `files`."""
    group = commands.add_parser("files", help="文件库").add_subparsers(required=True)
    verify = group.add_parser("verify", help="逐个重算哈希；缺失或损坏则退出码为 1")
    verify.set_defaults(run=verify_store)
    sweep = group.add_parser("sweep", help="清除没有用上的上传和中断的写入；可每天运行")
    sweep.add_argument(
        "--hours", type=float, default=48, help="只清除早于多少小时的（默认 48，至少 1）"
    )
    sweep.set_defaults(run=sweep_store)


def verify_store(arguments: argparse.Namespace) -> int:
    """Read every file again and print what is wrong."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.files.verifying import unknown_owners, verify_files  # noqa: PLC0415

    checked = faults = 0
    for fault in verify_files():
        checked += 1
        if fault is not None:
            faults += 1
            print(f"  {fault}")
    for kind in sorted(unknown_owners()):
        print(f"  附件的所属种类“{kind}”不是本程序的，暂不能打开。请检查程序版本。")
    print(f"文件库：{checked} 个文件，{f'{faults} 个有问题' if faults else '完整'}")
    return 1 if faults else 0


def sweep_store(arguments: argparse.Namespace) -> int:
    """Delete what nothing needs and say how much that was."""
    from chuangwen.commands import start_django  # noqa: PLC0415

    start_django()
    from chuangwen.files.actions.sweeping import sweep_files  # noqa: PLC0415

    swept = sweep_files(age=datetime.timedelta(hours=arguments.hours))
    print(
        f"已清除：未提交的上传 {swept.uploads} 个，无人引用的文件 {swept.rows} 个，"
        f"没有记录的内容 {swept.blobs} 个，中断的写入 {swept.leftovers} 个。"
    )
    return 0
