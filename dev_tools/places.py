"""Where things lie in a working copy, and the one exception of these tools."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STATE = ROOT / ".dev"
LOGS = STATE / "logs"
FRONTEND = ROOT / "frontend"
BUILT_ASSETS = ROOT / "chuangwen" / "static" / "build"
FONTS = ROOT / "chuangwen" / "reports" / "pdf" / "fonts"


class StepFailed(Exception):
    """A step could not be done; the message tells the user what happened and what to do."""


def venv_program(name: str) -> str:
    """Path of a program in the virtual environment."""
    return str(VENV / "bin" / name)


def environment(**extra: str) -> dict[str, str]:
    """The user's environment with the virtual environment's programs first."""
    merged = {**os.environ, "VIRTUAL_ENV": str(VENV), **extra}
    merged["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    merged.pop("PYTHONHOME", None)
    return merged
