"""`chuangwen create-administrator`: the first account of a new installation."""

import argparse
import getpass
import sys
from typing import Any


def register(commands: Any) -> None:
    """Add the command `create-administrator`."""
    parser = commands.add_parser("create-administrator", help="建立城市或区县及其首个系统管理员")
    parser.add_argument("--tenant-code", required=True, help="行政区划代码，如 510402")
    parser.add_argument("--tenant-name", help="名称，如 攀枝花市东区；新建时必填")
    parser.add_argument("--unit", default="创文办", help="管理员所在单位，默认“创文办”")
    parser.add_argument("--username", required=True, help="登录名")
    parser.add_argument("--name", required=True, help="姓名")
    parser.add_argument(
        "--role",
        default="system_administrator",
        choices=["system_administrator", "security_administrator", "audit_administrator"],
        help="三员之一，默认系统管理员；三者须由不同的人担任",
    )
    parser.add_argument("--password-stdin", action="store_true", help="从标准输入读口令")
    parser.set_defaults(run=create)


def create(arguments: argparse.Namespace) -> int:
    """Ask for the password, never on the command line, and make the account."""
    from chuangwen.commands import start_django  # noqa: PLC0415 - other commands need no Django

    start_django()
    from chuangwen.operations.first_account import NewAdministrator, create_administrator  # noqa: PLC0415

    administrator = NewAdministrator(
        tenant_code=arguments.tenant_code,
        tenant_name=arguments.tenant_name or "",
        unit=arguments.unit,
        username=arguments.username,
        name=arguments.name,
        role=arguments.role,
        password=_password(from_input=arguments.password_stdin),
    )
    create_administrator(administrator)
    print(f"已建立账号“{arguments.username}”。首次登录须修改口令。")
    return 0


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("口令：")
    if first != getpass.getpass("再输一次："):
        raise SystemExit("两次输入的口令不一致，没有建立账号。请重新运行。")
    return first
