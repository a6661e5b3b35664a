"""Accounts: list, one account, making, changing, disabling, one-time passwords."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.accounts import (
    create_account,
    disable_account,
    edit_account,
    enable_account,
)
from chuangwen.people.actions.passwords import reset_password
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import (
    AccountFilter,
    accounts_of,
    manageable_accounts,
    open_sessions,
)
from chuangwen.people.roles import ROLE_LABELS
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.paging import page_of
from chuangwen.web.people.account_forms import AccountForm, GrantForm, NewAccountForm
from chuangwen.web.people.unit_forms import show_refusal, unit_names

MANAGE, SECURE = Permission.MANAGE_ACCOUNTS, Permission.MANAGE_SECURITY
STATES = (("enabled", "在用"), ("disabled", "已停用"), ("all", "全部"))


@page(may=(MANAGE, SECURE))
def list_accounts(request: ActorRequest) -> HttpResponse:
    """List the accounts of the district."""
    given = {name: request.GET.get(name, "") for name in ("text", "role", "state")}
    wanted = AccountFilter(**{name: value for name, value in given.items() if value})
    context = {
        "page": page_of(request, accounts_of(request.actor, wanted)),
        "wanted": wanted,
        "roles": [(role.value, label) for role, label in ROLE_LABELS.items()],
        "states": STATES,
        "may_manage": request.actor.may(MANAGE),
    }
    return render(request, "people/accounts.html", context)


@page(may=(MANAGE, SECURE))
def show_account(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one account, its posts, and what this administrator may do about it."""
    return render(request, "people/account.html", account_context(request, pk))


def account_context(
    request: ActorRequest, pk: uuid.UUID, grant: GrantForm | None = None
) -> dict[str, Any]:
    """Return what the page of an account shows; `grant` is a refused form to be mended."""
    account = load(manageable_accounts(request.actor), pk)
    may_secure = request.actor.may(SECURE)
    today = clock.today()
    return {
        "account": account,
        "posts": [
            (post, post.is_open(today), post.valid_until is None or post.valid_until >= today)
            for post in account.memberships.select_related("unit").order_by("valid_until", "role")
        ],
        "sessions": open_sessions(account) if may_secure else [],
        "is_own": account.pk == request.actor.account_id,
        "may_manage": request.actor.may(MANAGE),
        "may_secure": may_secure,
        "grant": grant or GrantForm(),
        "unit_names": unit_names() if may_secure else [],
    }


@page("GET", "POST", may=MANAGE)
def make_account(request: ActorRequest) -> HttpResponse:
    """Make an account and show its one-time password for the only time."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = create_account(**form.cleaned_data, by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            context = {"account": account, "password": password, "made": True}
            return render(request, "people/one_time_password.html", context)
    return _form(request, form, {"title": "新建账号", "button": "建立"})


@page("GET", "POST", may=MANAGE)
def change_account(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change name, telephone number and e-mail address."""
    account = load(manageable_accounts(request.actor), pk)
    initial = {"name": account.name, "phone": account.phone, "email": account.email}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edit_account(account=account, **form.cleaned_data, by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("account", pk=pk)
    return _form(request, form, {"title": f"修改 {account.username}", "button": "保存"})


@page("POST", may=MANAGE)
def switch_account(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Disable or enable."""
    account = load(manageable_accounts(request.actor), pk)
    if request.POST.get("active") == "1":
        enable_account(account=account, by=request.actor)
        messages.success(request, "已恢复，可以登录。")
    else:
        disable_account(account=account, by=request.actor)
        messages.success(request, "已停用，所有设备立即退出。")
    return redirect("account", pk=pk)


@page("POST", may=MANAGE)
def give_one_time_password(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Reset the password and show the one-time one for the only time."""
    account = load(manageable_accounts(request.actor), pk)
    password = reset_password(account=account, by=request.actor)
    context = {"account": account, "password": password}
    return render(request, "people/one_time_password.html", context)


def _form(request: ActorRequest, form: AccountForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {**context, "form": form, "back": "accounts"}
    return render(request, "people/unit_form.html", context, status=status)
