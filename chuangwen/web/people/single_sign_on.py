"""Signing in through the city's own identity service: OpenID Connect or CAS, when configured."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Way:
    """A further way to sign in, shown as a button below the form."""

    label: str
    url_name: str


def ways_to_sign_in() -> list[Way]:
    """Return what the settings have switched on."""
    ways = []
    if settings.CHUANGWEN_OIDC_ISSUER:
        ways.append(Way("统一身份认证登录", "oidc"))
    if settings.CHUANGWEN_CAS_URL:
        ways.append(Way("单点登录（CAS）", "cas"))
    return ways
