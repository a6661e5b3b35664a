"""The `chuangwen` command. Each group of commands is a module that registers itself."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from chuangwen.kit.environment import InvalidSetting
from chuangwen.kit.errors import ChuangwenError

GROUPS = (
    "serve",
    "worker",
    "remind",
    "demo",
    "plan",
    "audit",
    "files",
    "backup",
    "administrator",
    "search",
    "tallies",
    "inspection",
    "settings",
    "manage",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code (1: refused, 2: the input cannot be used)."""
    parser = argparse.ArgumentParser(prog="chuangwen", description="创文：创建工作平台")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    for group in GROUPS:
        importlib.import_module(f"chuangwen.commands.{group}").register(commands)
    arguments = parser.parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader has seen enough, as in `… | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (ChuangwenError, InvalidSetting) as error:
        print(error, file=sys.stderr)
        return 1
    except Exception as error:
        if not _is_of_the_database(error):
            raise
        print(
            f"数据库不能使用：{error}。请核对 CHUANGWEN_DATA 和 CHUANGWEN_DATABASE_URL；"
            "新装的先用 chuangwen manage migrate 建库。",
            file=sys.stderr,
        )
        return 1


def _is_of_the_database(error: Exception) -> bool:
    """Without loading Django for the commands that do not."""
    if (database := sys.modules.get("django.db")) is None:
        return False
    return isinstance(error, database.OperationalError | database.ProgrammingError)


if __name__ == "__main__":
    sys.exit(main())
