"""Signing in and out."""

from django.contrib import auth
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from chuangwen.web.gate import page


@page("GET", "POST", anonymous=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; go on to the page that was asked for."""
    form = AuthenticationForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        return redirect(_safe_target(request))
    status = 422 if form.is_bound else 200
    return render(request, "people/login.html", {"form": form}, status=status)


@page("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server, not only in the browser."""
    auth.logout(request)
    return redirect("login")


def _safe_target(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return "/"
