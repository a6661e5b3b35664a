"""One's own account: password, one-time codes, sessions."""

from django import forms
from django.contrib import auth, messages
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.passwords import change_password
from chuangwen.people.actions.second_factor import (
    confirm_totp,
    remove_totp,
    renew_recovery_codes,
)
from chuangwen.people.actions.sessions import end_all_sessions, end_session
from chuangwen.people.actions.signing_in import SignInRefused, check_own_password
from chuangwen.people.passwords import has_expired
from chuangwen.people.queries.accounts import open_sessions, unused_recovery_codes
from chuangwen.people.totp import enrolment_picture, new_secret
from chuangwen.web.gate import AccountRequest, page
from chuangwen.web.people.browsers import client_address

SECRET = "_totp_secret"  # noqa: S105 - the name of a session entry


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label="原口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次新口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, str]:
        """Refuse two different new passwords."""
        values: dict[str, str] = super().clean() or {}
        if values.get("new") != values.get("again"):
            self.add_error("again", "两次输入的新口令不同。请重新输入。")
        return values


class CodeForm(forms.Form):
    """The six digits that the phone shows after scanning."""

    code = forms.CharField(
        label="手机上显示的 6 位数字",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


@page("GET", "POST", any_password=True)
def change_own_password(request: AccountRequest) -> HttpResponse:
    """Change the password; also where a one-time or expired one has to be replaced."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _require_password(request, form.cleaned_data["old"])
            change_password(
                account=request.user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                keep_session=request.session.session_key or "",
                by=request.actor,
            )
        except Invalid as error:
            form.add_error(error.field or None, error.message)
        else:
            auth.update_session_auth_hash(request, request.user)
            messages.success(request, "口令已修改，其他设备上的登录已退出。")
            return redirect("home")
    context = {
        "form": form,
        "rules": password_validators_help_texts()[0],
        "must_change": request.user.must_change_password,
        "has_expired": has_expired(request.user),
    }
    return render(request, "people/password.html", context, status=422 if form.errors else 200)


@page()
def show_own_account(request: AccountRequest) -> HttpResponse:
    """Show the state of the second factor and where one is signed in."""
    context = {
        "account": request.user,
        "codes_left": unused_recovery_codes(request.user),
        "sessions": open_sessions(request.user),
        "current_key": request.session.session_key,
    }
    return render(request, "people/own_account.html", context)


@page("GET", "POST")
def bind_totp(request: AccountRequest) -> HttpResponse:
    """Show a QR code; once the phone's digits fit, show the recovery codes for the only time."""
    secret = request.session.setdefault(SECRET, new_secret())
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            codes = confirm_totp(account=request.user, secret=secret, code=code, by=request.actor)
        except Invalid as error:
            form.add_error("code", error.message)
        else:
            del request.session[SECRET]
            return render(request, "people/recovery_codes.html", {"codes": codes})
    picture = enrolment_picture(secret, request.user.username)
    context = {"form": form, "picture": picture, "secret": secret}
    return render(request, "people/totp.html", context, status=422 if form.errors else 200)


@page("POST")
def remove_own_totp(request: AccountRequest) -> HttpResponse:
    """Unbind the phone; asks for the password, for the session alone may be a borrowed one."""
    _require_password(request, request.POST.get("password", ""))
    remove_totp(account=request.user, by=request.actor)
    messages.success(request, "已解除动态口令。登录只需口令，建议尽快重新绑定。")
    return redirect("own-account")


@page("POST")
def renew_own_codes(request: AccountRequest) -> HttpResponse:
    """Replace the recovery codes and show the new ones once."""
    _require_password(request, request.POST.get("password", ""))
    codes = renew_recovery_codes(account=request.user, by=request.actor)
    return render(request, "people/recovery_codes.html", {"codes": codes})


@page("POST")
def end_own_session(request: AccountRequest) -> HttpResponse:
    """Sign out one other device."""
    end_session(account=request.user, handle=request.POST.get("handle", ""), by=request.actor)
    messages.success(request, "该设备已退出。")
    return redirect("own-account")


@page("POST")
def end_other_sessions(request: AccountRequest) -> HttpResponse:
    """Sign out every device but this one."""
    keep = request.session.session_key or ""
    count = end_all_sessions(account=request.user, keep=keep, by=request.actor)
    messages.success(request, f"已退出其他 {count} 台设备。")
    return redirect("own-account")


def _require_password(request: AccountRequest, password: str) -> None:
    try:
        check_own_password(account=request.user, password=password, address=client_address(request))
    except SignInRefused as error:
        raise Invalid(error.message, field="old") from error
