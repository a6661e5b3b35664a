"""Pages for failures that Django itself finds: wrong address, bad form token, a defect of ours."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from chuangwen.web.body_limit import megabytes
from chuangwen.web.middleware import ERROR_TITLES

API = "/api/"


def refuse_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself is malformed; 413: there is too much of it."""
    if isinstance(exception, RequestDataTooBig):
        limit = megabytes(settings.CHUANGWEN_REQUEST_LIMIT)
        text = megabytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        message = (
            f"提交的内容太大，没有保存任何内容：一次提交连同附件不超过 {limit} MB，"
            f"其中填写或粘贴的文字不超过 {text} MB。请拆分，或把文字存为文件上传。"
        )
        return render_notice(request, 413, message)
    return render_notice(request, 400, "浏览器发来的内容不完整或被改动。请返回上一页重试。")


def refuse_access(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: Django's own refusals; those of rooms come with their own words."""
    return render_notice(request, 403, "您没有权限打开此页。如工作需要，请联系安全管理员。")


def refuse_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was sent without its token, usually after signing out in another window."""
    message = "此页面已过期，内容没有提交。请返回上一页，刷新后重新提交；如已退出，请先登录。"
    return render_notice(request, 403, message)


def report_missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such address."""
    return render_notice(request, 404, f"没有此页面：{request.path}。请检查地址，或从首页进入。")


def report_failure(request: HttpRequest) -> HttpResponse:
    """500: a defect. The page needs neither database nor session: they may be what failed."""
    if request.path.startswith(API):
        return in_json(500, "系统出错，已记录。请稍后重试；仍不行请联系系统管理员。")
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def render_notice(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """Say in the frame of every page what cannot be done; programs are answered in JSON."""
    if request.path.startswith(API):
        return in_json(status, message)
    context: dict[str, Any] = {"title": ERROR_TITLES[status], "message": message}
    return render(request, f"errors/{status}.html", context, status=status)


def in_json(status: int, message: str, **more: Any) -> JsonResponse:
    """Answer a program: what cannot be done, in the words that it shows to its user."""
    return JsonResponse(
        {"message": message, **more},
        status=status,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False},
    )
