"""Run a program and keep what it printed."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from chuangwen.kit.processes import end_with_parent
from dev_tools.places import LOGS, ROOT, StepFailed, environment

HEAD_LINES, TAIL_LINES = 20, 60


def log_path(name: str) -> Path:
    """Where the output of the step `name` is kept."""
    LOGS.mkdir(parents=True, exist_ok=True)
    return LOGS / f"{name}.log"


def excerpt(path: Path) -> str:
    """The beginning and the end of a log: some tools name the cause first, others last."""
    lines = path.read_text(errors="replace").splitlines()
    if len(lines) > HEAD_LINES + TAIL_LINES:
        lines = [*lines[:HEAD_LINES], "……", *lines[-TAIL_LINES:]]
    return "\n".join(lines)


def run_quietly(
    name: str,
    command: list[str],
    *,
    advice: str,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
) -> Path:
    """Run with the output in a log file; return the log.

    Raises StepFailed with the gist of the log and `advice` when the program fails.
    """
    log = log_path(name)
    with log.open("wb") as output:
        result = subprocess.run(
            command,
            cwd=cwd,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Left alone, it would go on writing while the next ./dev begins the step anew.
            preexec_fn=partial(end_with_parent, os.getpid(), signal.SIGKILL),
            check=False,
        )
    if result.returncode != 0:
        raise StepFailed(f"{excerpt(log)}\n\n“{name}”失败（退出码 {result.returncode}）。{advice}")
    return log


def run_openly(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run in the foreground with the user's terminal; return the exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env=env or environment(), check=False).returncode
