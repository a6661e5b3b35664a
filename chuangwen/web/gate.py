"""The policy gate: one decorator states who may open a page, by which methods, and if it writes.

A view without a gate is refused by a test. A GET page physically cannot write.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse

from chuangwen.kit.errors import NotPermitted
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.passwords import has_expired
from chuangwen.people.permissions import Permission
from chuangwen.people.sessions import MEANS, OUTSIDE_MEANS
from chuangwen.web.failures import render_notice

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class ActorRequest(HttpRequest):
    """A request that has passed the gate: somebody is signed in and inside a tenant's scope."""

    actor: Actor


class AccountRequest(ActorRequest):
    """The same, for pages about the viewer's own account."""

    user: Account


@dataclass(frozen=True)
class Gate:
    """What a view declares about itself. `permissions` empty: any signed-in account."""

    methods: tuple[str, ...]
    permissions: tuple[Permission, ...]
    anonymous: bool
    any_password: bool
    writes_on_get: bool


class WriteOnReadError(RuntimeError):
    """A page that promised to read only tried to write: a programming error."""


def page(
    *methods: str,
    may: Permission | tuple[Permission, ...] = (),
    anonymous: bool = False,
    any_password: bool = False,
    writes_on_get: bool = False,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare a page. `methods` default to GET (HEAD follows); any of `may` suffices.

    `any_password`: open even while the viewer must change the password first.
    `writes_on_get`: only for addresses to which a sign-in server sends the browser back.
    """
    permissions = may if isinstance(may, tuple) else (may,)
    gate = Gate(methods or ("GET",), permissions, anonymous, any_password, writes_on_get)

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            method = "GET" if request.method == "HEAD" else request.method
            actor: Actor | None = getattr(request, "actor", None)
            if not gate.anonymous and actor is None:
                return _to_login(request)
            if method not in gate.methods:
                return _refuse_method(request, gate)
            if actor is not None:
                if not gate.any_password and not gate.anonymous and needs_new_password(request):
                    return HttpResponseRedirect(reverse("password"))
                require_any(actor, gate.permissions)
            if method == "GET" and not gate.writes_on_get:
                with connection.execute_wrapper(refuse_writes):
                    return _rendered(view(request, *args, **kwargs))
            return view(request, *args, **kwargs)

        guarded.gate = gate  # type: ignore[attr-defined]
        return guarded

    return decorate


def require_any(actor: Actor, permissions: tuple[Permission, ...]) -> None:
    """Raise NotPermitted unless the actor has one of them somewhere; none are always enough."""
    if permissions and not any(actor.may(permission) for permission in permissions):
        names = "”或“".join(permission.value for permission in permissions)
        raise NotPermitted(f"您没有“{names}”的权限。如工作需要，请联系安全管理员授予相应角色。")


def needs_new_password(request: HttpRequest) -> bool:
    """Tell whether the viewer must change the password before anything else."""
    account = request.user
    if request.session.get(MEANS) in OUTSIDE_MEANS:
        return False
    return isinstance(account, Account) and (account.must_change_password or has_expired(account))


def _refuse_method(request: HttpRequest, gate: Gate) -> HttpResponse:
    """405: mostly somebody who opened the address of a button, or came back to it by log-in."""
    message = "此地址用于提交表单，不能直接打开。请从页面上的按钮进入。"
    answer = render_notice(request, 405, message)
    answer.headers["Allow"] = ", ".join(gate.methods)
    return answer


def _to_login(request: HttpRequest) -> HttpResponse:
    target = f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}"
    if getattr(request, "htmx", False):
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target if request.method == "GET" else settings.LOGIN_URL)


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    """Render lazily built templates while the guard against writing still stands."""
    render = getattr(response, "render", None)
    return render() if callable(render) else response


def refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Raise WriteOnReadError for a statement that writes; for `connection.execute_wrapper`."""
    if sql.lstrip().split(" ", 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
        raise WriteOnReadError(f"a GET page tried to write: {sql[:80]}")
    return execute(sql, params, many, context)
