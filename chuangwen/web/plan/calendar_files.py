"""The calendar for calendar programs: a download, and an address to subscribe to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chuangwen.kit import clock
from chuangwen.kit.errors import NotFound
from chuangwen.notices.actions.addresses import renew_address, withdraw_address
from chuangwen.notices.queries.addresses import account_of_token, own_address
from chuangwen.people.actors import Actor
from chuangwen.people.queries import actor_of
from chuangwen.plan.ics import as_ics, feed_entries, feed_span
from chuangwen.tenancy.scope import tenant_scope
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.plan.calendar import MAY, entry_path

HOUR = 3600


@page(may=MAY)
def download(request: ActorRequest) -> HttpResponse:
    """Download one's deadlines as a file."""
    answer = _file(request, request.actor)
    answer.headers["Content-Disposition"] = 'attachment; filename="chuangwen.ics"'
    return answer


@page("GET", "POST", may=MAY)
def show_address(request: ActorRequest) -> HttpResponse:
    """Make, renew or withdraw the address; a new one is shown in this answer and never again."""
    token = ""
    if request.method == "POST":
        if request.POST.get("withdraw"):
            withdraw_address(by=request.actor)
            messages.success(request, "订阅地址已撤销，日历软件不能再读取。")
            return redirect("plan-calendar-address")
        token = renew_address(by=request.actor)
    path = reverse("calendar-feed", args=[token]) if token else ""
    context = {
        "feed": request.build_absolute_uri(path) if path else "",
        "present": own_address(request.actor),
    }
    answer = render(request, "plan/calendar_address.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page(anonymous=True)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program that knows a token: read only, five queries, bounded in length.

    Unknown, withdrawn and disabled all answer the same.
    """
    account = account_of_token(token)
    actor = actor_of(account) if account else None
    if actor is None or not any(actor.may(permission) for permission in MAY):
        raise NotFound("没有这个订阅地址。可能已撤销或更换，请登录后在“日历”中重新生成。")
    with tenant_scope(actor.tenant_id):
        answer = _file(request, actor)
    answer.headers["Cache-Control"] = f"private, max-age={HOUR}"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _file(request: HttpRequest, actor: Actor) -> HttpResponse:
    content = as_ics(
        feed_entries(actor, feed_span(clock.today())),
        name=f"创文 {actor.unit_name}".strip(),
        address_of=lambda entry: request.build_absolute_uri(entry_path(entry)),
        host="chuangwen",
    )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
