"""`./dev check`: everything that CI checks, one line a step."""

import argparse
import time
from pathlib import Path

from dev_tools.check_steps import Step, chosen
from dev_tools.places import StepFailed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `./dev check`."""
    parser.add_argument("steps", nargs="*", metavar="步骤", help="只运行这些步骤；默认全部")
    parser.add_argument(
        "--except",
        dest="left_out",
        action="append",
        default=[],
        metavar="步骤",
        help="不运行这一步",
    )


def _run(step: Step) -> tuple[str | None, Path | None]:
    """Run one step; return what went wrong, if anything, and its log."""
    begun = time.monotonic()
    print(f"{step.name:<16}{step.label} …… ", end="", flush=True)
    problem: str | None = None
    log: Path | None = None
    try:
        log = step.run()
    except StepFailed as failure:
        problem = str(failure)
    print(f"{'未通过' if problem else '通过'}，{time.monotonic() - begun:.1f} 秒", flush=True)
    if problem:
        print(problem, flush=True)
    return problem, log


def _closing_line(log: Path | None) -> str | None:
    """pytest's own last line, such as “312 passed in 40.2s”."""
    if log is None:
        return None
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines and " in " in lines[-1] and " passed" in lines[-1] else None


def run_all(arguments: argparse.Namespace) -> int:
    """Run the steps, all of them even after a failure; return 1 when one failed."""
    failed: list[str] = []
    closing: list[str] = []
    for step in chosen(arguments.steps, arguments.left_out):
        problem, log = _run(step)
        if problem:
            failed.append(step.name)
        line = _closing_line(log)
        if line:
            closing.append(f"{step.name}:\n{line}")
    print("\n".join(["", *closing]))
    if failed:
        print(f"未通过：{'、'.join(failed)}。完整输出在 .dev/logs/。")
    return 1 if failed else 0
