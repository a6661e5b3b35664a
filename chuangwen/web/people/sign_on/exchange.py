"""Asking the identity service: short, bounded, and with words for what can go wrong."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from chuangwen.kit.errors import ChuangwenError

SECONDS = 10
LARGEST = 256 * 1024  # bytes of an answer


class SignOnRefused(ChuangwenError):
    """Nobody is let in; the message says why."""

    status = 422


class ServiceUnreachable(SignOnRefused):
    """The identity service does not answer, or not as its protocol has it."""

    status = 502

    def __init__(self, what: str) -> None:
        super().__init__(
            f"统一身份认证服务{what}。请稍后再试，或用登录名和口令登录；仍不行请联系系统管理员。"
        )


def fetch(
    address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> bytes:
    """Return the body of an answer; with `form`, of a POST. Raises ServiceUnreachable.

    Never by way of a proxy: the service lies in the same network as this server.
    """
    if not address.startswith(("http://", "https://")):
        raise ServiceUnreachable("给出的地址无法使用")
    data = urlencode(form).encode() if form is not None else None
    request = Request(address, data=data, headers=headers or {})  # noqa: S310 - checked above
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=SECONDS) as answer:
            body: bytes = answer.read(LARGEST + 1)
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise ServiceUnreachable("没有正常应答") from error
    if len(body) > LARGEST:
        raise ServiceUnreachable("的应答过长")
    return body


def fetch_json(
    address: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return the answer as an object. Raises ServiceUnreachable."""
    try:
        found = json.loads(fetch(address, form, headers))
    except (ValueError, RecursionError) as error:
        raise ServiceUnreachable("的应答无法识别") from error
    if not isinstance(found, dict):
        raise ServiceUnreachable("的应答无法识别")
    return found
