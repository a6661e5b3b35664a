"""Build the packages, and prove that the wheel works where there is neither Node nor a clone."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from dev_tools import frontend
from dev_tools.places import ROOT, StepFailed, venv_program
from dev_tools.processes import run_quietly

DISTRIBUTIONS = ROOT / "dist"
START_SECONDS = 60
ADVICE = "请查看上面的错误。"


def build() -> list[Path]:
    """Build wheel and source archive into dist/; return their paths. Raises StepFailed."""
    frontend.ensure_built()
    shutil.rmtree(DISTRIBUTIONS, ignore_errors=True)
    command = [venv_program("python"), "-m", "hatchling", "build", "-d", str(DISTRIBUTIONS)]
    run_quietly("build", command, advice=ADVICE)
    return sorted(DISTRIBUTIONS.iterdir())


def prove() -> None:
    """Install the wheel into an empty environment and use it. Raises StepFailed."""
    wheel = next(path for path in build() if path.suffix == ".whl")
    with tempfile.TemporaryDirectory(prefix="chuangwen 安装 ") as folder:
        home = Path(folder)
        _install(home / "venv", wheel)
        _use(home)


def _install(venv: Path, wheel: Path) -> None:
    """The runtime lock first, with hashes; then the wheel itself, which must need nothing more."""
    run_quietly("wheel-venv", [sys.executable, "-m", "venv", str(venv)], advice=ADVICE)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "--no-input", "-q"]
    lock = str(ROOT / "requirements" / "run.lock")
    run_quietly("wheel-lock", [*pip, "--require-hashes", "-r", lock], advice=ADVICE)
    run_quietly("wheel-install", [*pip, "--no-index", str(wheel)], advice=ADVICE)


def _use(home: Path) -> None:
    program = str(home / "venv" / "bin" / "chuangwen")
    env = {"PATH": f"{home / 'venv' / 'bin'}:/usr/bin:/bin", "HOME": folder_for(home, "home")}
    env |= {"CHUANGWEN_DATA": folder_for(home, "data"), "CHUANGWEN_DEMONSTRATION": "1"}
    archive = str(home / "backup.tar.gz")
    for name, *arguments in (
        ("migrate", "manage", "migrate", "--no-input"),
        ("demo", "demo"),
        ("verify", "audit", "verify"),
        ("backup", "backup", archive),
        ("restore", "restore", archive, "--replace"),
    ):
        command = [program, *arguments]
        run_quietly(f"wheel-{name}", command, advice=ADVICE, cwd=home, env=env)
    _parse(program, home, env)
    _set_pdf(home, env)
    _serve(program, home, env)


def folder_for(home: Path, name: str) -> str:
    """Make and name a folder inside the trial."""
    (home / name).mkdir()
    return str(home / name)


def _parse(program: str, home: Path, env: dict[str, str]) -> None:
    sample = ROOT / "chuangwen" / "plan" / "samples" / "panzhihua-dongqu-2021.txt"
    command = [program, "plan", "parse", str(sample), "--format", "json"]
    result = subprocess.run(command, cwd=home, env=env, capture_output=True, check=False)
    if result.returncode != 0 or len(json.loads(result.stdout)["actions"]) != 10:
        raise StepFailed(f"安装后的 plan parse 不正常：{result.stderr.decode(errors='replace')}")


def _set_pdf(home: Path, env: dict[str, str]) -> None:
    """The fonts came with the wheel: a document is set with them alone."""
    code = (
        "from chuangwen.reports.official import OfficialDocument\n"
        "from chuangwen.reports.pdf import make_pdf\n"
        "made = make_pdf(OfficialDocument(title='测评报告'))\n"
        "assert made.content.startswith(b'%PDF-') and not made.missing, made.missing\n"
    )
    command = [str(home / "venv" / "bin" / "python"), "-c", code]
    run_quietly("wheel-pdf", command, advice=ADVICE, cwd=home, env=env)


def _serve(program: str, home: Path, env: dict[str, str]) -> None:
    """Start, ask for the login page and its styles, stop; the exit code must be 0."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    log = home / "serve.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [program, "serve", "--port", port],
            cwd=home,
            env={**os.environ, **env},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for_page(f"http://127.0.0.1:{port}/login/", server, log)
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(timeout=START_SECONDS)
    if code != 0:
        raise StepFailed(f"serve 收到 SIGTERM 后以 {code} 退出：{log.read_text(errors='replace')}")


def _wait_for_page(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 5):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                page = answer.read().decode()
        except urllib.error.HTTPError as error:
            raise StepFailed(
                f"登录页返回 {error.code}：{log.read_text(errors='replace')}"
            ) from error
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
            continue
        if "创文" not in page:
            raise StepFailed("登录页没有内容")
        return
    raise StepFailed(f"serve 没有启动：{log.read_text(errors='replace')}")
