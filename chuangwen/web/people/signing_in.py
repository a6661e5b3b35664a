"""Signing in, with password and one-time code, and signing out."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from chuangwen.demonstration.accounts import ACCOUNTS, BLANK_ACCOUNTS, PASSWORD
from chuangwen.kit import clock
from chuangwen.people.actions.signing_in import (
    SignInRefused,
    check_code,
    check_sign_in,
    note_sign_in,
    note_sign_out,
)
from chuangwen.people.models import Account
from chuangwen.people.sessions import BEGUN, DEVICE, MEANS, OUTSIDE_MEANS
from chuangwen.web.gate import page
from chuangwen.web.people.browsers import client_address, device_name
from chuangwen.web.people.sign_on.ways import ways_to_sign_in
from chuangwen.web.returning import safe_target

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
PENDING = "_code_wanted_for"
MINUTES_FOR_CODE = 5


class SignInForm(forms.Form):
    """Name and password, as browsers and password managers know them."""

    username = forms.CharField(
        label="登录名",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="口令",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(forms.Form):
    """The six digits on the phone, or a recovery code."""

    code = forms.CharField(
        label="动态口令或恢复码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


@page("GET", "POST", anonymous=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go on to the code, or to the page that was asked for."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = check_sign_in(**form.cleaned_data, address=client_address(request))
        except SignInRefused as error:
            form.add_error(None, error.message)
        else:
            target = safe_target(request, request.GET.get("next", ""))
            return go_on(request, account, means="password", target=target)
    return show_form(request, form, status=422 if form.is_bound else 200)


def show_form(
    request: HttpRequest, form: SignInForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Show the log-in page; `problem` says what went wrong at the city's identity service."""
    ways = ways_to_sign_in(safe_target(request, request.GET.get("next", "")))
    context = {"form": form, "problem": problem, "ways": ways, **_demonstration()}
    return render(request, "people/login.html", context, status=status)


def _demonstration() -> dict[str, object]:
    """Return the public log-ins, in a demonstration only."""
    if not settings.CHUANGWEN_DEMONSTRATION:
        return {}
    return {"people": (*ACCOUNTS, *BLANK_ACCOUNTS), "public_password": PASSWORD}


@page("GET", "POST", anonymous=True)
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of somebody whose password was right a moment ago."""
    account = _account_in_waiting(request)
    if account is None:
        return redirect("login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_code(account=account, address=client_address(request), **form.cleaned_data)
        except SignInRefused as error:
            form.add_error("code", error.message)
        else:
            waiting = request.session[PENDING]
            means = waiting["means"] if waiting.get("means") in OUTSIDE_MEANS else "code"
            return enter(request, account, means=means, target=waiting["target"])
    status = 422 if form.is_bound else 200
    return render(request, "people/login_code.html", {"form": form}, status=status)


@page("POST", any_password=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server, not only in the browser."""
    if isinstance(request.user, Account):
        note_sign_out(account=request.user)
    auth.logout(request)
    return redirect("login")


def go_on(request: HttpRequest, account: Account, *, means: str, target: str) -> HttpResponse:
    """Let somebody in whose first proof was right: at once, or by way of the one-time code."""
    if account.has_totp:
        return _ask_for_code(request, account, means, target)
    return enter(request, account, means=means, target=target)


def enter(request: HttpRequest, account: Account, *, means: str, target: str) -> HttpResponse:
    """Open a fresh session for an account whose identity is proven."""
    request.session.flush()
    request.session[MEANS] = means
    request.session[BEGUN] = clock.now().isoformat()
    request.session[DEVICE] = device_name(request)
    auth.login(request, account, backend=BACKEND)
    note_sign_in(account=account, means=means)
    return HttpResponseRedirect(target)


def _ask_for_code(request: HttpRequest, account: Account, means: str, target: str) -> HttpResponse:
    request.session.flush()
    waiting: dict[str, Any] = {
        "account": str(account.pk),
        "since": clock.now().timestamp(),
        "means": means,
        "target": target,
    }
    request.session[PENDING] = waiting
    return redirect("login-code")


def _account_in_waiting(request: HttpRequest) -> Account | None:
    waiting = request.session.get(PENDING)
    if not waiting or clock.now().timestamp() - waiting["since"] > MINUTES_FOR_CODE * 60:
        return None
    account_id = uuid.UUID(waiting["account"])
    return Account.objects.filter(pk=account_id, is_active=True).exclude(totp_secret="").first()
