"""Around every page: the viewer's tenant scope, and errors turned into readable pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chuangwen.kit.errors import ChuangwenError
from chuangwen.people.models import Account
from chuangwen.people.queries import actor_of
from chuangwen.tenancy.scope import tenant_scope

Respond = Callable[[HttpRequest], HttpResponse]

ERROR_TITLES = {
    400: "请求有误",
    403: "没有权限",
    404: "没有找到",
    405: "不能直接打开",
    409: "内容已变化",
    410: "已移除",
    413: "文件太大",
    422: "无法接受",
    429: "请稍后再试",
}


class TenantMiddleware:
    """Sets `request.actor` for signed-in accounts and keeps the request inside their tenant."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        if not isinstance(account, Account):
            return self.respond(request)
        request.actor = actor_of(account)  # type: ignore[attr-defined]
        with tenant_scope(account.tenant_id):
            return self.respond(request)


class WholeRequestMiddleware:
    """Reads the form before the page does, so that nothing is written on half of what was sent.

    A form that is broken off, too large or no form at all, and text with NUL characters, which no
    keyboard sends and PostgreSQL does not store, are refused here for all pages.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Raises BadRequest; Django answers its own errors of reading likewise."""
        for sent in (request.GET, request.POST):
            for name, values in sent.lists():
                if any("\0" in text for text in (name, *values)):
                    raise BadRequest("a NUL character in the request")


class ErrorMiddleware:
    """Answers every ChuangwenError with its status and its own words."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ChuangwenError):
            return None
        template = "errors/notice.html" if error.status == 422 else f"errors/{error.status}.html"
        context = {"title": ERROR_TITLES[error.status], "message": error.message, "error": error}
        return render(request, template, context, status=error.status)
