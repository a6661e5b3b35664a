"""`./dev run`: the demonstration district on this machine."""

import argparse
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

from dev_tools.install import told
from dev_tools.lock import exclusive
from dev_tools.places import ROOT, StepFailed, environment, venv_program
from dev_tools.processes import run_quietly
from dev_tools.stamps import Stamp, digest, tree_digest

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DEMONSTRATION_DAY = "2021-09-15"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `./dev run`."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000；0 为任选空闲端口")
    parser.add_argument("--data", type=Path, help="数据目录，默认 ./var")


def refuse_busy_port(arguments: argparse.Namespace) -> None:
    """Raise StepFailed before the long work when the port cannot be had."""
    family = socket.AF_INET6 if ":" in arguments.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((arguments.host, arguments.port))
        except OverflowError as error:
            raise StepFailed(f"端口 {arguments.port} 无效。请用 1–65535 之间的数。") from error
        except OSError as error:
            raise StepFailed(_why_not(error, arguments.host, arguments.port)) from error
        arguments.port = probe.getsockname()[1]


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"端口 {port} 已被占用（{host}）。"
            f"请关闭占用它的程序，或换一个端口：./dev run --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}。请用 1024 以上的端口，如 ./dev run --port 8000"
    return f"无法监听 {host}:{port}（{error.strerror}）。请检查 --host 与 --port。"


def server_environment(arguments: argparse.Namespace) -> dict[str, str]:
    """The demonstration's settings; what the user has set counts more."""
    data = arguments.data or Path(os.environ.get("CHUANGWEN_DATA") or ROOT / "var")
    defaults = {"CHUANGWEN_DEMONSTRATION": "1", "CHUANGWEN_TODAY": DEMONSTRATION_DAY}
    if arguments.host not in LOOPBACK:
        defaults["CHUANGWEN_HOSTS"] = "*"  # a demonstration on show: reached under any name
    chosen = {name: os.environ.get(name, value) for name, value in defaults.items()}
    return environment(**chosen, CHUANGWEN_DATA=str(data.resolve()), PYTHONUNBUFFERED="1")


def _database_inputs(data: Path) -> str:
    """Changes when the schema, the demonstration or the database file itself changed."""
    package = ROOT / "chuangwen"
    sources = [path for path in package.rglob("*") if path.is_file() and _shapes_data(path)]
    database = data / "chuangwen.sqlite3"
    inode = database.stat().st_ino if database.exists() else 0
    return digest(tree_digest(package, sources), str(inode))


def _shapes_data(path: Path) -> bool:
    return "migrations" in path.parts or "demonstration" in path.as_posix() or "data" in path.parts


def ensure_district(env: dict[str, str]) -> None:
    """Migrate and load the demonstration, unless that was done for this very database."""
    data = Path(env["CHUANGWEN_DATA"])
    data.mkdir(parents=True, exist_ok=True)
    stamp = Stamp("district", data / ".dev")
    if stamp.fits(_database_inputs(data)) and not env.get("CHUANGWEN_DATABASE_URL"):
        return
    python = venv_program("python")
    with stamp.running(""), told("建立数据库，载入演示区"):
        manage = [python, "manage.py", "migrate", "--no-input"]
        run_quietly("migrate", manage, advice="请查看上面的错误。", env=env)
        demo = [python, "-m", "chuangwen.cli", "demo"]
        run_quietly("demo", demo, advice="可删除数据目录后重试。", env=env)
    with stamp.running(_database_inputs(data)):
        pass


def start(arguments: argparse.Namespace) -> int:
    """Load the district, then become the server. Does not return when all is well."""
    env = server_environment(arguments)
    with exclusive():
        ensure_district(env)
    python = venv_program("python")
    subprocess.run(
        [python, "-m", "chuangwen.cli", "demo", "--accounts"], cwd=ROOT, env=env, check=True
    )
    sys.stdout.flush()
    serve = ["serve", "--host", arguments.host, "--port", str(arguments.port)]
    os.chdir(ROOT)
    os.execve(python, [python, "-m", "chuangwen.cli", *serve], env)  # noqa: S606 - one supervisor, not two
