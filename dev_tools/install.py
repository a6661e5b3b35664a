"""Make `.venv` and install exactly what requirements/dev.lock names."""

import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dev_tools.places import ROOT, VENV, StepFailed, venv_program
from dev_tools.processes import run_quietly
from dev_tools.stamps import Stamp, digest

LOCK_FILE = ROOT / "requirements" / "dev.lock"
OFFLINE_ADVICE = (
    "请检查网络或 pip 的镜像配置（pip config list），然后再次运行同一命令；会从断点重做。"
)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say what takes time and how long it took."""
    print(f"· {what}……", flush=True)
    begun = time.monotonic()
    yield
    print(f"  完成，{time.monotonic() - begun:.0f} 秒", flush=True)


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        raise StepFailed(
            f"{sys.executable} 缺少 venv 模块，无法建立 .venv。"
            "请安装它（Debian/Ubuntu：apt-get install python3-venv），然后重试。"
        )
    run_quietly(
        "venv",
        [sys.executable, "-m", "venv", str(VENV)],
        advice="请检查目录是否可写、磁盘是否已满。",
    )


def _install_locked() -> None:
    run_quietly(
        "pip",
        [
            *[venv_program("python"), "-m", "pip", "install", "--no-input"],
            *["--disable-pip-version-check", "--require-hashes", "-r", str(LOCK_FILE)],
        ],
        advice=OFFLINE_ADVICE,
    )


def _install_project() -> None:
    """Editable and without dependencies: gives the `chuangwen` command in .venv/bin."""
    run_quietly(
        "pip-project",
        [
            *[venv_program("python"), "-m", "pip", "install", "--no-input", "--no-deps"],
            *["--disable-pip-version-check", "--no-build-isolation", "--no-index", "-e", str(ROOT)],
        ],
        advice="请检查 pyproject.toml 与 hatch_build.py。",
    )
    for path_file in VENV.glob("lib/python*/site-packages/*chuangwen*.pth"):
        point_relatively(path_file, ROOT)


def point_relatively(path_file: Path, target: Path) -> None:
    """Let a path file name its folder relatively to where it lies, hence in plain ASCII.

    Before 3.13, Python reads it in the encoding of the locale: with a Chinese folder and
    LC_ALL=C or GBK it would not even start.
    """
    path_file.write_text(f"{os.path.relpath(target, path_file.parent)}\n", encoding="ascii")


def _is_usable(place: Stamp, here: str) -> bool:
    """A moved folder or another Python version leaves programs that no longer start."""
    if not (VENV / "bin" / "python").exists() or not (VENV / "pyvenv.cfg").is_file():
        return False
    return place.fits(here) or not place.done.exists()


def ensure_environment() -> None:
    """Install when the lock file, the project file, the interpreter or the folder changed.

    Raises StepFailed; an interrupted installation is thrown away and made anew.
    """
    stamp, place = Stamp("python"), Stamp("python-place")
    here = digest(sys.version, str(ROOT))
    inputs = digest(LOCK_FILE, ROOT / "pyproject.toml", here)
    usable = _is_usable(place, here)
    if usable and stamp.fits(inputs):
        return
    if stamp.interrupted() or not usable:
        shutil.rmtree(VENV, ignore_errors=True)
    with (
        stamp.running(inputs),
        place.running(here),
        told("安装 Python 依赖到 .venv（首次约一分钟）"),
    ):
        if not VENV.exists():
            _make_environment()
        _install_locked()
        _install_project()
