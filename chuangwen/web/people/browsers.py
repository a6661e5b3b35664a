"""What a request tells of the browser: its address, and a few words for the session list."""

import re

from django.conf import settings
from django.http import HttpRequest

SYSTEMS = (
    ("HarmonyOS", "鸿蒙"), ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    ("MicroMessenger", "微信"), ("Edg", "Edge"), ("QQBrowser", "QQ 浏览器"), ("360", "360 浏览器"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def client_address(request: HttpRequest) -> str:
    """Return the network address that attempts are counted by.

    Behind the reverse proxy that HTTPS takes, it is the last address the proxy has added; without
    one, a header could be forged and the connection's own address counts.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def device_name(request: HttpRequest) -> str:
    """Return browser and system in words, such as “Chrome，Windows”; no version, no address."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "其他浏览器")
    system = next((name for mark, name in SYSTEMS if re.search(mark, agent)), "其他系统")
    return f"{browser}，{system}"
