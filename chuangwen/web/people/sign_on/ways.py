"""Which further ways to sign in there are."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True)
class Way:
    """A further way to sign in, shown as a button below the form."""

    label: str
    address: str


def ways_to_sign_in(target: str) -> list[Way]:
    """Return what the settings have switched on; each leads on to `target`."""
    ways = []
    if settings.CHUANGWEN_OIDC_ISSUER:
        ways.append(("统一身份认证登录", "oidc"))
    if settings.CHUANGWEN_CAS_URL:
        ways.append(("单点登录（CAS）", "cas"))
    query = urlencode({"next": target})
    return [Way(label, f"{reverse(name)}?{query}") for label, name in ways]
