"""From CHUANGWEN_EMAIL_URL to Django's e-mail settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

from chuangwen.kit.environment import InvalidSetting

SECONDS = 20  # a mail server that hangs must not hold the worker for long
PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


def email_settings(url: str) -> dict[str, Any]:
    """Return EMAIL_… settings; without an address nothing can leave. Raises InvalidSetting.

    `smtp` sends in the clear, `smtp+tls` begins with STARTTLS, `smtps` is encrypted from the start.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    problem = "请写成 smtp://用户:密码@主机:25，加密用 smtp+tls://（587）或 smtps://（465）。"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidSetting(
            f"环境变量 CHUANGWEN_EMAIL_URL 无法使用：{error}。{problem}"
        ) from error
    if parts.scheme not in PORTS or not parts.hostname:
        # Never the value itself: it holds the password.
        shown = f"{parts.scheme or '（空）'}://…"
        raise InvalidSetting(f"环境变量 CHUANGWEN_EMAIL_URL 的值“{shown}”无法使用。{problem}")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": SECONDS,
    }
