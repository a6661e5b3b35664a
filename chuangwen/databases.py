"""From CHUANGWEN_DATABASE_URL to Django's DATABASES entry."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from chuangwen.kit.environment import InvalidSetting

# The write-ahead log of older libraries can lose committed pages on reset (fixed in 3.51.3).
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)

ADVICE = "请写成 postgresql://用户:密码@主机:端口/库名。"


def database_entry(url: str, data: Path) -> dict[str, Any]:
    """Return the settings of the one database. Raises InvalidSetting for what is none."""
    if not url:
        return _sqlite(data / "chuangwen.sqlite3")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidSetting(
            f"环境变量 CHUANGWEN_DATABASE_URL 无法使用：{error}。{ADVICE}"
        ) from error
    if parts.scheme not in {"postgres", "postgresql"}:
        # Never the value itself: it holds the password.
        shown = f"{parts.scheme or '（空）'}://…"
        raise InvalidSetting(f"环境变量 CHUANGWEN_DATABASE_URL 的值“{shown}”无法使用。{ADVICE}")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    journal = "WAL" if WAL_IS_SAFE else "TRUNCATE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # A writer takes its lock at once, so two never deadlock half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # FULL: NORMAL lost acknowledged commits in power-cut trials (ADR 0002).
            "init_command": (
                f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
            ),
        },
    }
