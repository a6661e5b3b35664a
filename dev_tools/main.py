"""The commands of `./dev`."""

import argparse
import sys

from dev_tools import check, lock_files, run, wheel
from dev_tools.check_steps import fast_tests
from dev_tools.frontend import ensure_built, is_fresh
from dev_tools.install import ensure_environment, told
from dev_tools.lock import exclusive
from dev_tools.places import StepFailed, venv_program
from dev_tools.processes import run_openly


def prepare() -> None:
    """Install and build what is missing; at most one `./dev` does so at a time."""
    with exclusive():
        ensure_environment()
        if not is_fresh():
            with told("构建前端"):
                ensure_built()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev", description="创文的开发命令")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    run.add_arguments(commands.add_parser("run", help="安装、建库、载入演示区并启动"))
    commands.add_parser("test", help="快速测试（SQLite；不含浏览器）", add_help=False)
    check.add_arguments(commands.add_parser("check", help="全部检查，与 CI 相同"))
    commands.add_parser("lock", help="按 pyproject.toml 重写 requirements/*.lock")
    commands.add_parser("build", help="构建安装包（wheel 与源码包）到 dist/")
    commands.add_parser("manage", help="manage.py 的命令，如 ./dev manage migrate", add_help=False)
    return parser


def _dispatch(arguments: argparse.Namespace, rest: list[str]) -> int:
    match arguments.command:
        case "run":
            return run.start(arguments)
        case "test":
            return run_openly(fast_tests(*rest))
        case "check":
            return check.run_all(arguments)
        case "lock":
            return lock_files.rewrite()
        case "build":
            print("\n".join(str(path) for path in wheel.build()))
            return 0
        case _:
            return run_openly([venv_program("python"), "manage.py", *rest])


def main(argv: list[str]) -> int:
    """Run one command; return the exit code."""
    parser = _parser()
    arguments, rest = parser.parse_known_args(argv)
    if rest and arguments.command not in {"test", "manage"}:
        parser.error(f"不认识的参数：{' '.join(rest)}")
    try:
        if arguments.command == "run":
            run.refuse_busy_port(arguments)
        prepare()
        return _dispatch(arguments, rest)
    except StepFailed as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已中断。", file=sys.stderr)
        return 130
