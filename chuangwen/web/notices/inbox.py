"""One's own notices: the list, opening one, marking as read."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.notices.actions.reading import mark_all_read, mark_read
from chuangwen.notices.enums import NoticeKind
from chuangwen.notices.links import path_of
from chuangwen.notices.models import Notice
from chuangwen.notices.queries.inbox import InboxFilter, notices_of
from chuangwen.people.permissions import Permission
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of

URGENT = frozenset(
    {
        NoticeKind.MEASURES_RETURNED,
        NoticeKind.PART_REWORKED,
        NoticeKind.VALUE_RETURNED,
        NoticeKind.OVERDUE,
        NoticeKind.URGED,
    }
)
SOON = frozenset({NoticeKind.DUE_SOON, NoticeKind.DUE_TODAY})


@page()
def list_notices(request: ActorRequest) -> HttpResponse:
    """List one's notices, the newest first; filters `unread` and `kind`."""
    kind = request.GET.get("kind", "")
    wanted = InboxFilter(
        unread=bool(request.GET.get("unread")), kind=kind if kind in NoticeKind.values else ""
    )
    found = page_of(request, notices_of(request.actor, wanted))
    context = {
        "rows": [_row(notice) for notice in found.rows],
        "page": found,
        "wanted": wanted,
        "kinds": NoticeKind.choices,
        "may_set": request.actor.may(Permission.DISPATCH_TASKS),
    }
    return render(request, "notices/inbox.html", context)


@page("POST")
def open_notice(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    notice = mark_read(notice_id=pk, by=request.actor)
    return redirect(path_of(notice.about_kind, notice.about_id) or "notices")


@page("POST")
def mark(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Mark a notice as read and stay on the list."""
    mark_read(notice_id=pk, by=request.actor)
    return redirect("notices")


@page("POST")
def mark_all(request: ActorRequest) -> HttpResponse:
    """Mark everything as read, or everything of the kind that is shown."""
    raw = request.POST.get("kind", "")
    kind = NoticeKind(raw) if raw in NoticeKind.values else None
    number = mark_all_read(kind=kind, by=request.actor)
    what = f"“{kind.label}”类通知" if kind else "通知"
    messages.success(request, f"已把 {number} 条{what}标为已读。")
    return redirect("notices")


def _row(notice: Notice) -> dict[str, object]:
    kind = NoticeKind(notice.kind)
    return {
        "notice": notice,
        "path": path_of(notice.about_kind, notice.about_id),
        "tone": "danger" if kind in URGENT else "warning" if kind in SOON else "info",
    }
