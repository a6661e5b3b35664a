"""What the security administrator does: roles, sessions, second factors, blocks."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.attempts import lift_block
from chuangwen.people.actions.memberships import end_role, grant_role
from chuangwen.people.actions.second_factor import remove_totp
from chuangwen.people.actions.sessions import end_all_sessions, end_session
from chuangwen.people.models import Membership
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import blocked_accounts, manageable_accounts
from chuangwen.people.roles import DISTRICT_WIDE, ROLE_LABELS, SEPARATED_ROLES, WITHIN_UNIT, Role
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.paging import page_of
from chuangwen.web.people.account_forms import GrantForm
from chuangwen.web.people.accounts import SECURE, account_context
from chuangwen.web.people.unit_forms import show_refusal


@page("POST", may=SECURE)
def grant(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the account a role; a refused form comes back with the page."""
    account = load(manageable_accounts(request.actor), pk)
    form = GrantForm(request.POST)
    if form.is_valid():
        given = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            grant_role(account=account, **given, by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已授予，下一次打开页面即生效。")
            return redirect("account", pk=pk)
    context = account_context(request, pk, form)
    return render(request, "people/account.html", context, status=422)


@page("POST", may=SECURE)
def take_back(request: ActorRequest, pk: uuid.UUID, membership: uuid.UUID) -> HttpResponse:
    """End a role."""
    account = load(manageable_accounts(request.actor), pk)
    end_role(
        membership=load(Membership.objects.filter(account=account), membership), by=request.actor
    )
    messages.success(request, "已收回，立即生效。")
    return redirect("account", pk=pk)


@page("POST", may=SECURE)
def end_sessions(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign the account out of one device (`handle`) or of all."""
    account = load(manageable_accounts(request.actor), pk)
    handle = request.POST.get("handle", "")
    if handle:
        end_session(account=account, handle=handle, by=request.actor)
    else:
        end_all_sessions(account=account, by=request.actor)
    messages.success(request, "已强制退出。")
    return redirect("account", pk=pk)


@page("POST", may=SECURE)
def unbind(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take away the second factor of somebody who lost the phone."""
    remove_totp(account=load(manageable_accounts(request.actor), pk), by=request.actor)
    messages.success(request, "已解除动态口令。请提醒本人尽快重新绑定。")
    return redirect("account", pk=pk)


@page(may=SECURE)
def list_failures(request: ActorRequest) -> HttpResponse:
    """List accounts with failed sign-ins, the latest first."""
    context = {"page": page_of(request, blocked_accounts(request.actor)), "now": clock.now()}
    return render(request, "people/failures.html", context)


@page("POST", may=SECURE)
def unblock(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Let somebody try again at once."""
    lift_block(account=load(manageable_accounts(request.actor), pk), by=request.actor)
    messages.success(request, "已解除登录锁定。")
    return redirect("login-failures")


@page(may=(Permission.MANAGE_ACCOUNTS, Permission.MANAGE_SECURITY, Permission.VIEW_AUDIT))
def show_roles(request: ActorRequest) -> HttpResponse:
    """Show who may do what, generated from the tables that decide it."""
    context = {
        "roles": [(role, ROLE_LABELS[role], role in SEPARATED_ROLES) for role in Role],
        "rows": [
            (permission.value, [(ROLE_LABELS[role], _reach(role, permission)) for role in Role])
            for permission in Permission
        ],
    }
    return render(request, "people/roles.html", context)


def _reach(role: Role, permission: Permission) -> str:
    if permission in DISTRICT_WIDE.get(role, ()):
        return "全区"
    return "本单位" if permission in WITHIN_UNIT.get(role, ()) else ""
