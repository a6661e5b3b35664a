"""pg_dump, pg_restore and psql, found and called."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from chuangwen.kit.errors import ChuangwenError

DEBIAN = Path("/usr/lib/postgresql")
# Old content goes and new content comes in one transaction: whatever stops it leaves the old.
BEFORE = "BEGIN;\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"
AFTER = "\nCOMMIT;\n"


def _program(name: str) -> str:
    newest = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which(name)
    if not found:
        raise ChuangwenError(
            f"没有找到 {name}。备份和恢复 PostgreSQL 需要它："
            "请安装与服务器版本相同的 postgresql-client。"
        )
    return found


def _environment(entry: dict[str, Any]) -> dict[str, str]:
    """libpq's variables; the password must not show in the list of processes."""
    names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    names |= {"PGHOST": "HOST", "PGPORT": "PORT"}
    chosen = {variable: str(entry[key]) for variable, key in names.items() if entry.get(key)}
    sslmode = entry.get("OPTIONS", {}).get("sslmode")
    return {**os.environ, **chosen, **({"PGSSLMODE": sslmode} if sslmode else {})}


def _run(entry: dict[str, Any], name: str, *arguments: str) -> None:
    command = [_program(name), *arguments]
    result = subprocess.run(  # noqa: S603 - fixed programs, no shell
        command, env=_environment(entry), capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise ChuangwenError(f"{name} 失败：{result.stderr.strip()}")


def dump(entry: dict[str, Any], target: Path) -> None:
    """Write the whole database in pg_dump's own format."""
    _run(entry, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def prepare_replacement(entry: dict[str, Any], copy: Path, script: Path) -> None:
    """Turn a dump into one script that replaces everything; touches no database."""
    _run(entry, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
    body = script.read_bytes()
    script.write_bytes(BEFORE.encode() + body + AFTER.encode())


def replace_everything(entry: dict[str, Any], script: Path) -> None:
    """Run the script of `prepare_replacement`. Raises ChuangwenError; the old content then stays.

    The script comes from a file, never from a pipe: a pipe cut short would look like its end.
    """
    _run(entry, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(script))
