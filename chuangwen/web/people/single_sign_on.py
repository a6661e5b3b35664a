"""Signing in through the city's own identity service: OpenID Connect or CAS, when configured."""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.people.models import Account
from chuangwen.web.gate import page
from chuangwen.web.people.sign_on import cas, oidc
from chuangwen.web.people.sign_on.exchange import SignOnRefused
from chuangwen.web.people.signing_in import SignInForm, go_on, show_form
from chuangwen.web.returning import safe_target

STARTED = "_sign_on"
MINUTES = 10  # between leaving for the identity service and coming back


@page(anonymous=True)
def begin_oidc(request: HttpRequest) -> HttpResponse:
    """Send the browser to the identity service."""
    client = _client(request)
    proof = oidc.new_proof()

    def address() -> str:
        return oidc.address_to_ask(client, proof)

    return _begin(request, "oidc", proof, address)


@page(anonymous=True, writes_on_get=True)
def end_oidc(request: HttpRequest) -> HttpResponse:
    """Take the browser back with a code, if it is the browser that left."""
    client = _client(request)

    def username(proof: dict[str, str]) -> str:
        given = request.GET.get("state", "").encode()
        if not secrets.compare_digest(given, proof["state"].encode()):
            raise SignOnRefused("登录的来回不是同一次，没有登录。请重新登录。")
        if request.GET.get("error") or not request.GET.get("code"):
            raise SignOnRefused("统一身份认证没有同意登录。请重新登录，或用登录名和口令登录。")
        return oidc.username_for(client, request.GET["code"], proof)

    return _end(request, "oidc", username)


@page(anonymous=True)
def begin_cas(request: HttpRequest) -> HttpResponse:
    """Send the browser to the CAS server."""
    server, back = _cas_server(), _back(request, "cas-back")
    return _begin(request, "cas", {}, lambda: cas.address_to_ask(server, back))


@page(anonymous=True, writes_on_get=True)
def end_cas(request: HttpRequest) -> HttpResponse:
    """Take the browser back with a ticket."""
    server, back = _cas_server(), _back(request, "cas-back")
    ticket = request.GET.get("ticket", "")
    return _end(request, "cas", lambda proof: cas.username_for(server, ticket, back))


def _begin(
    request: HttpRequest, means: str, proof: dict[str, str], address: Callable[[], str]
) -> HttpResponse:
    try:
        there = address()
    except SignOnRefused as error:
        return show_form(request, SignInForm(), problem=error.message, status=error.status)
    request.session[STARTED] = {
        "means": means,
        "proof": proof,
        "since": clock.now().timestamp(),
        "target": safe_target(request, request.GET.get("next", "")),
    }
    return HttpResponseRedirect(there)


def _end(
    request: HttpRequest, means: str, username: Callable[[dict[str, str]], str]
) -> HttpResponse:
    started: dict[str, Any] | None = request.session.pop(STARTED, None)  # each start ends once
    try:
        if not started or started["means"] != means or _is_late(started):
            raise SignOnRefused("登录不是从本页开始的，或已超过十分钟，没有登录。请重新登录。")
        account = _account(username(started["proof"]))
    except SignOnRefused as error:
        return show_form(request, SignInForm(), problem=error.message, status=error.status)
    return go_on(request, account, means=means, target=started["target"])


def _account(username: str) -> Account:
    """Return the account of this very name: none is ever made. Raises SignOnRefused."""
    account = Account.objects.filter(username=username).first() if "\0" not in username else None
    if account is None or not account.is_active:
        raise SignOnRefused(
            f"统一身份认证中的“{username[:60]}”在本系统没有可用的账号，没有登录。"
            "请联系系统管理员建立同名账号或恢复账号。"
        )
    return account


def _is_late(started: dict[str, Any]) -> bool:
    return bool(clock.now().timestamp() - started["since"] > MINUTES * 60)


def _client(request: HttpRequest) -> oidc.Client:
    if not settings.CHUANGWEN_OIDC_ISSUER:
        raise NotFound("本系统没有启用统一身份认证登录。请用登录名和口令登录。")
    return oidc.Client(
        issuer=settings.CHUANGWEN_OIDC_ISSUER,
        client_id=settings.CHUANGWEN_OIDC_CLIENT_ID,
        secret=settings.CHUANGWEN_OIDC_CLIENT_SECRET,
        claim=settings.CHUANGWEN_OIDC_CLAIM,
        back=_back(request, "oidc-back"),
    )


def _cas_server() -> str:
    if not settings.CHUANGWEN_CAS_URL:
        raise NotFound("本系统没有启用单点登录（CAS）。请用登录名和口令登录。")
    server: str = settings.CHUANGWEN_CAS_URL
    return server


def _back(request: HttpRequest, name: str) -> str:
    """Return the address to which the identity service sends browsers back."""
    if settings.CHUANGWEN_ADDRESS:
        return f"{settings.CHUANGWEN_ADDRESS}{reverse(name)}"
    return request.build_absolute_uri(reverse(name))
